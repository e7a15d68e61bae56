"""Read what a person writes into a notice, and about what came of it."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from balise.foundation.clock import now
from balise.foundation.web.fields import CodeField, LongTextField
from balise.takedown.notices.rules.letters import MAX_WORDS, Letter, Sighting
from balise.takedown.notices.rules.states import Account, Impediment, Outcome
from balise.takedown.notices.web.forms.desk import OUTCOMES


class LetterForm(forms.Form):
    """What a notice says."""

    locations = LongTextField(
        label=_("Exact addresses"),
        help_text=_("One per line."),
        rows=4,
        attrs={"spellcheck": "false"},
        max_length=200_000,
    )
    explanation = LongTextField(
        label=_("Content, and why it is illegal"),
        help_text=_("The host reads this. Describe, never copy. Do not name a victim."),
        rows=6,
        max_length=MAX_WORDS,
        required=False,
    )
    details = LongTextField(
        label=_("Details to find it"),
        help_text=_("An account, a time in the video, a position on the page."),
        rows=2,
        max_length=MAX_WORDS,
        required=False,
    )
    in_good_faith = forms.BooleanField(
        label=_("I believe in good faith that this is accurate and complete"), required=False
    )
    names_notifier = forms.BooleanField(
        label=_("Name the centre as the sender"),
        help_text=_("Can only be omitted for sexual offences against children."),
        required=False,
    )

    @classmethod
    def of(cls, letter: Letter) -> "LetterForm":
        """Return the form filled with a letter."""
        return cls(
            initial={
                "locations": "\n".join(letter.locations),
                "explanation": letter.explanation,
                "details": letter.details,
                "in_good_faith": letter.in_good_faith,
                "names_notifier": letter.names_notifier,
            }
        )

    def letter(self, *, sighting: Sighting) -> Letter:
        """Return the letter that was written."""
        given = dict(self.cleaned_data)
        return Letter(locations=_lines(given.pop("locations")), sighting=sighting, **given)

    def as_written(self, *, sighting: Sighting) -> Letter:
        """Return the letter as far as it is written, valid or not: to look at, never to save."""
        self.is_valid()
        given = self.cleaned_data
        return Letter(
            locations=_lines(given.get("locations", "")),
            explanation=given.get("explanation", ""),
            sighting=sighting,
            in_good_faith=given.get("in_good_faith", False),
            names_notifier=given.get("names_notifier", False),
        )


class OutcomeForm(forms.Form):
    """What a host did."""

    outcome = forms.TypedChoiceField(
        label=_("Outcome"), choices=OUTCOMES, coerce=Outcome, widget=forms.RadioSelect
    )
    account = CodeField(
        Account, label=_("And the account?"), empty_value=Account.UNTOUCHED, required=False
    )
    impediment = CodeField(
        Impediment,
        label=_("Reason given by the host for not acting"),
        empty_value=Impediment.NONE,
        required=False,
    )
    at = forms.DateTimeField(
        label=_("When"),
        help_text=_("Leave empty for now."),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )

    def clean_at(self) -> datetime | None:
        at: datetime | None = self.cleaned_data["at"]
        if at is not None and at > now():
            raise forms.ValidationError(_("This date is in the future."))
        return at


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.splitlines() if line.strip())
