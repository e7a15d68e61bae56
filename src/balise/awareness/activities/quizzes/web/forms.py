"""The forms of quizzes for staff: a quiz's file, or one of another program."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_lazy

from balise.awareness.activities.quizzes.rules.quizzes import MOST_BYTES
from balise.awareness.questions.documents import imports
from balise.awareness.questions.rules.imports import Imported
from balise.foundation import apart
from balise.foundation.faults import unreadable
from balise.foundation.files.uploads import refuse_what_did_not_come


class FileForm(forms.Form):
    """A quiz as a TOML file, written as those of the country's pack."""

    file = forms.FileField(
        label=gettext_lazy("The quiz, as a file"),
        help_text=gettext_lazy("A TOML file of 200 kB at most, as the one you can download here."),
    )

    def clean_file(self) -> Any:
        """Return what the file says of one quiz; refuse what is none."""
        sent = self.cleaned_data["file"]
        refuse_what_did_not_come(sent)
        octets = sent.read(MOST_BYTES + 1)
        if len(octets) > MOST_BYTES:
            raise ValidationError(_("The file is too large: 200 kB at most."))
        try:
            quizzes = apart.toml(octets).get("quizzes")
        except apart.Unreadable as fault:
            raise ValidationError(unreadable(fault)) from None
        if not isinstance(quizzes, list) or len(quizzes) != 1 or not isinstance(quizzes[0], dict):
            raise ValidationError(_("The file must hold one quiz, under [[quizzes]]."))
        return quizzes[0]


class OtherFileForm(forms.Form):
    """Questions of another program, and the language they are in."""

    other = forms.FileField(
        label=gettext_lazy("Questions of another program"),
        help_text=gettext_lazy("A file in GIFT, or in QTI 2.2 (an item, or a package)."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Their language"), choices=settings.LANGUAGES)

    def clean_other(self) -> bytes:
        """Return the file; refuse one that is too large."""
        sent = self.cleaned_data["other"]
        refuse_what_did_not_come(sent)
        octets: bytes = sent.read(MOST_BYTES + 1)
        if len(octets) > MOST_BYTES:
            raise ValidationError(_("The file is too large: 200 kB at most."))
        return octets

    @property
    def found(self) -> Imported:
        """Return the questions of the file. Raises FileFaulty."""
        return imports.read(self.cleaned_data["other"], language=self.cleaned_data["language"])
