"""Read what an analyst tells the police in words."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from balise.foundation.clock import today
from balise.foundation.web.fields import LongTextField
from balise.takedown.law.rules import offences
from balise.takedown.onward.dossiers.rules.facts import MAX_WORDS


class PoliceNowForm(forms.Form):
    """What one says in words of a danger that nobody decided yet."""

    offence = forms.ChoiceField(label=_("Possible offence"))
    rationale = LongTextField(
        label=_("The threat: what, where and when"),
        help_text=_("The police read this. Facts, no name of a victim or a reporter."),
        rows=4,
        max_length=MAX_WORDS,
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        named = [(one.code, one.words) for one in offences(today(), country=settings.COUNTRY)]
        self.fields["offence"].choices = [("", _("Choose")), *named]  # type: ignore[attr-defined]


class PoliceForm(forms.Form):
    """The words of a dossier; its facts come from the content."""

    rationale = LongTextField(
        label=_("Content, and why it is illegal"),
        help_text=_(
            "The police read this. Describe, never copy. Do not name a victim or a reporter. It "
            "begins with the reasons of the verdict."
        ),
        required=False,
        rows=5,
        max_length=MAX_WORDS,
    )
    urgent = forms.BooleanField(
        label=_("Someone may be in danger now"),
        help_text=_("For an emergency, call the police first: no dossier is read at once."),
        required=False,
    )
