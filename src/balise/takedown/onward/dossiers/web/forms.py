"""Read what a person writes into a dossier, and what an authority said of it."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from balise.takedown.onward.dossiers.rules.facts import MAX_WORDS, DossierFacts
from balise.takedown.onward.dossiers.rules.states import Answer, Refusal

LONGEST_NUMBER = 60


class WordsForm(forms.Form):
    """What a draft says, in words."""

    rationale = forms.CharField(
        label=_("Content, and why it is illegal"),
        help_text=_(
            "The police read this. Describe, never copy. Do not name a victim or a reporter."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
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

    answer = forms.ChoiceField(label=_("Answer of the authority"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Its text"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=MAX_WORDS,
        required=False,
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["answer"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(one.value, one.label) for one in Answer]

    def clean_answer(self) -> Answer:
        return Answer(self.cleaned_data["answer"])


class RefusalForm(forms.Form):
    """The authority does not take it."""

    refusal = forms.ChoiceField(label=_("Reason"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Its text"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=MAX_WORDS,
        required=False,
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["refusal"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(one.value, one.label) for one in Refusal]

    def clean_refusal(self) -> Refusal:
        return Refusal(self.cleaned_data["refusal"])


class HoldForm(forms.Form):
    """The authority asks that the host is not told before a day."""

    until = forms.DateField(
        label=_("Do not tell the host before"),
        help_text=_("At most three months; it can be renewed."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        return until
