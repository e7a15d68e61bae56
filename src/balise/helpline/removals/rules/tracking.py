"""What the young person is told: sent, received, removed; in their words, no platform's."""

from collections.abc import Iterable, Sized

from django.db.models import TextChoices
from django.utils.translation import pgettext, pgettext_lazy

from balise.foundation.refusals import Refused
from balise.helpline.removals.rules.requests import ContentType, ItemKind
from balise.helpline.removals.rules.states import GONE, Decision, State


class Stage(TextChoices):
    """How far it is, for the young person."""

    PREPARED = "prepared", pgettext_lazy("youth", "We are getting it ready")
    SENT = "sent", pgettext_lazy("youth", "Sent")
    RECEIVED = "received", pgettext_lazy("youth", "Received")
    REMOVED = "removed", pgettext_lazy("youth", "Removed")
    STUCK = "stuck", pgettext_lazy("youth", "Not removed yet: we go on")
    TAKEN_ON = "taken-on", pgettext_lazy("youth", "Other people of our team take care of it")


# What is drawn as the way: whoever is stuck is where they were received.
WAY = (Stage.SENT, Stage.RECEIVED, Stage.REMOVED)


class CodeUnknown(Refused):
    """The code leads to no request, or no longer."""

    code = "removal-code-unknown"


def check_found(found: Sized) -> None:
    """Refuse a code that leads nowhere."""
    if not found:
        raise CodeUnknown(
            pgettext("youth", "We find nothing with this code. Look at it again, or ask us.")
        )


def what(kind: ItemKind, content_type: ContentType) -> str:
    """Return what was asked for, as one says it to a child."""
    return str(_ACCOUNT if kind is ItemKind.ACCOUNT else _WHAT[content_type])


def reached(one: Stage) -> int:
    """Return how many steps of WAY are behind a young person's request."""
    return {Stage.SENT: 1, Stage.RECEIVED: 2, Stage.STUCK: 2, Stage.REMOVED: 3}.get(one, 0)


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


_ACCOUNT = pgettext_lazy("youth", "An account")
_WHAT = {
    ContentType.TEXT: pgettext_lazy("youth", "A message"),
    ContentType.IMAGE: pgettext_lazy("youth", "A picture"),
    ContentType.VIDEO: pgettext_lazy("youth", "A video"),
    ContentType.AUDIO: pgettext_lazy("youth", "A sound"),
    ContentType.SYNTHETIC: pgettext_lazy("youth", "Something made by a machine"),
    ContentType.OTHER: pgettext_lazy("youth", "Something else"),
}
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
