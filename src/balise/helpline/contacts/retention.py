"""What is forgotten of contacts, and when. The facts stay."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from balise.foundation.encryption.sealing import forget
from balise.foundation.retention.rules import Rule
from balise.helpline.contacts.models import Block, Contact, Questions

_KEPT = timedelta(days=2 * 365)
_LEFT_OPEN = timedelta(days=3 * 365)
_BEARER_KEPT = timedelta(days=2)
_BLOCK_KEPT = timedelta(days=30)
_AT_ONCE = 1_000


def contacts_due(at: datetime) -> Iterable[UUID]:
    """Return the records that were wrapped up two years ago, or left open for three."""
    closed = Contact.objects.filter(closed_at__lte=at - _KEPT)
    left = Contact.objects.filter(closed_at__isnull=True, begun_at__lte=at - _LEFT_OPEN)
    return (closed | left).order_by("begun_at").values_list("id", flat=True)[:_AT_ONCE]


def erase_contacts(contact_ids: Sequence[UUID]) -> int:
    """Destroy records and their keys; return how many there were."""
    with transaction.atomic():
        forget(contact_ids)
        found = Contact.objects.filter(id__in=contact_ids)
        count = found.count()
        found.delete()
    return count


def bearers_due(at: datetime) -> Iterable[UUID]:
    """Return the records that still hold a bearer's blind of a day that is over."""
    held = Contact.objects.filter(begun_at__lte=at - _BEARER_KEPT).exclude(bearer=b"")
    return held.values_list("id", flat=True)[:_AT_ONCE]


def erase_bearers(contact_ids: Sequence[UUID]) -> int:
    """Empty the blinds; return how many there were."""
    return Contact.objects.filter(id__in=contact_ids).update(bearer=b"")


def blocks_due(at: datetime) -> Iterable[UUID]:
    """Return the blocks that ended a month ago."""
    ended = Block.objects.filter(ends_at__lte=at - _BLOCK_KEPT, would_end_at__lte=at)
    return ended.values_list("id", flat=True)[:_AT_ONCE]


def erase_blocks(block_ids: Sequence[UUID]) -> int:
    """Destroy blocks with their blinds; return how many there were."""
    found = Block.objects.filter(id__in=block_ids)
    count = found.count()
    found.delete()
    return count


def questions_due(at: datetime) -> Iterable[UUID]:
    """Return the facts whose questions were never answered in time."""
    ended = Questions.objects.filter(ends_at__lte=at)
    return ended.values_list("fact_id", flat=True)[:_AT_ONCE]


def erase_questions(fact_ids: Sequence[UUID]) -> int:
    """Destroy the links to facts; return how many there were."""
    return Questions.objects.filter(fact_id__in=fact_ids).delete()[0]


RULES = (
    Rule(
        name="helpline.contacts",
        forgets=Contact,
        line="helpline",
        says=_("The record of a contact is deleted two years after it was wrapped up."),
        due=contacts_due,
        erase=erase_contacts,
    ),
    Rule(
        name="helpline.bearers",
        forgets=Contact,
        line="helpline",
        says=_("The link between two contacts of one person on one day is deleted after two days."),
        due=bearers_due,
        erase=erase_bearers,
    ),
    Rule(
        name="helpline.blocks",
        forgets=Block,
        line="helpline",
        says=_("A block is deleted one month after it ended."),
        due=blocks_due,
        erase=erase_blocks,
    ),
    Rule(
        name="helpline.questions",
        forgets=Questions,
        line="helpline",
        says=_("The link between a contact’s figures and the questions afterwards goes in a week."),
        due=questions_due,
        erase=erase_questions,
    ),
)
