"""What is filled in around a conversation."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.helpline.contacts import queries as contacts
from balise.helpline.contacts.rules.forms import OLDEST
from balise.helpline.conversations.rules import LONGEST_NICKNAME


def _ages() -> list[tuple[str, str]]:
    return [("", str(_("I’d rather not say"))), *contacts.form().choices("chat_ages")]


class AskForm(forms.Form):
    """How to call them, and how old, if they like. Nothing is asked that they must answer."""

    nickname = forms.CharField(
        label=_("What shall we call you?"),
        help_text=_("Not your real name. You can keep this one."),
        required=False,
        max_length=LONGEST_NICKNAME,
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "nicknames"}),
    )
    age = forms.IntegerField(
        label=pgettext_lazy("youth", "How old are you?"),
        help_text=pgettext_lazy("youth", "Only if you want to. We will talk to you either way."),
        required=False,
        min_value=0,
        max_value=OLDEST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    age_band = forms.ChoiceField(
        label=pgettext_lazy("youth", "Or only roughly"),
        required=False,
        choices=_ages,
    )


class SayForm(forms.Form):
    """A message, and the name that makes a second sending the same one."""

    text = forms.CharField(
        label=_("Message"),
        strip=False,
        error_messages={"required": _("Write something first.")},
        # No `maxlength`: a browser cuts what is pasted, silently. The rule refuses, and keeps it.
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
    client_id = forms.UUIDField(initial=uuid4, widget=forms.HiddenInput)


class NoteForm(forms.Form):
    """A supervisor's note."""

    text = forms.CharField(
        label=_("A note for the listener"),
        help_text=_("The listener reads it at once. The young person never sees it."),
        strip=False,
        error_messages={"required": _("Write something first.")},
        # No `maxlength`, as in a message: the rule refuses, and what was typed stays.
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
