"""What is filled in about a duty to report, and what goes into a complaint."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from balise.foundation.web.fields import CodeField, DayField, LongTextField
from balise.helpline.cases.queries.opened import OpenedCase
from balise.helpline.cases.rules.duties import LONGEST_RATIONALE, Decision
from balise.helpline.cases.rules.sections import Section
from balise.helpline.cases.web.forms.files import entry_choices

_WORDS = {"autocomplete": "off"}


class DecisionForm(forms.Form):
    """What was decided, and why."""

    decision = CodeField(Decision, label=_("Our decision"), widget=forms.RadioSelect)
    rationale = LongTextField(
        label=_("Why"),
        help_text=_("Encrypted. Known facts, arguments, and people you asked."),
        max_length=LONGEST_RATIONALE,
        rows=5,
        attrs=_WORDS,
    )
    follow_up_on = DayField(label=_("Review on"), required=False)


class SignatureForm(forms.Form):
    """What a supervisor says to it."""

    words = LongTextField(
        label=_("In your words"),
        help_text=_("Required if you disagree."),
        required=False,
        max_length=LONGEST_RATIONALE,
        rows=3,
        attrs=_WORDS,
    )


class ComplaintForm(forms.Form):
    """What goes into the complaint besides its own words."""

    entries = forms.MultipleChoiceField(
        label=_("Files in the package"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, given: Any = None, *, opened: OpenedCase) -> None:
        choices = entry_choices(opened, (Section.PEOPLE, Section.INCIDENTS, Section.DOCUMENTS))
        super().__init__(given, initial={"entries": [code for code, _label in choices]})
        cast("forms.MultipleChoiceField", self.fields["entries"]).choices = choices

    def chosen(self) -> list[UUID]:
        """Return the entries that were chosen."""
        return [UUID(each) for each in self.cleaned_data["entries"]]
