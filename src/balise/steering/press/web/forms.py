"""What someone fills in of press items."""

import hashlib
from datetime import timedelta
from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from balise.foundation.clock import today
from balise.foundation.files.uploads import refuse_what_did_not_come
from balise.foundation.refusals import Refused
from balise.foundation.web.fields import CodeField, DayField, LongTextField
from balise.steering.imports.web.forms import FileForm, NumberField, printed_of
from balise.steering.press.queries import Filter, headings
from balise.steering.press.rules.addresses import LONGEST as LONGEST_ADDRESS
from balise.steering.press.rules.headings import HeadingKind
from balise.steering.press.rules.items import (
    LONGEST,
    LONGEST_SUMMARY,
    LONGEST_TITLE,
    ItemTold,
    quantity_of,
    whole,
)
from balise.steering.press.rules.words import LONGEST_CODE, Medium, Tone, code_of

_A_YEAR: Final = timedelta(days=364)


def _named(kind: HeadingKind) -> list[tuple[str, str]]:
    none = pgettext_lazy("press", "None")
    return [("", str(none)), *headings()[kind].items()]


class FilterForm(forms.Form):
    """What a list holds; a year until today where nothing is said."""

    first = DayField(label=gettext_lazy("First day"), required=False)
    last = DayField(label=gettext_lazy("Last day"), required=False)
    medium = forms.ChoiceField(
        label=pgettext_lazy("press", "Medium"),
        choices=[("", pgettext_lazy("press", "All")), *Medium.choices],
        required=False,
    )
    topic = forms.ChoiceField(label=pgettext_lazy("press", "Topic"), required=False)
    sequence = forms.ChoiceField(label=pgettext_lazy("press", "Sequence"), required=False)
    campaign = forms.CharField(
        label=gettext_lazy("Code of the campaign"), max_length=30, required=False
    )
    page = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any) -> None:
        began = {"last": today(), "first": today() - _A_YEAR}
        super().__init__(data or None, initial=began)
        everything = ("", pgettext_lazy("press", "All"))
        names = headings()
        for name, kind in (("topic", HeadingKind.TOPIC), ("sequence", HeadingKind.SEQUENCE)):
            self.fields[name].choices = [everything, *names[kind].items()]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Filter:
        """What is asked for, as far as it is valid."""
        asked = self.cleaned_data if self.is_valid() else {}
        last = asked.get("last") or today()
        return Filter(
            asked.get("first") or last - _A_YEAR,
            last,
            Medium(asked["medium"]) if asked.get("medium") else None,
            asked.get("topic", ""),
            asked.get("sequence", ""),
            asked.get("campaign", "").strip().upper(),
        )


class ItemForm(forms.Form):
    """A press item."""

    day = DayField(label=pgettext_lazy("press", "Day"))
    outlet = forms.CharField(label=pgettext_lazy("press", "Outlet"), max_length=LONGEST)
    programme = forms.CharField(
        label=pgettext_lazy("press", "Programme"), max_length=LONGEST, required=False
    )
    title = forms.CharField(label=pgettext_lazy("press", "Title"), max_length=LONGEST_TITLE)
    medium = CodeField(Medium, label=pgettext_lazy("press", "Medium"))
    address = forms.CharField(
        label=pgettext_lazy("press", "Web address"), max_length=LONGEST_ADDRESS, required=False
    )
    summary = LongTextField(
        label=pgettext_lazy("press", "Summary"),
        rows=3,
        max_length=LONGEST_SUMMARY,
        required=False,
        help_text=gettext_lazy("It helps to find the same article in other outlets."),
    )
    topic = forms.ChoiceField(
        label=pgettext_lazy("press", "Topic"),
        choices=lambda: _named(HeadingKind.TOPIC),
        required=False,
    )
    sequence = forms.ChoiceField(
        label=pgettext_lazy("press", "Sequence"),
        choices=lambda: _named(HeadingKind.SEQUENCE),
        required=False,
    )
    campaign = forms.CharField(
        label=gettext_lazy("Code of the campaign"), max_length=30, required=False
    )
    audience = NumberField(
        label=pgettext_lazy("press", "Audience (opportunities to see)"), required=False
    )
    tone = forms.TypedChoiceField(
        label=pgettext_lazy("press", "Tone"),
        choices=[("", pgettext_lazy("press", "Not judged")), *Tone.choices],
        coerce=Tone,
        empty_value=None,
        required=False,
    )
    equivalent = NumberField(
        label=pgettext_lazy("press", "Advertising equivalent (euros)"),
        required=False,
        help_text=gettext_lazy(
            "It does not measure the value of press work. It stands in no total of figures."
        ),
    )
    evidence = forms.FileField(
        label=pgettext_lazy("press", "Evidence file"),
        required=False,
        help_text=gettext_lazy("Only its digest is kept: keep the file."),
    )

    def __init__(self, *given: Any, evidence: str = "", **options: Any) -> None:
        super().__init__(*given, **options)
        self._evidence = evidence
        if not settings.PRESS_EQUIVALENT:
            del self.fields["equivalent"]

    def clean_equivalent(self) -> int | None:
        quantity = self.cleaned_data["equivalent"]
        if quantity is None:
            return None
        try:
            return whole(quantity)
        except Refused as refusal:
            raise ValidationError(refusal.message) from None

    def clean_evidence(self) -> str:
        sent = self.cleaned_data["evidence"]
        if not sent:
            return self._evidence
        refuse_what_did_not_come(sent)
        digest = hashlib.sha256()
        for piece in sent.chunks():
            digest.update(piece)
        return digest.hexdigest()

    @property
    def told(self) -> ItemTold:
        """What was typed, once it is valid."""
        return ItemTold(**self.cleaned_data)


class PressFileForm(FileForm):
    """A file of a monitoring service."""

    file = forms.FileField(label=gettext_lazy("File (CSV, XLSX, RSS or Atom)"))


class HeadingForm(forms.Form):
    """A topic or a sequence."""

    kind = CodeField(HeadingKind, label=pgettext_lazy("press", "Kind"))
    name = forms.CharField(label=pgettext_lazy("press", "Name"), max_length=LONGEST)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not code_of(name):
            raise ValidationError(
                _("Use at least a letter or a digit, of %(most)d.") % {"most": LONGEST_CODE}
            )
        return name


def initial_of(row: Any) -> dict[str, Any]:
    """Return what an item says now, as the form has it."""
    now = {name: getattr(row, name) for name in ItemForm.base_fields if name != "evidence"}
    return {
        **now,
        "audience": printed_of(quantity_of(row.audience, row.bound)),
        "equivalent": "" if row.equivalent is None else row.equivalent,
    }
