"""One content, one analyst at a time: content is taken, kept and released.

What its analyst opened counts for their verdict as long as the claim is theirs: until the verdict,
until it is released, or until someone else takes it once it has lapsed.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext as _

from balise.foundation.accounts.queries import holders_of
from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import forget, keep, key_of_line, new_key
from balise.foundation.finding import NotYours, find
from balise.foundation.journal.book import record
from balise.foundation.refusals import Refused
from balise.hotline.reports import access
from balise.hotline.reports.events import (
    ContentAssigned,
    ContentClaimed,
    ContentOpened,
    ContentReleased,
    VerdictBegun,
)
from balise.hotline.reports.models import DRAFTED, LINE, Content, VerdictDraft
from balise.hotline.reports.queries.known import held_back
from balise.hotline.reports.queries.listing import NO_FILTER, ORDER, Filters, matching, name_of
from balise.hotline.reports.queries.reviews import check_eyes, for_next_look
from balise.hotline.reports.queries.views import verdict_by
from balise.hotline.reports.rules import assessing
from balise.hotline.reports.rules.assessing import CLAIM_LASTS, check_can_assess
from balise.hotline.reports.rules.drafting import drafted
from balise.hotline.reports.rules.known import check_answered
from balise.hotline.reports.rules.words import LOOKED_AT, ContentState


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
            raise assessing.claimed_by_another(name_of(found.claimed_by))
        record(ContentClaimed(subject=content_id), by=by)


def claim_next(*, another: bool = False, among: Filters = NO_FILTER, by: Actor) -> UUID | None:
    """Take the content that is first in the queue and free; return it, or None if none waits.

    What waits for a second review is in the same queue, for anyone but the first analyst. One's
    own counts as free, unless it is `another` that is asked for: what one holds stays one's own.
    It is taken `among` what a list shows; what tells of danger comes first whatever the list.
    """
    access.require(by, access.ASSESS)
    moment = now()
    with transaction.atomic():
        free = Content.objects.select_for_update(skip_locked=True).filter(_free_for(by, moment))
        free = free.filter(Q(danger=True) | ~held_back(moment))
        wanted = matching(among, at=moment)
        if among.state in LOOKED_AT:
            wanted &= Q(state=among.state)
        if wanted:
            free = free.filter(Q(danger=True) | wanted)
        if another:
            free = free.exclude(claimed_by=by.key, claimed_at__gte=moment - CLAIM_LASTS)
        # One state at a time: the queue's index has the order of each.
        waiting = (free.filter(state=ContentState.WAITING), for_next_look(free, by=by))
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
    """Release content to the queue. Only a lead releases another analyst's (ClaimedByAnother).

    What nobody has stays as it is, and nothing is written down.
    """
    access.require(by, access.ASSESS)
    with transaction.atomic():
        content = Content.locked(content_id)
        if not content.claimed_by:
            return
        if content.claimed_by != by.key and not by.may(access.RELEASE_OTHERS):
            raise assessing.claimed_by_another(name_of(content.claimed_by))
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


def check_turn(*, content: Content, at: datetime, by: Actor) -> None:
    """Refuse a verdict on a locked content, saved or typed, from someone whose turn it is not.

    It is decided, or waits for other eyes; someone else has it, or nobody (see `rules.assessing`).
    """
    state, given_by = ContentState(content.state), verdict_by(content)
    assessing.check_not_saved(state, verdict_by=given_by, by=by.key)
    assessing.check_can_assess(state, decided_by=name_of(given_by) if given_by else "")
    check_eyes(content, of=by.key, leads=by.may(access.RELEASE_OTHERS))
    held = (content.claimed_by, content.claimed_at)
    if assessing.is_held_by_another(*held, by=by.key, at=at):
        raise assessing.claimed_by_another(name_of(content.claimed_by))
    assessing.check_claimed(content.claimed_by, by=by.key)


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


# Save a verdict as it is typed, for the next analyst who takes its content.


def keep_draft(*, content_id: UUID, fields: Mapping[str, str], by: Actor) -> None:
    """Seal a verdict's fields as they are typed, by name; fields that say nothing are no draft.

    That it began, or that a colleague goes on with it, is written down; not each key. Refuses who
    may not save a verdict now (`claiming.check_turn`), and more than one holds (DraftTooLong).
    """
    access.require(by, access.ASSESS)
    kept = drafted(fields)
    with transaction.atomic():
        content = Content.locked(content_id)
        check_turn(content=content, at=now(), by=by)
        if kept:
            _seal(content, kept, by)
        else:
            forget_drafts(content_ids=[content.id], by=by)


def forget_drafts(*, content_ids: Sequence[UUID], by: Actor) -> None:  # noqa: ARG001 - the caller wrote it down
    """Destroy what was typed about contents and not saved, with its keys; the caller says why."""
    found = VerdictDraft.objects.filter(content__in=content_ids)
    if keys := list(found.values_list("id", flat=True)):
        forget(keys)
        found.delete()


def _seal(content: Content, kept: Mapping[str, str], by: Actor) -> None:
    one = VerdictDraft.objects.filter(content=content).first()
    if one is None:
        key = new_key(LINE, uuid4())
        keep(key)
        one = VerdictDraft(id=key.record, content=content)
    else:
        key = key_of_line(LINE, one.id)
    if one.author != by.key:
        record(VerdictBegun(subject=content.id), by=by)
    one.author, one.at = by.key, now()
    one.sealed = key.seal(dict(kept), where=DRAFTED, row=one.id)
    one.save()


# Content handed to a colleague: it is theirs as if they had taken it, and as long.


class NoColleague(Refused, code="no-colleague"):
    """Content is handed to someone who may decide on it."""


def assign(*, content_id: UUID, to: UUID, by: Actor) -> None:
    """Hand content to a colleague who may assess. They have it as long as one who took it.

    An analyst hands on their own, a lead any. Refuses what is decided, and a second review to the
    one who gave the first.
    """
    access.require(by, access.ASSESS)
    if to not in holders_of(access.ASSESS):
        raise NoColleague(str(_("This person cannot assess content: choose another colleague.")))
    with transaction.atomic():
        content = Content.locked(content_id)
        if content.claimed_by != by.key and not by.may(access.RELEASE_OTHERS):
            raise NotYours(access.RELEASE_OTHERS)
        check_can_assess(ContentState(content.state))
        check_eyes(content, of=str(to), leads=to in holders_of(access.RELEASE_OTHERS))
        Content.objects.filter(id=content_id).update(
            claimed_by=str(to), claimed_at=now(), opened_at=None
        )
        record(ContentAssigned(subject=content_id, to=to), by=by)
