"""What the young person is told: sent, received, removed; in their words, no platform's."""

from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from balise.helpline.removals.rules.states import GONE, Decision, State


class Stage(TextChoices):
    """How far it is, for the young person."""

    PREPARED = "prepared", pgettext_lazy("youth", "We are getting it ready")
    SENT = "sent", pgettext_lazy("youth", "Sent")
    RECEIVED = "received", pgettext_lazy("youth", "Received")
    REMOVED = "removed", pgettext_lazy("youth", "Removed")
    STUCK = "stuck", pgettext_lazy("youth", "Not removed yet: we go on")
    TAKEN_ON = "taken-on", pgettext_lazy("youth", "Other people of our team take care of it")


def stage(state: State, decision: Decision | None) -> Stage:
    """Return what the young person is told about an item: removed only once someone looked."""
    if state is State.HANDED_OVER:
        return Stage.TAKEN_ON
    if state is State.VERIFIED_GONE or (state is State.CLOSED and decision in GONE):
        return Stage.REMOVED
    return _STAGES.get(state, Stage.STUCK)


def counted(stages: Iterable[Stage]) -> tuple[int, int]:
    """Return how many are removed, and how many there are."""
    seen = list(stages)
    return seen.count(Stage.REMOVED), len(seen)


_STAGES = {
    State.DRAFT: Stage.PREPARED,
    State.READY: Stage.PREPARED,
    State.SECOND_LOOK: Stage.PREPARED,
    State.SENDING: Stage.PREPARED,
    State.SENT: Stage.SENT,
    State.ACKNOWLEDGED: Stage.RECEIVED,
    State.INFO_REQUESTED: Stage.RECEIVED,
    State.ANSWERED: Stage.RECEIVED,
    State.DECIDED: Stage.RECEIVED,
}
