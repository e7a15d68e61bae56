"""Read what people of the desk decide: about a clock, a hold, a rung, an answer, an objection."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.clock import now
from balise.foundation.web.fields import CodeField, DayField, LongTextField
from balise.takedown.notices.actions.answering import Decision
from balise.takedown.notices.queries import Ladder
from balise.takedown.notices.rules.customs import MOST_ITEMS
from balise.takedown.notices.rules.holds import LONGEST_HOLD, HoldReason
from balise.takedown.notices.rules.inbound import Said
from balise.takedown.notices.rules.ladder import Rung, Step, Way
from balise.takedown.notices.rules.outcomes import Account, Ends, Outcome
from balise.takedown.notices.rules.redress import MAX_GROUNDS, MIN_REASONS, Contester, Ruling
from balise.takedown.notices.rules.states import Impediment

_GROUPS = (
    (Ends.OBEYED, _("It is gone")),
    (Ends.PARTLY, pgettext_lazy("answer", "Action taken")),
    (Ends.REFUSED, _("No action")),
    (Ends.UNANSWERED, _("No answer")),
)
# The outcomes in groups, for a choice.
OUTCOMES = [
    (group, [(each.value, each.label) for each in Outcome if each.ends is ends])
    for ends, group in _GROUPS
]


class HoldForm(forms.Form):
    """Until when nothing leaves, and why."""

    until = forms.DateTimeField(
        label=_("Until"),
        help_text=_("It ends automatically then. At most 31 days."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        initial=lambda: now() + timedelta(days=3),
    )
    reason = CodeField(HoldReason, label=_("Why"), widget=forms.RadioSelect)
    whole = forms.BooleanField(
        label=_("Everything about this content, not only this notice"),
        required=False,
        initial=True,
    )

    def clean_until(self) -> datetime:
        until: datetime = self.cleaned_data["until"]
        if not now() < until <= now() + LONGEST_HOLD:
            raise forms.ValidationError(_("A hold ends in the future, within 31 days."))
        return until


class PleaForm(forms.Form):
    """What a recipient asks or pleads, told by mail, by telephone or else."""

    says = forms.ChoiceField(
        label=_("Meaning"),
        choices=[
            ("received", _("Delivered")),
            ("information", _("The host asks for information")),
            *((each.value, each.label) for each in Impediment if each),
        ],
        widget=forms.RadioSelect,
    )


class ReplyForm(forms.Form):
    """What is answered to a recipient; its clock runs again with it."""

    text = LongTextField(
        label=_("Your answer to them"),
        help_text=_("It is sent as it stands. Do not name a victim, do not send content."),
        rows=5,
        max_length=MAX_GROUNDS,
        required=False,
    )


class _LadderForm(forms.Form):
    """A rung above a notice, and a contact of the directory."""

    by_hand: ClassVar[bool]

    def __init__(self, *args: Any, ladder: Ladder, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rung, widget = self.fields["rung"], self.fields["contact"].widget
        if isinstance(rung, forms.ChoiceField):
            rung.choices = [
                (step.rung.value, f"{step.label} – {_('by hand')}")
                if step.way is Way.HAND
                else (step.rung.value, step.label)
                for step in ladder.steps
                if self.by_hand or step.way is Way.NOTICE
            ]
        if isinstance(widget, forms.Select):
            widget.choices = [("", "–"), *ladder.contacts]


class ClimbForm(_LadderForm):
    """Which rung is told, and through which contact."""

    by_hand = True
    rung = forms.TypedChoiceField(label=_("Recipient"), coerce=Rung, widget=forms.RadioSelect)
    contact = forms.UUIDField(
        label=_("Contact in the directory"),
        widget=forms.Select,
        required=False,
        help_text=_("Leave empty for the known contact point, and for steps by hand."),
    )

    def __init__(self, *args: Any, ladder: Ladder) -> None:
        super().__init__(*args, ladder=ladder, initial={"rung": ladder.proposed})


class KnownForm(_LadderForm):
    """Which contact of the directory stands on a rung above."""

    by_hand = False
    prefix = "known"
    rung = forms.TypedChoiceField(label=_("Escalation step"), coerce=Rung, widget=forms.RadioSelect)
    contact = forms.UUIDField(label=_("Contact in the directory"), widget=forms.Select)


class DecisionForm(forms.Form):
    """What an answer means for one notice."""

    means = forms.ChoiceField(label=_("Meaning of the answer"), required=False)
    account = CodeField(
        Account, label=_("And the account?"), empty_value=Account.UNTOUCHED, required=False
    )

    def __init__(
        self, *args: Any, said: Said | None = None, has_closed: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        means = self.fields["means"]
        objects = ("objects", _("The host objects to the notice"))
        goes_on = [
            ("received", _("Delivered")),
            ("information", _("The host asks for information")),
            objects,
            *((f"plea:{each.value}", each.label) for each in Impediment if each),
        ]
        # A clock that has ended is neither met nor stopped.
        others = [objects] if has_closed else [(str(_("It continues")), goes_on)]
        if isinstance(means, forms.ChoiceField):
            means.choices = [("", _("Nothing new")), *others, *OUTCOMES]
        self._has_closed = has_closed
        self.fields["means"].initial = _proposed(said)

    def decision(self) -> Decision | None:
        """Return the decision; None where nothing is new."""
        means: str = self.cleaned_data["means"]
        if not means:
            return None
        if means == "received":
            return Decision(acknowledges=True)
        if means == "information":
            return Decision(asks_information=True)
        if means == "objects":
            return Decision(acknowledges=not self._has_closed, objects=True)
        if means.startswith("plea:"):
            return Decision(pleads=Impediment(means.removeprefix("plea:")))
        return Decision(outcome=Outcome(means), account=self.cleaned_data["account"])


class NumberForm(forms.Form):
    """Which notice an answer is about."""

    number = forms.CharField(label=_("Number of the notice"), max_length=12)


class RulingForm(forms.Form):
    """What a second person decides, and why."""

    ruling = CodeField(Ruling, label=_("Your decision"), widget=forms.RadioSelect)
    reasons = LongTextField(
        label=_("Why"),
        help_text=_("The person who objected reads this, if they left an address."),
        rows=6,
        min_length=MIN_REASONS,
        max_length=MAX_GROUNDS,
    )


class ObjectionForm(forms.Form):
    """An objection that came by mail, by letter or by telephone."""

    contester = CodeField(Contester, label=_("Objector"), widget=forms.RadioSelect)
    grounds = LongTextField(label=_("Meaning"), rows=4, max_length=MAX_GROUNDS)
    answer_to = forms.EmailField(label=_("Recipient of the reasons"), required=False)


class CustomsForm(forms.Form):
    """What one contact has of its own; what is left empty is the country's custom."""

    group_minutes = forms.IntegerField(
        label=_("Minutes before an ordinary notice is sent"),
        min_value=0,
        max_value=1_440,
        required=False,
    )
    most_items = forms.IntegerField(
        label=_("Notices per e-mail, at most"),
        min_value=1,
        max_value=MOST_ITEMS,
        required=False,
    )
    most_reminders = forms.IntegerField(
        label=_("Reminders of one notice, at most"), min_value=0, max_value=5, required=False
    )
    quiet_begins = forms.TimeField(
        label=_("No sending from"),
        widget=forms.TimeInput(attrs={"type": "time"}),
        required=False,
    )
    quiet_ends = forms.TimeField(
        label=_("Sending resumes at"),
        widget=forms.TimeInput(attrs={"type": "time"}),
        required=False,
    )
    always_open = forms.BooleanField(
        label=_("Accepts notices at night and on holidays"), required=False
    )
    climbs_alone = forms.TypedMultipleChoiceField(
        label=_("Escalate automatically when overdue, if a contact point is known"),
        coerce=Rung,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, steps: Iterable[Step] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alone = self.fields["climbs_alone"]
        if isinstance(alone, forms.MultipleChoiceField):
            alone.choices = [
                (step.rung.value, step.label)
                for step in steps
                if step.way is Way.NOTICE and step.rung is not Rung.HOST
            ]


class PeriodForm(forms.Form):
    """Which days the figures are about."""

    since = DayField(label=_("First day"))
    until = DayField(label=_("Last day"))


def _proposed(said: Said | None) -> str:
    """Return the choice that an answer seems to mean; it is only marked, never made."""
    if said is None:
        return ""
    if said.impediment:
        return f"plea:{said.impediment.value}"
    if said is Said.NEEDS_INFORMATION:
        return "information"
    return said.outcome.value if said.outcome else "received"
