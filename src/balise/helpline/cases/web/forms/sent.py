"""What is filled in about a referral sent: by the listener who tells, by the receiver."""

from typing import Any, cast
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from balise.foundation.clock import today
from balise.foundation.web.fields import CodeField, DayField, LongTextField
from balise.helpline.cases.actions.sending import Telling
from balise.helpline.cases.queries.opened import OpenedCase
from balise.helpline.cases.rules.receivers import Receiver, Way
from balise.helpline.cases.rules.sections import Section
from balise.helpline.cases.rules.sendings import (
    LONGEST_ANSWER,
    LONGEST_NAME,
    LONGEST_WORDS,
    ConsentHow,
    ConsentOf,
    Refusal,
    SentState,
)
from balise.helpline.cases.web.forms.files import entry_choices

_NOTHING = [("", "—")]
_WORDS = {"autocomplete": "off"}
# What others may have to know; how the file is worked on stays in it.
_TELLABLE = (
    Section.OVERVIEW,
    Section.PEOPLE,
    Section.INCIDENTS,
    Section.DOCUMENTS,
    Section.COMPLAINT,
)


class TellingForm(forms.Form):
    """Whom to tell, on what, which way, and what exactly."""

    # The form sent twice, or its answer loaded anew, is one referral.
    key = forms.UUIDField(initial=uuid4, widget=forms.HiddenInput)
    territory = forms.ChoiceField(label=_("Location"), required=False)
    way = forms.ChoiceField(label=_("Channel"), widget=forms.RadioSelect)
    to = forms.CharField(
        label=_("Contact person or service"),
        help_text=_("The person or the service you talked to. Encrypted."),
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs=_WORDS),
    )
    ground = forms.ChoiceField(label=_("Legal ground"), widget=forms.RadioSelect)
    consent_of = forms.ChoiceField(
        label=_("Person who agreed"), choices=[*_NOTHING, *ConsentOf.choices], required=False
    )
    consent_how = forms.ChoiceField(
        label=_("Form of the agreement"), choices=[*_NOTHING, *ConsentHow.choices], required=False
    )
    consent_on = DayField(label=_("Date"), required=False)
    agreed = LongTextField(
        label=_("Scope of the agreement"),
        help_text=_("Saved here, encrypted. The receiver does not see it."),
        required=False,
        max_length=LONGEST_WORDS,
        rows=2,
        attrs=_WORDS,
    )
    entries = forms.MultipleChoiceField(
        label=_("Information shared, item by item"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    addresses = LongTextField(
        label=_("Addresses of the content, one per line"),
        required=False,
        max_length=LONGEST_WORDS,
        rows=3,
        attrs=_WORDS,
    )
    danger = forms.BooleanField(label=_("Someone may be in danger now"), required=False)
    words = LongTextField(
        label=_("In your words"), required=False, max_length=LONGEST_WORDS, rows=5, attrs=_WORDS
    )

    def __init__(
        self, given: Any = None, *, receiver: Receiver, opened: OpenedCase, summary: str = ""
    ) -> None:
        first = {
            "way": receiver.ways[0],
            "ground": receiver.grounds[0].code,
            "consent_on": today(),
            "words": summary[:LONGEST_WORDS],
        }
        super().__init__(given, initial=first)
        if summary:
            self.fields["words"].help_text = _(
                "This is the summary of your record. Change it before it leaves: the receiver "
                "reads it."
            )
        self._receiver = receiver
        self._choices("way").choices = [(way.value, way.label) for way in receiver.ways]
        self._choices("ground").choices = [
            (one.code, f"{one.label} – {one.article}" if one.article else str(one.label))
            for one in receiver.grounds
        ]
        self._choices("entries").choices = entry_choices(opened, _TELLABLE)
        if receiver.territories:
            self.fields["territory"].required = True
            self._choices("territory").choices = [
                *_NOTHING,
                *((one.code, str(one.label)) for one in receiver.territories),
            ]
        else:
            del self.fields["territory"]
        left_out = ("entries", "to") if receiver.ways == (Way.HOTLINE,) else ("addresses", "danger")
        for name in left_out:
            del self.fields[name]

    def telling(self) -> Telling:
        """Return what the action asks for."""
        given = dict(self.cleaned_data)
        entries = [UUID(each) for each in given.pop("entries", ())]
        lines = [line.strip() for line in given.pop("addresses", "").splitlines()]
        return Telling(
            receiver=self._receiver.code,
            way=Way(given.pop("way")),
            entries=entries,
            addresses=[line for line in lines if line],
            **given,
        )

    def _choices(self, name: str) -> forms.ChoiceField:
        return cast("forms.ChoiceField", self.fields[name])


class AnswerForm(forms.Form):
    """What a receiver answered, written down by a listener."""

    to = CodeField(
        SentState,
        label=_("Answer of the receiver"),
        choices=[
            (state.value, state.label)
            for state in (SentState.ACCEPTED, SentState.REFUSED, SentState.DONE)
        ],
        widget=forms.RadioSelect,
    )
    refusal = CodeField(
        Refusal,
        label=_("Reason, if they refuse"),
        choices=[*_NOTHING, *Refusal.choices],
        empty_value=None,
        required=False,
    )
    name = forms.CharField(
        label=_("Person who answered"),
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs=_WORDS),
    )
    words = LongTextField(
        label=_("In their words"), required=False, max_length=LONGEST_ANSWER, rows=3, attrs=_WORDS
    )


class PartnerForm(forms.Form):
    """What a receiver answers behind its link."""

    name = forms.CharField(
        label=_("Your name and service"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    refusal = CodeField(
        Refusal,
        label=_("If you refuse, give the reason"),
        choices=[*_NOTHING, *Refusal.choices],
        empty_value=None,
        required=False,
    )
    words = LongTextField(
        label=_("A message to the helpline"),
        help_text=_("What you will do, or have done, and how to contact you. Encrypted."),
        required=False,
        max_length=LONGEST_ANSWER,
        rows=4,
        attrs=_WORDS,
    )

    def __init__(self, *args: Any, accepted: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if accepted:
            del self.fields["refusal"]


class ReceiverForm(forms.Form):
    """Who is to be written to at a receiver."""

    who = forms.CharField(label=_("Person or service"), required=False, max_length=LONGEST_NAME)
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=40)
