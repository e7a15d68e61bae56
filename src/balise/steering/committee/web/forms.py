"""Forms of the committee: words in each language of the centre, days, seats, figures."""

from typing import Any, Final

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.statistics.indicators import INDICATORS
from balise.foundation.web.fields import CodeField, DayField, LongTextField
from balise.steering.committee.rules import DecisionState

_LONGEST: Final = 2_000


class WordsForm(forms.Form):
    """Words in each language, given to the action as `words`; one at least is asked by it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = dict(settings.LANGUAGES)
        written = {
            f"words_{code}": LongTextField(
                label=_("Words (%(language)s)") % {"language": name},
                required=False,
                max_length=_LONGEST,
                rows=2,
            )
            for code, name in languages.items()
        }
        self.fields = {**written, **self.fields}

    def clean(self) -> dict[str, Any]:
        """Return what was sent, its words by language."""
        cleaned = super().clean() or {}
        words = {code: cleaned.pop(f"words_{code}", "") for code, _name in settings.LANGUAGES}
        return {**cleaned, "words": {code: text for code, text in words.items() if text}}


class MeetingForm(forms.Form):
    day = DayField(label=_("Day"))
    place = forms.CharField(label=pgettext_lazy("meeting", "Place"), max_length=120, required=False)


class MemberForm(forms.Form):
    organisation = forms.CharField(label=_("Organisation"), max_length=120)
    function = forms.CharField(
        label=_("Function"),
        max_length=120,
        required=False,
        help_text=_("Never a person’s name."),
    )


class ItemForm(WordsForm):
    pass


class DocumentForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    address = forms.URLField(label=_("Address"), max_length=500, assume_scheme="https")


class DecisionForm(WordsForm):
    """A decision; `members` are the seats that may own it, by id."""

    owner_id = forms.TypedChoiceField(
        label=pgettext_lazy("decision", "In charge"), required=False, coerce=str, empty_value=None
    )
    due = DayField(label=_("Until"), required=False)
    cites = forms.MultipleChoiceField(
        label=_("Figures that it is about"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, members: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner, cites = self.fields["owner_id"], self.fields["cites"]
        owner.choices = [("", "—"), *members]  # type: ignore[attr-defined]
        cites.choices = [(one.code, str(one.name)) for one in INDICATORS.values()]  # type: ignore[attr-defined]


class StepForm(forms.Form):
    state = CodeField(DecisionState, label=pgettext_lazy("decision", "State"))
    day = DayField(label=_("Day"))
    words = LongTextField(
        label=pgettext_lazy("decision", "Progress"), required=False, max_length=_LONGEST, rows=2
    )
