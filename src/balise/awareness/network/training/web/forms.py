"""The forms of training: a name for the paper, a badge that is shown."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from balise.awareness.network.training.rules.audiences import Audiences
from balise.awareness.network.training.rules.verdicts import LONGEST
from balise.awareness.network.training.rules.words import Why
from balise.foundation.files.uploads import refuse_what_did_not_come
from balise.foundation.web.fields import CodeField, LongTextField


class NameForm(forms.Form):
    """The name on the certificate."""

    name = forms.CharField(
        label=_("Name on the certificate"),
        help_text=_("It is printed on the paper. Nothing is kept."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class BadgeForm(forms.Form):
    """Whom the badge is for: a profession, and an area where one is asked."""

    audience = forms.ChoiceField(label=_("You are"), widget=forms.RadioSelect)
    area = forms.ChoiceField(required=False)
    is_adult = forms.BooleanField(
        label=_("I am 18 or over"),
        error_messages={"required": _("Badges are for adults. A class gets a diploma to print.")},
    )

    def __init__(self, known: Audiences, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        of, area = self.fields["audience"], self.fields["area"]
        cast("forms.ChoiceField", of).choices = [
            (each.code, str(each.label)) for each in known.every
        ]
        if not known.areas:
            del self.fields["area"]
            return
        cast("forms.ChoiceField", area).choices = [("", "–"), *known.areas.items()]
        area.label = str(known.areas_are)
        asking = (str(each.label) for each in known.every if each.asks_area)
        area.help_text = _("For: %(audiences)s") % {"audiences": " · ".join(asking)}


class SessionBadgeForm(BadgeForm):
    """The same for who came to a session: they said that they are an adult as they registered."""

    is_adult = None  # type: ignore[assignment]  # how Django takes a field away


class VerifyForm(forms.Form):
    """A badge that someone shows: a file, or its text."""

    file = forms.FileField(
        label=_("The badge, as a file"),
        help_text=_("SVG or JSON. It is read and not kept."),
        required=False,
    )
    text = LongTextField(label=_("Or its text"), rows=4, required=False)

    def clean_file(self) -> Any:
        """Refuse a file that is too large to be a badge."""
        file = self.cleaned_data["file"]
        refuse_what_did_not_come(file)
        return file

    @property
    def sent(self) -> bytes:
        """Return what was sent: the file, or else the text."""
        file = self.cleaned_data["file"]
        if file is None:
            return str(self.cleaned_data["text"]).encode("utf-8", "replace")
        return bytes(file.read(LONGEST + 1))


class RevokeForm(forms.Form):
    """Why a badge is revoked."""

    why = CodeField(Why, label=_("Why"), widget=forms.RadioSelect)
