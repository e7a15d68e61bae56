"""What the young person is told: sent, received, removed; in their words, no platform's."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from balise.helpline.removals.rules.decisions import is_gone as is_said_gone
from balise.helpline.removals.rules.requests import ContentType, ItemKind
from balise.helpline.removals.rules.states import RemovalState
from balise.takedown.notices.rules.outcomes import Outcome


class Stage(StrEnum):
    """How far it is, for the young person; `journey.py` has the words."""

    PREPARED = "prepared"
    SENT = "sent"
    RECEIVED = "received"
    REMOVED = "removed"
    STUCK = "stuck"
    TAKEN_ON = "taken-on"
    STOPPED = "stopped"


class Truth(TextChoices):
    """Two things that are so at once, each at its moment."""

    STOPPED = "stopped", pgettext_lazy("youth", "We have stopped this request.")
    SAID = (
        "said",
        pgettext_lazy("youth", "The platform says it is removed. We have not checked."),
    )


_OVER = frozenset({Stage.REMOVED, Stage.STOPPED})


def what(kind: ItemKind, content_type: ContentType) -> str:
    """Return what was asked for, as one says it to a child."""
    return str(_ACCOUNT if kind is ItemKind.ACCOUNT else _WHAT[content_type])


def stage(state: RemovalState, *, is_gone: bool) -> Stage:
    """Return what the young person is told about an item.

    Removed only where someone looked and it is gone (`is_gone`): what a platform says is not
    enough. What was closed otherwise has stopped, whatever was said.
    """
    if state is RemovalState.CLOSED:
        return Stage.REMOVED if is_gone else Stage.STOPPED
    return _STAGES.get(state, Stage.STUCK)


def truths(
    state: RemovalState, *, stopped_at: datetime | None, decided_at: datetime | None, decision: str
) -> tuple[tuple[Truth, datetime], ...]:
    """Return that we stopped, and that the platform says it is removed, in their order.

    Nothing where only one of the two is so: its stage says it.
    """
    if state is not RemovalState.CLOSED or stopped_at is None or decided_at is None:
        return ()
    if not decision or not is_said_gone(Outcome(decision)):
        return ()
    both = ((Truth.STOPPED, stopped_at), (Truth.SAID, decided_at))
    return tuple(sorted(both, key=lambda one: one[1]))


def is_over(stages: Iterable[Stage]) -> bool:
    """Return whether nothing goes on any more: each was removed, or we have stopped."""
    return all(one in _OVER for one in stages)


def counted(stages: Iterable[Stage]) -> tuple[int, int]:
    """Return how many are removed, and how many there are."""
    seen = list(stages)
    return seen.count(Stage.REMOVED), len(seen)


_ACCOUNT = pgettext_lazy("youth", "An account")
_WHAT = {
    ContentType.TEXT: pgettext_lazy("youth", "A message"),
    ContentType.IMAGE: pgettext_lazy("youth", "A picture"),
    ContentType.VIDEO: pgettext_lazy("youth", "A video"),
    ContentType.AUDIO: pgettext_lazy("youth", "A sound"),
    ContentType.SYNTHETIC: pgettext_lazy("youth", "Something made with AI"),
    ContentType.OTHER: pgettext_lazy("youth", "Something else"),
}
_STAGES = {
    RemovalState.DRAFT: Stage.PREPARED,
    RemovalState.READY: Stage.PREPARED,
    RemovalState.SECOND_LOOK: Stage.PREPARED,
    RemovalState.SENDING: Stage.PREPARED,
    RemovalState.SENT: Stage.SENT,
    RemovalState.ACKNOWLEDGED: Stage.RECEIVED,
    RemovalState.INFO_REQUESTED: Stage.RECEIVED,
    RemovalState.ANSWERED: Stage.RECEIVED,
    RemovalState.DECIDED: Stage.RECEIVED,
    RemovalState.VERIFIED_GONE: Stage.REMOVED,
    RemovalState.HANDED_OVER: Stage.TAKEN_ON,
}
