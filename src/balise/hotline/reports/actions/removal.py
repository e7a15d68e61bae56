"""What happens to an illegal content until it is gone: traced, notified, watched, removed."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from balise.foundation.actors import Actor
from balise.foundation.clock import day_of, now, today, zone
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.statistics.usual import band
from balise.hotline.reports import access
from balise.hotline.reports.events import (
    ContentHostMoved,
    ContentReappeared,
    ContentRemoved,
    ContentTraced,
    RemovalAsked,
    RemovalGivenUp,
    RemovalSeen,
    RemovalTakenUp,
)
from balise.hotline.reports.models import LINE, Content
from balise.hotline.reports.rules import assessing, ending
from balise.hotline.reports.rules.ending import ToldParty
from balise.hotline.reports.rules.words import ContentState, Verdict
from balise.takedown.notices import queries as notices
from balise.takedown.notices.actions import ending as notices_ending

# Illegal and still there: being removed, or given up.
_AT_LARGE = Q(state=ContentState.REMOVING) | Q(state=ContentState.CLOSED, verdict=Verdict.ILLEGAL)


def note_asked(*, content_id: UUID, at: datetime, to: str, by: Actor) -> None:
    """Note that a host or a hotline was asked to remove a content, first at its present place.

    It is timed from the verdict, or from when the content last came back, as its removal is.
    """
    with transaction.atomic():
        content = (
            Content.objects.select_for_update()
            .filter(id=content_id, removal_asked_at__isnull=True)
            .first()
        )
        if content is None:
            return
        content.removal_asked_at = at
        content.save(update_fields=("removal_asked_at",))
        took = max(at - _began(content, at), assessing.NO_TIME)
        seconds = int(took.total_seconds())
        record(RemovalAsked(subject=content_id, to=Code(to), seconds=seconds), by=by)


def note_nobody_asked(*, content_id: UUID, by: Actor) -> None:  # noqa: ARG001 - told elsewhere
    """Note that someone has to be asked again: it is back, elsewhere, or a notice came back."""
    Content.objects.filter(id=content_id).update(removal_asked_at=None, removal_refused_at=None)


def note_refused(*, content_id: UUID, at: datetime, by: Actor) -> None:  # noqa: ARG001 - as above
    """Note that someone who was asked refused, so that reporters are told; the event is theirs."""
    Content.objects.filter(_AT_LARGE, id=content_id).update(removal_refused_at=at)


def note_hosting(*, content_id: UUID, country: str, network: int | None, by: Actor) -> None:
    """Keep where a content is hosted (ISO 3166 country, AS number), as tracing found it."""
    with transaction.atomic():
        Content.objects.filter(id=content_id).update(
            country=country, network=network, traced_at=now()
        )
        fact = ContentTraced(subject=content_id, country=Code(country), network=network or 0)
        record(fact, by=by)


def _began(content: Content, at: datetime) -> datetime:
    """Return since when a removal is timed."""
    return content.reappeared_at or content.decided_at or at


def note_removed(*, content_id: UUID, at: datetime, by: Actor) -> bool:
    """Note that illegal content is gone, given up or not; return whether that was new.

    The removal is timed from the verdict, or from when the content last came back.
    """
    with transaction.atomic():
        content = Content.objects.select_for_update().filter(_AT_LARGE, id=content_id).first()
        if content is None:
            return False
        content.state, content.removed_at, content.given_up_at = ContentState.REMOVED, at, None
        content.save(update_fields=("state", "removed_at", "given_up_at"))
        took = max(at - _began(content, at), assessing.NO_TIME)
        fact = ContentRemoved(
            subject=content.id,
            category=Code(content.category),
            country=Code(content.country),
            seconds=int(took.total_seconds()),
            band=Code(band(took)),
        )
        record(fact, by=by)
    return True


def note_reappeared(*, content_id: UUID, by: Actor) -> bool:
    """Note that a removed content is back; return whether that was new."""
    with transaction.atomic():
        content = (
            Content.objects.select_for_update()
            .filter(id=content_id, state=ContentState.REMOVED)
            .first()
        )
        if content is None:
            return False
        content.state, content.removed_at, content.reappeared_at = (
            ContentState.REMOVING,
            None,
            now(),
        )
        content.save(update_fields=("state", "removed_at", "reappeared_at"))
        record(ContentReappeared(subject=content.id, category=Code(content.category)), by=by)
    return True


def note_host_moved(*, content_id: UUID, country: str, network: int | None, by: Actor) -> bool:
    """Note that illegal content is at another host; return whether that was new.

    It is being removed again, with its file as it was: the verdict holds, the new host has to be
    told.
    """
    with transaction.atomic():
        content = (
            Content.objects.select_for_update()
            .filter(_AT_LARGE | Q(state=ContentState.REMOVED), id=content_id)
            .first()
        )
        if content is None:
            return False
        if content.state == ContentState.REMOVED:
            content.reappeared_at = now()
        content.state, content.removed_at, content.given_up_at = ContentState.REMOVING, None, None
        content.country, content.network, content.traced_at = country, network, now()
        content.save(
            update_fields=(
                *("state", "removed_at", "given_up_at", "reappeared_at"),
                *("country", "network", "traced_at"),
            )
        )
        fact = ContentHostMoved(
            subject=content.id,
            category=Code(content.category),
            country=Code(country),
            network=network or 0,
        )
        record(fact, by=by)
    return True


# An analyst ends a removal by hand where no host, no watch and no other hotline can end it.


def note_seen_gone(*, content_id: UUID, gone_on: date, by: Actor) -> None:
    """Write down that an analyst saw an illegal content gone on a day: it is removed.

    The notices that wait for a host end with it. Refuses what is not being removed, a day to
    come, and one before the verdict or before it last came back.
    """
    access.require(by, access.ASSESS)
    with transaction.atomic():
        content = Content.locked(content_id)
        ending.check_under_way(ContentState(content.state))
        at = now()
        seen_last = content.reappeared_at or content.decided_at or at
        ending.check_gone_on(gone_on, seen_last_on=day_of(seen_last), today=today())
        gone_at = ending.gone_at(gone_on, at=at, zone=zone())
        record(RemovalSeen(subject=content_id, gone_on=gone_on), by=by)
        note_removed(content_id=content_id, at=gone_at, by=by)
        notices_ending.note_removed(line=LINE, subject=content_id, at=gone_at, by=by)


def give_up(*, content_id: UUID, told: Collection[ToldParty], by: Actor) -> None:
    """Close an illegal content that nobody can remove, and write down who was told of it.

    Refuses what is not being removed, an unclear `told`, and a content about which a host still
    has a notice to answer. If it goes after all, it is removed; it may be taken up again.
    """
    access.require(by, access.ASSESS)
    ending.check_told(told)
    with transaction.atomic():
        content = Content.locked(content_id)
        ending.check_under_way(ContentState(content.state))
        ending.check_nobody_is_asked(
            is_anyone_asked=notices.is_anyone_asked(line=LINE, subject=content_id)
        )
        content.state, content.given_up_at = ContentState.CLOSED, now()
        content.save(update_fields=("state", "given_up_at"))
        fact = RemovalGivenUp(
            subject=content_id,
            category=Code(content.category),
            police_told=ToldParty.POLICE in told,
            service_told=ToldParty.SERVICE in told,
            network_told=ToldParty.NETWORK in told,
        )
        record(fact, by=by)


def take_up_again(*, content_id: UUID, by: Actor) -> None:
    """Resume the removal of illegal content: it is back, or something can be done after all.

    Refuses what is neither removed nor given up.
    """
    access.require(by, access.ASSESS)
    with transaction.atomic():
        content = Content.locked(content_id)
        ending.check_has_ended(ContentState(content.state), content.verdict)
        if content.state == ContentState.REMOVED:
            note_reappeared(content_id=content_id, by=by)
            return
        content.state, content.given_up_at = ContentState.REMOVING, None
        content.save(update_fields=("state", "given_up_at"))
        record(RemovalTakenUp(subject=content_id, category=Code(content.category)), by=by)
