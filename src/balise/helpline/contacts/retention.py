"""What is deleted of contacts, and when. The facts stay."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, past
from balise.helpline.contacts.models import Block, Contact, Questions

_KEPT = timedelta(days=2 * 365)
_LEFT_OPEN = timedelta(days=3 * 365)
_BEARER_KEPT = timedelta(days=2)
_BLOCK_KEPT = timedelta(days=30)


def contacts_due(at: datetime) -> QuerySet[Contact]:
    """Return the records that were wrapped up two years ago, or left open for three."""
    left = Q(closed_at__isnull=True, begun_at__lte=at - _LEFT_OPEN)
    return Contact.objects.filter(Q(closed_at__lte=at - _KEPT) | left)


def erase_bearers(contact_ids: Sequence[UUID]) -> int:
    """Empty the blinds; return how many there were."""
    return Contact.objects.filter(id__in=contact_ids).update(bearer=b"")


def blocks_due(at: datetime) -> QuerySet[Block]:
    """Return the blocks that ended a month ago."""
    return Block.objects.filter(ends_at__lte=at - _BLOCK_KEPT, would_end_at__lte=at)


def erase_questions(tokens: Sequence[bytes]) -> int:
    """Delete the links to facts; return how many there were."""
    return Questions.objects.filter(pk__in=tokens).delete()[0]


RULES = (
    Rule(
        name="helpline.contacts",
        forgets=Contact,
        says=_("The record of a contact is deleted two years after it was wrapped up."),
        due=contacts_due,
        erase=deleted(Contact),
    ),
    Rule(
        name="helpline.bearers",
        forgets=Contact,
        says=_("The link between two contacts of one person on one day is deleted after two days."),
        due=past(Contact, "begun_at", _BEARER_KEPT, holding="bearer"),
        erase=erase_bearers,
    ),
    Rule(
        name="helpline.blocks",
        forgets=Block,
        says=_("A block is deleted one month after it ended."),
        due=blocks_due,
        erase=deleted(Block),
    ),
    Rule(
        name="helpline.questions",
        forgets=Questions,
        says=_("The link between a contact’s figures and the questions afterwards goes in a week."),
        due=past(Questions, "ends_at", timedelta()),
        erase=erase_questions,
    ),
)
