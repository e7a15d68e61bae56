"""One content, one analyst at a time: content is taken, kept and released.

What its analyst opened counts for their verdict as long as the claim is theirs: until the verdict,
until it is released, or until someone else takes it once it has lapsed.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Case, F, Q, When

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.finding import NotYours, find
from balise.foundation.journal.book import record
from balise.hotline.reports import access
from balise.hotline.reports.events import ContentClaimed, ContentOpened, ContentReleased
from balise.hotline.reports.models import Content
from balise.hotline.reports.queries.desk import ORDER, for_second_look, name_of
from balise.hotline.reports.queries.known import held_back
from balise.hotline.reports.rules.assessing import CLAIM_LASTS, claimed_by_another
from balise.hotline.reports.rules.known import check_answered
from balise.hotline.reports.rules.words import LOOKED_AT, State


def claim(*, content_id: UUID, by: Actor) -> None:
    """Take a content to work on. Refuses what another analyst holds; renews one's own claim.

    Refuses also what the banks have not answered about yet, for a few minutes, unless a report of
    it tells of danger: nobody is to look at what is known.
    """
    access.require(by, access.ASSESS)
    moment = now()
    with transaction.atomic():
        taken = (
            Content.objects.filter(id=content_id)
            .filter(_free_for(by, moment))
            .filter(Q(danger=True) | Q(claimed_by=by.key) | ~held_back(moment))
            .update(**_taken_by(by, moment))
        )
        if not taken:
            found = find(Content, id=content_id)
            check_answered(
                is_free=Content.objects.filter(_free_for(by, moment), id=found.id).exists()
            )
            raise claimed_by_another(name_of(found.claimed_by))
        record(ContentClaimed(subject=content_id), by=by)


def claim_next(*, another: bool = False, by: Actor) -> UUID | None:
    """Take the content that is first in the queue and free; return it, or None if none waits.

    What waits for a second review is in the same queue, for anyone but the first analyst. One's
    own counts as free, unless it is `another` that is asked for: what one holds stays one's own.
    """
    access.require(by, access.ASSESS)
    moment = now()
    with transaction.atomic():
        free = Content.objects.select_for_update(skip_locked=True).filter(_free_for(by, moment))
        free = free.filter(Q(danger=True) | ~held_back(moment))
        if another:
            free = free.exclude(claimed_by=by.key, claimed_at__gte=moment - CLAIM_LASTS)
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
        Content.objects.filter(id=first.id).update(**_taken_by(by, moment))
        record(ContentClaimed(subject=first.id), by=by)
    return first.id


def release(*, content_id: UUID, by: Actor) -> None:
    """Release content to the queue. Only a lead releases another analyst's."""
    access.require(by, access.ASSESS)
    with transaction.atomic():
        content = Content.locked(content_id)
        if content.claimed_by != by.key and not by.may(access.RELEASE_OTHERS):
            raise NotYours(access.RELEASE_OTHERS)
        Content.objects.filter(id=content_id).update(claimed_by="", claimed_at=None, opened_at=None)
        record(ContentReleased(subject=content_id), by=by)


def note_opened(*, content_id: UUID, by: Actor) -> bool:
    """Note that a content was opened, if this analyst has taken it; return whether they have.

    The claim goes on from now. The first opening of a claim is a fact; the last one is its moment.
    """
    moment = now()
    with transaction.atomic():
        held = Content.objects.filter(id=content_id, claimed_by=by.key, state__in=LOOKED_AT)
        is_first = held.filter(opened_at__isnull=True).exists()
        is_held = held.update(opened_at=moment, claimed_at=moment) > 0
        if is_held and is_first:
            record(ContentOpened(subject=content_id), by=by)
    return is_held


def _taken_by(actor: Actor, moment: datetime) -> dict[str, Any]:
    """Return what a claim writes; renewed by its own holder, what they opened stays opened."""
    return {
        "opened_at": Case(When(claimed_by=actor.key, then=F("opened_at")), default=None),
        "claimed_by": actor.key,
        "claimed_at": moment,
    }


def _free_for(actor: Actor, moment: datetime) -> Q:
    """Return the condition that a content is held by nobody else, or by a claim that lapsed."""
    return Q(claimed_by="") | Q(claimed_by=actor.key) | Q(claimed_at__lt=moment - CLAIM_LASTS)
