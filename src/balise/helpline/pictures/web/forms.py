"""What is filled in around a picture."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.actors import Actor
from balise.foundation.files.uploads import SealedUpload, refuse_what_did_not_come
from balise.helpline.cases.queries import files as cases
from balise.helpline.cases.rules.files import CaseState
from balise.helpline.conversations.rules import NothingSaid, TooLong, read_words
from balise.helpline.conversations.web.forms import SayForm
from balise.helpline.pictures.rules.showing import Outcome


class WordsForm(SayForm):
    """The message that was being written: it goes along, and may be empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = False
        self.fields["text"].label = pgettext_lazy("youth", "Your message, if you want")

    def clean_text(self) -> str:
        """Return the words; refuse what is too long before a picture is taken."""
        text = str(self.cleaned_data["text"])
        try:
            return read_words(text)
        except NothingSaid:
            return ""
        except TooLong as refusal:
            raise ValidationError(refusal.message, code=refusal.code) from None


class PictureForm(WordsForm):
    """A picture of one's screen, and words if one likes."""

    picture = forms.FileField(
        label=pgettext_lazy("youth", "The picture of your screen"),
        help_text=pgettext_lazy("youth", "PNG, JPEG or WebP, 8 MB at most."),
        error_messages={
            "required": pgettext_lazy("youth", "Choose a picture first."),
            "empty": pgettext_lazy("youth", "This file is empty. Choose another."),
        },
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    field_order = ("picture", "text", "client_id")

    def clean_picture(self) -> SealedUpload:
        """Return the file, still encrypted; refuse one that did not arrive."""
        sent = self.cleaned_data["picture"]
        refuse_what_did_not_come(sent)
        if not isinstance(sent, SealedUpload):
            raise ValidationError(_("The file could not be saved. Try again later."))
        return sent


class CaseForm(forms.Form):
    """The case of one's own in which the picture would be kept."""

    def __init__(self, *args: Any, seen_by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = cases.own_cases(seen_by=seen_by)
        own = [(str(one.id), one.reference) for one in rows if one.state is not CaseState.CLOSED]
        self.has_any = bool(own)
        self.fields["case"] = forms.ChoiceField(label=_("Case"), choices=own)


class OutcomeForm(forms.Form):
    """The decision."""

    outcome = forms.TypedChoiceField(
        label=pgettext_lazy("picture", "Decision"),
        choices=Outcome.choices,
        coerce=Outcome,
        widget=forms.RadioSelect,
    )
