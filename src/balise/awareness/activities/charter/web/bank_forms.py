"""What staff fill in of a practice: its words in French and in English, for whom it is."""

from collections.abc import Iterator
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.awareness.activities.charter.rules.bank import BANDS, Bank, Practice
from balise.awareness.activities.charter.rules.wording import FIELDS, LANGUAGES, LONGEST
from balise.awareness.activities.charter.rules.words import Whom
from balise.foundation.web.fields import LongTextField

_LABELS: Final = {
    ("says", "fr"): _("For adults, in French"),
    ("says", "en"): _("For adults, in English"),
    ("child", "fr"): _("For a child, in French"),
    ("child", "en"): _("For a child, in English"),
    ("easy", "fr"): _("Easy to read, in French"),
    ("easy", "en"): _("Easy to read, in English"),
    ("reason", "fr"): _("Reason, in French"),
    ("reason", "en"): _("Reason, in English"),
    ("tip", "fr"): _("Tip, in French"),
    ("tip", "en"): _("Tip, in English"),
}
_HELPS: Final = {
    "child": _("12 words a sentence at most; a child is told “tu”."),
    "easy": _("One sentence a line, 12 words at most, no percentage."),
    "reason": _("A figure only with its source below."),
}


class PracticeForm(forms.Form):
    """One practice; `after` is the version that was read."""

    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    theme = forms.ChoiceField(label=pgettext_lazy("practice", "Theme"))
    who = forms.ChoiceField(label=pgettext_lazy("practice", "Commitment"), choices=Whom)
    bands = forms.MultipleChoiceField(
        label=_("Ages of the children"),
        choices=[(each.value, each.label) for each in BANDS],
        widget=forms.CheckboxSelectMultiple,
    )
    aims = forms.MultipleChoiceField(
        label=pgettext_lazy("practice", "Aims"), widget=forms.CheckboxSelectMultiple
    )
    source = forms.ChoiceField(label=pgettext_lazy("practice", "Source"), required=False)

    def __init__(self, *given: Any, bank: Bank, **options: Any) -> None:
        super().__init__(*given, **options)
        choices = {
            "theme": [(each.code, str(each.label)) for each in bank.themes],
            "aims": [(each.code, str(each.label)) for each in bank.aims],
            "source": [("", "—"), *((each.code, str(each.label)) for each in bank.sources)],
        }
        for name, among in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - it is, above
            field.choices = among
        for (name, language), label in _LABELS.items():
            self.fields[f"{name}_{language}"] = LongTextField(
                label=label, rows=3, max_length=LONGEST, help_text=_HELPS.get(name, "")
            )
        self.order_fields(["after", *self._words(), "theme", "who", "bands", "aims", "source"])

    @staticmethod
    def _words() -> Iterator[str]:
        for name in FIELDS:
            for language in LANGUAGES:
                yield f"{name}_{language}"

    @classmethod
    def initial_of(cls, practice: Practice, *, number: int) -> dict[str, Any]:
        """Return what the form shows of a practice."""
        told = practice.told()
        words = {
            f"{name}_{language}": told[name].get(language, "")
            for name in FIELDS
            for language in LANGUAGES
        }
        same = {name: told[name] for name in ("theme", "who", "bands", "aims", "source")}
        return {"after": number, **words, **same}

    @property
    def row(self) -> dict[str, Any]:
        """Return the practice as a pack has it."""
        said = self.cleaned_data
        words = {
            name: {
                language: said[f"{name}_{language}"].replace("\r\n", "\n").strip()
                for language in LANGUAGES
            }
            for name in FIELDS
        }
        same = {name: said[name] for name in ("theme", "who", "bands", "aims", "source")}
        return {**words, **same}
