"""What staff write of surveys."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from balise.awareness.places.structures.queries import choices
from balise.awareness.surveys.rules.promises import LEAST_GROUP, LIMITS, LONGEST, NEEDED, Audience
from balise.foundation.files.uploads import refuse_what_did_not_come
from balise.foundation.web.fields import CodeField, DayField, LongTextField

if TYPE_CHECKING:
    from balise.awareness.surveys.models import Survey

_LABELS = {
    "title": _("Title of the survey (%(language)s)"),
    "about": _("Purpose (%(language)s)"),
    "population": _("Population (%(language)s)"),
    "method": _("Method (%(language)s)"),
    LIMITS: _("Limits (%(language)s)"),
}


class WordsOfSurvey(forms.Form):
    """What a survey says of itself, in each of its languages."""

    def __init__(self, *given: Any, survey: "Survey | None" = None, **options: Any) -> None:
        super().__init__(*given, **options)
        codes = survey.languages if survey else [code for code, _name in settings.LANGUAGES]
        self._codes, names = list(codes), dict(settings.LANGUAGES)
        for name in (*NEEDED, LIMITS):
            for code in self._codes:
                label = _LABELS[name] % {"language": names.get(code, code)}
                began = survey.words.get(name, {}).get(code, "") if survey else ""
                if name == "title":
                    self.fields[f"{name}_{code}"] = forms.CharField(
                        label=label, max_length=160, initial=began, required=survey is not None
                    )
                else:
                    self.fields[f"{name}_{code}"] = LongTextField(
                        label=label,
                        rows=3,
                        max_length=2_000,
                        initial=began,
                        required=survey is not None and name != LIMITS,
                        help_text=_("What the survey cannot say, shown with its results.")
                        if name == LIMITS
                        else "",
                    )

    @property
    def languages(self) -> list[str]:
        """Return the languages in which something was written."""
        given = self.cleaned_data
        return [
            code
            for code in self._codes
            if any(given.get(f"{name}_{code}", "").strip() for name in (*NEEDED, LIMITS))
        ]

    @property
    def words(self) -> Mapping[str, Mapping[str, str]]:
        """Return the words by what they say, and by language."""
        given = self.cleaned_data
        return {
            name: {code: given[f"{name}_{code}"].strip() for code in self.languages}
            for name in (*NEEDED, LIMITS)
            if name in NEEDED or any(given[f"{name}_{code}"].strip() for code in self.languages)
        }


class NewForm(WordsOfSurvey):
    """A new survey."""

    slug = forms.SlugField(
        label=_("Address"),
        max_length=60,
        help_text=_("The last part of the address of its page, for example parents-2026."),
    )
    audience = CodeField(Audience, label=_("Survey audience"), widget=forms.RadioSelect)
    opens_on = DayField(label=_("First day"))
    closes_on = DayField(label=_("Last day"))


class ChangeForm(WordsOfSurvey):
    """What may be changed of a survey."""

    opens_on = DayField(label=_("First day"))
    closes_on = DayField(label=_("Last day"))
    minimum = forms.IntegerField(
        label=_("Smallest group shown"),
        min_value=LEAST_GROUP,
        max_value=1_000,
        help_text=_("It stays from the first answer on: people are promised it."),
    )
    invited = forms.IntegerField(
        label=_("People invited"),
        min_value=0,
        max_value=100_000_000,
        required=False,
        help_text=_("For the share of those who answered. Leave it empty if it is not known."),
    )

    def __init__(self, *given: Any, survey: "Survey") -> None:
        began = {
            name: getattr(survey, name) for name in ("opens_on", "closes_on", "minimum", "invited")
        }
        super().__init__(*given, survey=survey, initial=began)


class WordingForm(forms.Form):
    """A questionnaire as data: typed, or a file."""

    text = LongTextField(
        label=_("The questionnaire (TOML or JSON)"),
        rows=24,
        max_length=LONGEST,
        required=False,
        attrs={"spellcheck": "false", "autocapitalize": "none"},
    )
    file = forms.FileField(
        label=_("Or a file"),
        help_text=_("TOML or JSON, in UTF-8. It replaces the text above."),
        required=False,
    )

    def clean_file(self) -> Any:
        """Refuse a file that is too large to be a questionnaire."""
        file = self.cleaned_data["file"]
        refuse_what_did_not_come(file)
        return file

    def clean(self) -> dict[str, Any]:
        """Return the questionnaire as text, of the file where there is one."""
        given = super().clean() or {}
        file = given.get("file")
        if file is not None:
            try:
                given["text"] = file.read().decode("utf-8")
            except UnicodeDecodeError:
                raise forms.ValidationError(_("This file is not text in UTF-8.")) from None
        if not self.errors and not given.get("text", "").strip():
            raise forms.ValidationError(_("Write a questionnaire, or choose a file."))
        return given


class InviteForm(forms.Form):
    """A school or structure that has minors answer."""

    structure = forms.TypedChoiceField(label=_("School or organisation"))
    notice_on = DayField(
        label=_("Parents are told on"),
        help_text=_(
            "Give parents the address of the notice on this day; answers come a week after."
        ),
    )
    ends_on = DayField(label=_("Last day"))

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        field = self.fields["structure"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 - as declared above
        field.choices = [("", "–"), *choices()]


class RedactForm(forms.Form):
    """A free text as it may be shown."""

    redacted = LongTextField(
        label=_("Redacted text"),
        rows=3,
        max_length=2_000,
        help_text=_("Without names, places, schools, or what only one person could have written."),
    )
