"""The way of a referral sent, in steps for the young person who agreed to it. Pure."""

from datetime import datetime
from typing import Final

from django.utils.translation import pgettext_lazy

from balise.foundation.web.timeline import Mark, Step, timeline
from balise.helpline.cases.rules.sendings import SentState

ACCEPTED: Final = "helpline.sent.accepted"

_TOLD: Final = pgettext_lazy("youth", "We told them, as you agreed")
_ANSWER: Final = Step(
    label=pgettext_lazy("youth", "They say that they take care of it"), measure=ACCEPTED
)
_HELPED: Final = Step(label=pgettext_lazy("youth", "They have done their part"))


def way_of(
    state: SentState,
    *,
    sent_at: datetime,
    answered_at: datetime | None,
    ended_at: datetime | None,
) -> tuple[Step, ...]:
    """Return the steps of a referral: behind, now and to come."""
    told = Step(label=_TOLD, at=sent_at)
    if state is SentState.SENT:
        return timeline((), told, (_ANSWER, _HELPED))
    if state is SentState.ACCEPTED:
        return timeline((told,), Step(label=_ANSWER.label, at=answered_at), (_HELPED,))
    if state is SentState.DONE:
        answered = Step(label=_ANSWER.label, at=answered_at)
        return timeline((told, answered, Step(label=_HELPED.label, at=ended_at)))
    return timeline((told, _ended(state, ended_at or answered_at)))


def _ended(state: SentState, at: datetime | None) -> Step:
    """Return what is said of a referral that led to nothing, and what can be done."""
    says = pgettext_lazy("youth", "Talk to us: we look for someone else with you.")
    labels = {
        SentState.REFUSED: pgettext_lazy("youth", "They cannot help with this"),
        SentState.EXPIRED: pgettext_lazy("youth", "They have not answered"),
    }
    stopped = pgettext_lazy("youth", "We have stopped this request.")
    return Step(label=labels.get(state, stopped), says=says, at=at, mark=Mark.STOPPED)
