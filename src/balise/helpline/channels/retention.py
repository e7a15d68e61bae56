"""What is deleted of correspondence, and when. The figures stay."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from balise.foundation.actors import SYSTEM
from balise.foundation.encryption.sealing import forget
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, past
from balise.helpline.channels.actions.drafting import forget_drafts
from balise.helpline.channels.models import Draft, Message, Thread
from balise.helpline.channels.rules import DRAFT_KEPT_FOR, KEPT_FOR, KEPT_UNANSWERED
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import waiting
from balise.helpline.queue.rules import Reason, WaitKind


def threads_due(at: datetime) -> QuerySet[Thread]:
    """Return the threads in which nobody has written for a month, and nobody waits.

    One that nobody ever answered is given up after half a year.
    """
    done = Q(last_at__lte=at - KEPT_FOR, waits_since=None)
    return Thread.objects.filter(done | Q(last_at__lte=at - KEPT_UNANSWERED))


def erase_threads(thread_ids: Sequence[UUID]) -> int:
    """Delete threads, their messages and all their keys; return how many threads there were."""
    for thread_id in thread_ids:
        item_id = queue.open_item(WaitKind.MESSAGE, thread_id)
        if item_id is not None:
            waiting.withdraw(item_id=item_id, reason=Reason.CLOSED, by=SYSTEM)
    forget_drafts(thread_ids=thread_ids, by=SYSTEM)
    forget(Message.objects.filter(thread__in=thread_ids).values_list("id", flat=True))
    return deleted(Thread)(thread_ids)


RULES = (
    Rule(
        name="helpline.threads",
        forgets=Thread,
        says=_(
            "What was written by e-mail, form or messaging is deleted one month after the last "
            "message; after six months if nobody ever answered."
        ),
        due=threads_due,
        erase=erase_threads,
    ),
    Rule(
        name="helpline.drafts",
        forgets=Draft,
        says=_(
            "An unsent answer is deleted one week after the last change; at once when an answer "
            "is sent, or the message is closed or erased."
        ),
        due=past(Draft, "at", DRAFT_KEPT_FOR),
        erase=deleted(Draft),
    ),
)
