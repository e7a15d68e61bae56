"""One content, one analyst at a time: a claim is taken, kept alive, given back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.journal.book import record
from balise.hotline.reports import access
from balise.hotline.reports.events import ContentClaimed, ContentReleased
from balise.hotline.reports.models import Content
from balise.hotline.reports.queries.desk import ORDER, for_second_look
from balise.hotline.reports.rules.assessing import (
    CLAIM_LASTS,
    CLAIMED_BY_ANOTHER,
    ClaimedByAnother,
)
from balise.hotline.reports.rules.words import State


def claim(*, content_id: UUID, by: Actor) -> None:
    """Take a content to work on. Refuses what another analyst holds; renews one's own claim."""
    access.require(by, access.ASSESS)
    moment = now()
    with transaction.atomic():
        taken = (
            Content.objects.filter(id=content_id)
            .filter(_free_for(by, moment))
            .update(claimed_by=by.key, claimed_at=moment)
        )
        if not taken:
            Content.objects.only("id").get(id=content_id)
            raise ClaimedByAnother(str(CLAIMED_BY_ANOTHER))
        record(ContentClaimed(subject=content_id), by=by)


def claim_next(*, by: Actor) -> UUID | None:
    """Take the content that is first in the queue and free; return it, or None if none waits.

    What waits for a second look stands in the same queue, for whoever did not give the first.
    """
    access.require(by, access.ASSESS)
    moment = now()
    with transaction.atomic():
        free = Content.objects.select_for_update(skip_locked=True).filter(_free_for(by, moment))
        # One state at a time: the queue's index has the order of each.
        waiting = (free.filter(state=State.WAITING), for_second_look(free, by=by))
        found = [
            one
            for of_state in waiting
            for one in of_state.order_by(*ORDER).only("id", "priority", "first_reported_at")[:1]
        ]
        if not found:
            return None
        first = min(found, key=lambda one: (-one.priority, one.first_reported_at, one.id))
        Content.objects.filter(id=first.id).update(claimed_by=by.key, claimed_at=moment)
        record(ContentClaimed(subject=first.id), by=by)
    return first.id


def release(*, content_id: UUID, by: Actor) -> None:
    """Give a content back to the queue. Only a lead gives back what another holds."""
    with transaction.atomic():
        content = Content.objects.select_for_update().get(id=content_id)
        access.require(by, access.ASSESS if content.claimed_by == by.key else access.RELEASE_OTHERS)
        Content.objects.filter(id=content_id).update(claimed_by="", claimed_at=None)
        record(ContentReleased(subject=content_id), by=by)


def _free_for(actor: Actor, moment: datetime) -> Q:
    """Return the condition that a content is held by nobody else, or by a claim that lapsed."""
    return Q(claimed_by="") | Q(claimed_by=actor.key) | Q(claimed_at__lt=moment - CLAIM_LASTS)
