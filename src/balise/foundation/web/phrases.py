"""The form that asks for six words, and asks back where they were mistyped or swapped."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from balise.foundation.encryption.phrases import WORDS, near_phrases


class WordsForm(forms.Form):
    """Six words that open something; `web/parts/meant.html` shows what was perhaps meant."""

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
