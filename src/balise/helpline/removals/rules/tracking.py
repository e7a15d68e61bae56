"""What the young person is told: sent, received, removed; in their words, no platform's."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from balise.foundation.web.timeline import Mark, Step, timeline
from balise.helpline.removals.rules.requests import (
    ContentType,
    ItemKind,
    is_gone as is_said_gone,
    refuses,
)
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


# The way of one thing to remove, in steps for the young person who asked. Pure.
#
# Gone is said only where we looked and it is gone. What a platform says is told as what it says.


GONE: Final = "helpline.removals.gone"

_PREPARED: Final = Step(label=pgettext_lazy("youth", "We are getting it ready"))
_SENT: Final = Step(label=pgettext_lazy("youth", "Sent to the platform"))
_RECEIVED: Final = Step(label=pgettext_lazy("youth", "The platform has it"))
_REMOVED: Final = Step(label=pgettext_lazy("youth", "Removed"), measure=GONE)
_NOT_YET: Final = pgettext_lazy("youth", "Not removed yet")
_GOING: Final = {
    Stage.PREPARED: ((), _PREPARED, (_SENT, _RECEIVED, _REMOVED)),
    Stage.SENT: ((), _SENT, (_RECEIVED, _REMOVED)),
}


def journey(
    state: RemovalState,
    *,
    gone_at: datetime | None,
    ended_at: datetime | None,
    decided_at: datetime | None,
    decision: str,
) -> tuple[Step, ...]:
    """Return the steps of one thing: behind, now and to come.

    `decision` is the platform's, of the outcomes of a notice, or "". Where we stopped and the
    platform says that it removed it, both are steps, in the order in which they happened.
    """
    at = stage(state, is_gone=gone_at is not None)
    if at is Stage.STOPPED:
        both = truths(state, stopped_at=ended_at, decided_at=decided_at, decision=decision)
        return timeline([_told(truth, when) for truth, when in both] or [_stopped(ended_at)])
    if at is Stage.REMOVED:
        return timeline((_SENT, _RECEIVED, Step(label=_REMOVED.label, at=gone_at)))
    if at is Stage.TAKEN_ON:
        label = pgettext_lazy("youth", "Another team is dealing with it")
        return timeline((), Step(label=label))
    steps = _GOING.get(at) or _answered(state, decision, decided_at)
    return timeline(*steps)


def _answered(
    state: RemovalState, decision: str, at: datetime | None
) -> tuple[Sequence[Step], Step, Sequence[Step]]:
    """Return the way of what a platform has: what it decided, if it did, and what we do then."""
    if state is RemovalState.REAPPEARED:
        says = pgettext_lazy("youth", "It came back. We ask again.")
        return (_SENT, _RECEIVED), Step(label=_NOT_YET, says=says), (_REMOVED,)
    if not decision:
        return (_SENT,), _RECEIVED, (_REMOVED,)
    return (_SENT, _RECEIVED, _said(decision, at)), _after(state, decision), (_REMOVED,)


def _told(truth: Truth, at: datetime) -> Step:
    mark = Mark.STOPPED if truth is Truth.STOPPED else Mark.DONE
    return Step(label=truth.label, at=at, mark=mark)


def _stopped(at: datetime | None) -> Step:
    says = pgettext_lazy("youth", "Talk to us if you want to continue.")
    return Step(label=Truth.STOPPED.label, says=says, at=at, mark=Mark.STOPPED)


def _said(decision: str, at: datetime | None) -> Step:
    """Return what the platform decided, as a step."""
    if refuses(Outcome(decision)):
        return Step(label=pgettext_lazy("youth", "The platform refused"), at=at)
    if is_said_gone(Outcome(decision)):
        return Step(label=pgettext_lazy("youth", "The platform says it is removed"), at=at)
    return Step(label=pgettext_lazy("youth", "The platform did something else"), at=at)


def _after(state: RemovalState, decision: str) -> Step:
    """Return what we do once the platform has decided, and it is not seen gone."""
    if refuses(Outcome(decision)):
        says = pgettext_lazy(
            "youth", "Here is what we do. We call people we know there. Then we complain."
        )
        return Step(label=_NOT_YET, says=says)
    if state is RemovalState.STILL_UP:
        says = pgettext_lazy("youth", "We looked: it is still there. We insist.")
        return Step(label=_NOT_YET, says=says)
    return Step(label=pgettext_lazy("youth", "We look whether it is gone"))
