"""An analyst ends a removal by hand where no host, no watch and no other hotline can end it."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import day_of, now, today, zone
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.hotline.reports import access
from balise.hotline.reports.actions import removal
from balise.hotline.reports.events import RemovalGivenUp, RemovalSeen, RemovalTakenUp
from balise.hotline.reports.models import LINE, Content
from balise.hotline.reports.rules import ending
from balise.hotline.reports.rules.ending import ToldParty
from balise.hotline.reports.rules.words import ContentState
from balise.takedown.notices import queries as notices
from balise.takedown.notices.actions import ending as notices_ending


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
        removal.note_removed(content_id=content_id, at=gone_at, by=by)
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
            removal.note_reappeared(content_id=content_id, by=by)
            return
        content.state, content.given_up_at = ContentState.REMOVING, None
        content.save(update_fields=("state", "given_up_at"))
        record(RemovalTakenUp(subject=content_id, category=Code(content.category)), by=by)
