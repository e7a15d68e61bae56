"""Read what a person writes into a dossier, and what an authority said of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from balise.foundation.web.fields import CodeField, DayField, LongTextField
from balise.takedown.onward.dossiers.rules.facts import MAX_WORDS, DossierFacts
from balise.takedown.onward.dossiers.rules.states import Answer, Refusal

LONGEST_NUMBER = 60


class WordsForm(forms.Form):
    """What a draft says, in words."""

    rationale = LongTextField(
        label=_("Content, and why it is illegal"),
        help_text=_(
            "The police read this. Describe, never copy. Do not name a victim or a reporter."
        ),
        rows=6,
        max_length=MAX_WORDS,
    )
    urgent = forms.BooleanField(
        label=_("Someone may be in danger now"),
        help_text=_("For an emergency, call the police first: no dossier is read at once."),
        required=False,
    )

    @classmethod
    def of(cls, facts: DossierFacts) -> "WordsForm":
        """Return the form filled with a draft's words."""
        return cls(initial={"rationale": facts.rationale, "urgent": facts.urgent})


class AcknowledgedForm(forms.Form):
    """The authority has it."""

    authority_number = forms.CharField(
        label=_("Number given by the authority"),
        help_text=_("Encrypted like the dossier itself."),
        max_length=LONGEST_NUMBER,
    )


class AnswerForm(forms.Form):
    """What came of it."""

    answer = CodeField(Answer, label=_("Answer of the authority"), widget=forms.RadioSelect)
    words = LongTextField(label=_("Its text"), rows=2, max_length=MAX_WORDS, required=False)


class RefusalForm(forms.Form):
    """The authority does not take it."""

    refusal = CodeField(Refusal, label=_("Reason"), widget=forms.RadioSelect)
    words = LongTextField(label=_("Its text"), rows=2, max_length=MAX_WORDS, required=False)


class HoldForm(forms.Form):
    """The authority asks that the host is not told before a day."""

    until = DayField(
        label=_("Do not tell the host before"),
        help_text=_("At most three months; it can be renewed."),
    )
