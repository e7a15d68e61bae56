"""How long a listener was with someone, from what the journal tells of their items."""

from datetime import datetime
from uuid import UUID

from balise.foundation.journal.models import Entry
from balise.helpline.console.rules import Step, seconds_with
from balise.helpline.conversations.events import ConversationDropped, ConversationResumed
from balise.helpline.conversations.rules import SUSPENDED_AFTER
from balise.helpline.queue import queries as queue
from balise.helpline.queue.events import (
    ItemClaimed,
    ItemFinished,
    ItemHandedOver,
    ItemPutBack,
    ItemReturned,
    ItemWithdrawn,
)

_STEPS = {
    ItemClaimed.name: Step.TAKEN,
    ItemReturned.name: Step.LET_GO,
    ItemPutBack.name: Step.LET_GO,
    ItemHandedOver.name: Step.LET_GO,
    ItemWithdrawn.name: Step.LET_GO,
    ItemFinished.name: Step.LET_GO,
    ConversationDropped.name: Step.GONE,
    ConversationResumed.name: Step.BACK,
}


def seconds_about(subject: UUID, *, since: datetime, until: datetime) -> int:
    """Return how long listeners had a conversation, a call, a call-back or a message in all.

    Every listener counts, nights between two of them do not; nor does the place that is kept for
    someone who did not come back.
    """
    items = [one.id for one in queue.items_about(subject)]
    told = Entry.objects.filter(subject__in=[subject, *items], event__in=_STEPS).order_by("id")
    steps = []
    for at, event in told.values_list("at", "event"):
        step = _STEPS[event]
        # A line counts as dropped once nothing was heard of it for this long.
        steps.append((at - SUSPENDED_AFTER if step is Step.GONE else at, step))
    return seconds_with(steps, since=since, until=until)
