"""The state of a draft and of a partner's report, in plain words."""

from collections.abc import Sequence
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.refusals import Refused


class DraftState(TextChoices):
    """What a line is answered: it can be sent, it was sent before, something is the matter."""

    READY = "ready", pgettext_lazy("draft", "Ready")
    FAULTY = "faulty", pgettext_lazy("draft", "To correct")
    KNOWN = "known", pgettext_lazy("draft", "You sent this already")
    SAME = "same", pgettext_lazy("draft", "The same as another line")
    SENT = "sent", pgettext_lazy("draft", "Accepted")


class Stage(StrEnum):
    """The progress of a report, as its sender is told: the least advanced of its contents."""

    RECEIVED = "received"
    EXAMINED = "examined"
    REMOVING = "removing"
    REMOVED = "removed"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return str(_STAGES[self][0])

    @property
    def tone(self) -> str:
        return _STAGES[self][1]


class DraftSent(Refused, code="draft-sent"):
    """The draft was sent: it can no longer be changed."""


class NothingToSend(Refused, code="nothing-to-send"):
    """No line of this can be sent as it is."""


_BY_STATE = {
    "waiting": Stage.RECEIVED,
    "closing": Stage.RECEIVED,  # it can still be undone
    "second-look": Stage.EXAMINED,
    "removing": Stage.REMOVING,
    "removed": Stage.REMOVED,
    "closed": Stage.CLOSED,
}
_ORDER = tuple(Stage)
_STAGES: dict[Stage, tuple[Promise, str]] = {
    Stage.RECEIVED: (_("Received"), "note"),
    Stage.EXAMINED: (_("Being examined"), "note"),
    Stage.REMOVING: (_("Illegal: to be removed"), "warn"),
    Stage.REMOVED: (_("Removed"), "good"),
    Stage.CLOSED: (_("Closed"), "plain"),
}


def stage_of(states: Sequence[str]) -> Stage:
    """Return how far a report has come, by the states of its contents."""
    stages = [_BY_STATE[state] for state in states] or [Stage.RECEIVED]
    return min(stages, key=_ORDER.index)


def states_at(stage: Stage) -> frozenset[str]:
    """Return the states of a content that put its report at a stage or before it."""
    return frozenset(
        state for state, each in _BY_STATE.items() if _ORDER.index(each) <= _ORDER.index(stage)
    )
