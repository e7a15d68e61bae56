"""What is forgotten of correspondences, and when. The figures stay."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from balise.foundation.actors import SYSTEM
from balise.foundation.encryption.sealing import forget
from balise.foundation.retention.rules import Rule
from balise.helpline.channels.actions.drafting import forget_drafts
from balise.helpline.channels.models import Draft, Message, Thread
from balise.helpline.channels.rules import DRAFT_KEPT_FOR, KEPT_FOR, KEPT_UNANSWERED
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import waiting
from balise.helpline.queue.rules import Kind, Reason

_AT_ONCE = 1_000


def threads_due(at: datetime) -> Iterable[UUID]:
    """Return the threads in which nobody has written for a month, and nobody waits.

    One that nobody ever answered is given up after half a year.
    """
    done = Q(last_at__lte=at - KEPT_FOR, waits_since=None)
    found = Thread.objects.filter(done | Q(last_at__lte=at - KEPT_UNANSWERED))
    return found.order_by("last_at").values_list("id", flat=True)[:_AT_ONCE]


def erase_threads(thread_ids: Sequence[UUID]) -> int:
    """Destroy threads, their messages and all their keys; return how many threads there were."""
    with transaction.atomic():
        for thread_id in thread_ids:
            item_id = queue.open_item(Kind.MESSAGE, thread_id)
            if item_id is not None:
                waiting.withdraw(item_id=item_id, reason=Reason.CLOSED, by=SYSTEM)
        forget_drafts(thread_ids=thread_ids, by=SYSTEM)
        messages = Message.objects.filter(thread__in=thread_ids)
        forget([*thread_ids, *messages.values_list("id", flat=True)])
        messages.delete()
        found = Thread.objects.filter(id__in=thread_ids)
        count = found.count()
        found.delete()
    return count


def drafts_due(at: datetime) -> Iterable[UUID]:
    """Return the threads with an answer that nobody has gone on typing for a week."""
    due = Draft.objects.filter(at__lte=at - DRAFT_KEPT_FOR).order_by("at")
    return due.values_list("thread", flat=True)[:_AT_ONCE]


def erase_drafts(thread_ids: Sequence[UUID]) -> int:
    """Destroy the answers that were begun in threads, and their keys; return how many."""
    count = Draft.objects.filter(thread__in=thread_ids).count()
    forget_drafts(thread_ids=thread_ids, by=SYSTEM)
    return count


RULES = (
    Rule(
        name="helpline.threads",
        forgets=Thread,
        line="helpline",
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
        line="helpline",
        says=_(
            "An unsent answer is deleted one week after the last change; at once when an answer "
            "is sent, or the message is closed or erased."
        ),
        due=drafts_due,
        erase=erase_drafts,
    ),
)
