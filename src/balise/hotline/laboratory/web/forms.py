"""What is filled in around fingerprints."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.web.fields import LongTextField
from balise.foundation.web.phrases import LetteredForm
from balise.hotline.laboratory.actions.disputing import LONGEST_ANSWER
from balise.hotline.laboratory.ports import danger_in
from balise.hotline.laboratory.rules.words import Ground, Outcome, Source
from balise.hotline.reports.rules.answers import LONGEST_CONTACT
from balise.hotline.reports.rules.words import AgeBand

_LONGEST_LINKS = 20_000
_DANGER = frozenset({"A", "B"})  # levels that words tell of


class CodeForm(LetteredForm):
    """The code that opens a case."""

    label = pgettext_lazy("laboratory", "Your code")


class WrittenForm(forms.Form):
    """A form with a field in which someone may write what is no address."""

    @property
    def tells_of_danger(self) -> bool:
        """Return whether what was written tells of a danger; nothing of it is kept."""
        text = self.data.get("links", "")
        found = danger_in.ask(text) if text else None
        return found is not None and found.level in _DANGER


class SendForm(WrittenForm):
    """The claim, the threat, and where it was seen; fingerprints come with it, from a script."""

    claim = forms.BooleanField(
        label=_("It is me in these images, and I did not agree."),
        required=False,
    )
    threat = forms.BooleanField(
        label=_("Someone threatens to post them. Nothing is online that I know of."),
        required=False,
    )
    links = forms.CharField(
        label=_("Seen somewhere?"),
        help_text=_("One address a line. They become a report, and we ask for the removal."),
        required=False,
        max_length=_LONGEST_LINKS,
        widget=forms.Textarea(
            attrs={"rows": 2, "autocomplete": "off", "spellcheck": "false", "dir": "ltr"}
        ),
    )


class LinksForm(WrittenForm):
    """Where it was seen, later."""

    links = SendForm.base_fields["links"]


class MinorForm(forms.Form):
    """How the helpline reaches a young person who asks for it."""

    contact = forms.CharField(
        label=pgettext_lazy("youth", "How can we reach you?"),
        help_text=pgettext_lazy("youth", "A phone number or an e-mail. Only we read it."),
        max_length=LONGEST_CONTACT,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    age_band = forms.ChoiceField(
        label=pgettext_lazy("youth", "How old are you?"),
        choices=[
            (band.value, band.label)
            for band in (AgeBand.UNDER_13, AgeBand.FROM_13, AgeBand.FROM_15)
        ],
        widget=forms.RadioSelect,
    )
    threat = forms.BooleanField(
        label=pgettext_lazy("youth", "Someone threatens to post it."), required=False
    )
    origin = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"origin": uuid4()})
        super().__init__(*args, **kwargs)


class AnswerForm(forms.Form):
    """What the bearer of a code says to a dispute."""

    text = LongTextField(
        label=_("Your answer"), max_length=LONGEST_ANSWER, rows=4, attrs={"dir": "auto"}
    )


class DisputeForm(forms.Form):
    """Why a fingerprint is stopped, and on whose word."""

    ground = forms.TypedChoiceField(
        label=_("Reason"),
        choices=[(one.value, one.label) for one in (Ground.PUBLIC, Ground.MARK, Ground.OTHER)],
        coerce=Ground,
        widget=forms.RadioSelect,
    )
    source = forms.TypedChoiceField(
        label=pgettext_lazy("dispute", "Source"),
        choices=[(one.value, one.label) for one in (Source.PARTNER, Source.STAFF)],
        coerce=Source,
        widget=forms.RadioSelect,
    )


class OutcomeForm(forms.Form):
    """The decision about a dispute."""

    outcome = forms.TypedChoiceField(
        label=pgettext_lazy("dispute", "Decision"),
        choices=Outcome.choices,
        coerce=Outcome,
        widget=forms.RadioSelect,
    )
