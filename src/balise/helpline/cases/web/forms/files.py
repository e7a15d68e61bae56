"""What a listener fills in about a file: an entry as the country has it, a code, a reason."""

from collections.abc import Iterable, Mapping
from typing import Any, cast
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _, pgettext

from balise.foundation.clock import today
from balise.foundation.files.uploads import SealedFileField
from balise.foundation.web.fields import CodeField, DayField, LongTextField
from balise.helpline.cases.queries.opened import OpenedCase
from balise.helpline.cases.rules.duties import LONGEST_RATIONALE, Decision
from balise.helpline.cases.rules.files import LONGEST_REASON, LONGEST_TITLE, CaseOutcome
from balise.helpline.cases.rules.sections import DUE, Section
from balise.helpline.contacts.rules.forms import Form
from balise.helpline.contacts.web.fields import control
from balise.takedown.law.rules.offences import offences

_NOTHING = [("", "—")]
_WORDS = {"autocomplete": "off"}
_SHOWN = 60


class TitleForm(forms.Form):
    """What a file is called."""

    title = forms.CharField(
        label=_("Name of the case"),
        help_text=_(
            "Only for the people assigned to the case. Encrypted. A nickname and a word are enough."
        ),
        max_length=LONGEST_TITLE,
        widget=forms.TextInput(attrs=_WORDS),
    )


class CodeForm(forms.Form):
    """The code that a young person gives."""

    code = forms.CharField(
        label=_("Their code"),
        help_text=_("Eight words, or the code of their conversation."),
        max_length=300,
        widget=forms.TextInput(attrs=_WORDS),
    )


class ReasonForm(forms.Form):
    """Why the glass must be broken."""

    reason = LongTextField(
        label=_("Why must you read this case now?"),
        help_text=_("Supervisors are told at once. Your name and your reason stay in the case."),
        max_length=LONGEST_REASON,
        rows=3,
        attrs=_WORDS,
    )


class ColleagueForm(forms.Form):
    """Whom to put on the file."""

    account = forms.ChoiceField(label=_("Colleague"))

    def __init__(self, *args: Any, colleagues: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].choices = [*_NOTHING, *colleagues]  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """How the file ended."""

    outcome = CodeField(CaseOutcome, label=_("How did it end?"), widget=forms.RadioSelect)


class EntryForm(forms.Form):
    """One entry of a section. `version` is the one that was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(
        self,
        given: Any = None,
        files: Any = None,
        *,
        section: Section,
        form: Form,
        members: list[tuple[str, str]],
        kept: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(given, files, initial=dict(kept or {}))
        for field in form.fields:
            self.fields[field.code] = control(field, form)
        if section in DUE:
            self.fields["who"] = forms.ChoiceField(
                label=_("Person"), choices=[*_NOTHING, *members], required=False
            )
        if section is Section.COMPLAINT:
            self.fields["offence"] = forms.ChoiceField(
                label=self.fields["offence"].label,
                help_text=_(
                    "A proposal: the authority decides. Based on the law of the given day."
                ),
                choices=[*_NOTHING, *_offences()],
                required=False,
            )
        if section is Section.DOCUMENTS and not kept:
            self.fields["file"] = SealedFileField(
                label=_("The document"),
                help_text=_(
                    "A picture (JPEG, PNG, WebP), a PDF or a text, up to 10 MB. It is encrypted "
                    "on arrival. Never an intimate picture of a young person: say that it "
                    "exists, and where."
                ),
            )
            self.order_fields(["file"])

    def given(self) -> dict[str, Any]:
        """Return what was filled in, by field; a field that was emptied is None."""
        return {
            code: value or None
            for code, value in self.cleaned_data.items()
            if code not in {"version", "file"}
        }


def entry_choices(opened: OpenedCase, sections: Iterable[Section]) -> list[tuple[str, str]]:
    """Return the entries of some sections to choose from, each with its first words."""
    found = []
    for section in sections:
        for one in opened.of(section):
            words = " · ".join(words for _label, words in one.said[:2])
            words = words or str(one.file.get("name", ""))
            short = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
            found.append((str(one.id), f"{section.label}{pgettext('colon', ':')} {short}"))
    return found


def _offences() -> list[tuple[str, str]]:
    return [
        (one.code, f"{one.words} ({one.article})")
        for one in offences(today(), country=settings.COUNTRY)
    ]


# What is filled in about a duty to report, and what goes into a complaint.


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
