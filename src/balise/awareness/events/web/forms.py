"""The forms of an event: to register, and for staff."""

from django import forms
from django.utils.translation import gettext_lazy as _

from balise.awareness.events.rules.words import Comes
from balise.foundation.web.fields import CodeField


class RegisterForm(forms.Form):
    """What an adult gives to register; nothing is asked of a minor."""

    address = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("For the link and two reminders. Deleted 30 days after."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    name = forms.CharField(
        label=_("Your name"),
        help_text=_("For the list at the door. You may leave this empty."),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    comes_as = CodeField(
        Comes,
        label=_("You come as"),
        help_text=_("You do not have to answer."),
        required=False,
        empty_value="",
        widget=forms.RadioSelect,
    )
    is_adult = forms.BooleanField(
        label=_("I am 18 or over"),
        error_messages={"required": _("An adult registers. A class comes through its teacher.")},
    )


class NameForm(forms.Form):
    """The name that stands on a certificate."""

    name = forms.CharField(
        label=_("Your name, as it is printed"),
        help_text=_("It is printed and not kept."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
