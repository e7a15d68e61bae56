"""What is declared, who came, and what an edition says."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from balise.awareness.partnership.campaigns.queries import choices as campaigns
from balise.awareness.places.structures.rules.places import ABROAD, atlas
from balise.awareness.sid.actions import Declared
from balise.awareness.sid.rules import (
    LONGEST_MESSAGE,
    LONGEST_NAME,
    MOST,
    Band,
    Method,
    Reason,
    Sort,
    channels,
)
from balise.foundation.web.fields import CodeField, DayField, LongTextField

if TYPE_CHECKING:
    from balise.awareness.sid.models import Activity, Edition

LONGEST_RELEASE = 8_000


class ActivityForm(forms.Form):
    """What a school or a structure does for the day."""

    sort = CodeField(Sort, label=_("Participant"))
    name = forms.CharField(
        label=_("Name"),
        max_length=LONGEST_NAME,
        help_text=_("The class, school or structure, as it may be read: no name of a person."),
    )
    area = forms.ChoiceField(label=_("Place"))
    channel = forms.ChoiceField(label=_("As part of"))
    on = DayField(label=_("Day"))
    expected = forms.IntegerField(label=_("People expected"), min_value=1, max_value=MOST)
    says = LongTextField(
        rows=3,
        label=_("A sentence for the wall"),
        max_length=LONGEST_MESSAGE,
        required=False,
        help_text=_("We read it before it is shown: no name, no address, no number."),
    )

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        areas = sorted(atlas(settings.COUNTRY).areas.values(), key=lambda area: area.code)
        self._choose(
            "area", [("", "–"), *((one.code, one.name) for one in areas), (ABROAD, _("Abroad"))]
        )
        self._choose("channel", list(channels(settings.COUNTRY).items()))

    def _choose(self, name: str, offered: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as declared above
        field.choices = offered

    @property
    def said(self) -> Declared:
        given = {name: self.cleaned_data[name] for name in Declared.__dataclass_fields__}
        return Declared(**{**given, "area": "" if given["area"] == ABROAD else given["area"]})

    @staticmethod
    def told(activity: "Activity") -> Mapping[str, Any]:
        """Return what an activity says, as the form begins."""
        told = {name: getattr(activity, name) for name in Declared.__dataclass_fields__}
        return {**told, "area": activity.area or ABROAD}


class DeclareForm(ActivityForm):
    """The same, with where to write to, once for each form that was opened."""

    contact = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("For the link to correct this. Encrypted; deleted 45 days after the day."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class MetForm(forms.Form):
    """How many came, by age."""

    method = CodeField(Method, label=_("Method of counting"))

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        for band in Band:
            self.fields[band.value] = forms.IntegerField(
                label=band.label, min_value=0, max_value=MOST, required=False
            )
        self.order_fields([*(band.value for band in Band), "method"])

    @property
    def met(self) -> Mapping[Band, int]:
        return {band: self.cleaned_data.get(band.value) or 0 for band in Band}

    def clean(self) -> dict[str, Any]:
        """Refuse a form without a number: nobody came is not said by leaving all empty."""
        given = super().clean() or {}
        if not self.errors and all(given.get(band.value) is None for band in Band):
            raise forms.ValidationError(_("Give at least one number."))
        return given


class PlanForm(forms.Form):
    """A new edition."""

    year = forms.IntegerField(label=_("Year"), min_value=2004, max_value=2100)
    day = DayField(label=_("Date"))


class EditionForm(forms.Form):
    """What an edition says, in each language."""

    day = DayField(label=_("Date"))
    kit = forms.SlugField(
        label=_("Kit"),
        required=False,
        help_text=_("The last part of the address of its page."),
    )
    campaign = forms.ChoiceField(label=_("Campaign"), required=False)
    embargo_until = forms.DateTimeField(
        label=_("Embargo until"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )

    def __init__(self, given: Any, *, edition: "Edition") -> None:
        began = {
            "day": edition.day,
            "kit": edition.kit,
            "campaign": edition.campaign,
            "embargo_until": edition.embargo_until,
        }
        for code, _name in settings.LANGUAGES:
            began |= {
                f"theme_{code}": edition.theme.get(code, ""),
                f"release_{code}": edition.release.get(code, ""),
            }
        super().__init__(given, initial=began)
        known = dict(campaigns())
        if edition.campaign:
            known.setdefault(edition.campaign, edition.campaign)
        field = self.fields["campaign"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as declared above
        field.choices = [("", "–"), *known.items()]
        for code, name in settings.LANGUAGES:
            self.fields[f"theme_{code}"] = forms.CharField(
                label=_("Theme (%(language)s)") % {"language": name}, max_length=160, required=False
            )
        for code, name in settings.LANGUAGES:
            self.fields[f"release_{code}"] = LongTextField(
                rows=10,
                label=_("Press release (%(language)s)") % {"language": name},
                max_length=LONGEST_RELEASE,
                required=False,
            )

    def by_language(self, name: str) -> Mapping[str, str]:
        """Return what was written, by language."""
        written = {code: self.cleaned_data[f"{name}_{code}"] for code, _name in settings.LANGUAGES}
        return {code: text.strip() for code, text in written.items() if text.strip()}


class ReadForm(forms.Form):
    """A message as it was read."""

    read = forms.CharField(widget=forms.HiddenInput)


class RefuseForm(ReadForm):
    """The same, with the reason why it is not shown."""

    reason = CodeField(Reason, label=_("Reason"))


class VoidForm(forms.Form):
    """Why an activity does not count."""

    reason = CodeField(Reason, label=_("Reason"))
