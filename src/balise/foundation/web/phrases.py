"""Forms that ask for words, and ask back where they were mistyped or swapped."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy as _, pgettext_lazy

from balise.foundation.encryption.phrases import WORDS, near_phrases
from balise.foundation.encryption.worded import WORDS as CODE_WORDS, Receipt, in_words, shown


class WordsForm(forms.Form):
    """Six words that open something; `web/parts.html#meant` shows what was perhaps meant."""

    words = forms.CharField(
        label=_("The six words"),
        help_text=_("Capital letters and accents do not matter."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )

    @property
    def meant(self) -> Sequence[str]:
        """Return what was perhaps meant by words that opened nothing; nothing before that."""
        is_refused = self.is_bound and "words" in self.errors
        return near_phrases(str(self.data.get("words", "")), words=WORDS) if is_refused else ()


class CodeForm(forms.Form):
    """The code that a young person keeps: eight words, or the letters and digits of before."""

    code = forms.CharField(
        label=pgettext_lazy("youth", "Your code"),
        help_text=pgettext_lazy(
            "youth", "Your eight words. Capital letters and accents do not matter."
        ),
        max_length=200,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )

    @property
    def meant(self) -> Sequence[str]:
        """Return what was perhaps meant by words that opened nothing; nothing before that."""
        is_refused = self.is_bound and "code" in self.errors
        typed = str(self.data.get("code", ""))
        return near_phrases(typed, words=CODE_WORDS) if is_refused else ()


class LetteredForm(CodeForm):
    """The letters and digits that a report or the laboratory gives; other codes are read too."""

    label: Any

    def __init__(self, given: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(given, *args, **kwargs)
        code = self.fields["code"]
        code.label = self.label
        code.help_text = _("28 letters and digits, in 7 groups. Capitals and dashes do not matter.")
        code.widget.attrs |= {"autocapitalize": "characters", "class": "code"}


def code_of(receipt: Receipt) -> str:
    """Return a code as its owner reads it: words of their language, or the symbols of before."""
    return in_words(receipt, get_language() or "") or shown(receipt)
