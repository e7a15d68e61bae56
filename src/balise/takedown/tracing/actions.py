"""Store where content is hosted, and was before."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import day_of, now
from balise.foundation.encryption.sealing import forget, keep, new_key
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.takedown.tracing import access
from balise.takedown.tracing.events import HostChanged, HostingFound
from balise.takedown.tracing.models import HostedAt, Inquiry
from balise.takedown.tracing.queries.hosting import SEALED, host_key, to_fields
from balise.takedown.tracing.rules.live import (
    Found,
    Hands,
    LiveTrace,
    are_the_same,
    found_by,
    hands_of,
    put_right,
)
from balise.takedown.tracing.rules.registers import Problem


class News(StrEnum):
    """What a trace changed."""

    NONE = "none"
    FOUND = "found"
    SAME = "same"
    CHANGED = "changed"


def note_asked(*, line: str, subject: UUID, by: Actor) -> None:
    """Note that a content is being traced, so that its page says when; no answer came yet."""
    access.require(by, access.READ, line=line)
    _keep_inquiry(line, subject, found=None)


def note_untraceable(*, line: str, subject: UUID, by: Actor) -> None:
    """Note that there is nothing to trace: the content is not at an address of the web."""
    access.require(by, access.NOTE, line=line)
    _keep_inquiry(line, subject, found=Found.NO_NAME)


def note_hosting(*, line: str, subject: UUID, trace: LiveTrace, by: Actor) -> News:
    """Save where a live trace found a content, and return what that changed.

    The same host again renews the stay, and its trace. Another host ends it and begins one. A trace
    that found nothing, or that is older than what is kept, changes no stay; when it was asked, and
    what came back, is kept either way.
    """
    access.require(by, access.NOTE, line=line)
    with transaction.atomic():
        _keep_inquiry(line, subject, found=found_by(trace), problems=trace.problems, at=trace.at)
        if not trace.is_known:
            return News.NONE
        stay = (
            HostedAt.objects.select_for_update()
            .filter(line=line, subject=subject, until__isnull=True)
            .first()
        )
        found = hands_of(trace)
        if stay is None:
            _begin(line, subject, trace, found)
            fact = HostingFound(
                subject=subject,
                for_line=Code(line),
                network=found.asn or 0,
                country=Code(found.country),
                cdn=Code(found.cdn),
            )
            record(fact, by=by)
            return News.FOUND
        if trace.at < stay.seen_at:
            return News.NONE
        systems = [spot.asn for spot in trace.spots if spot.asn is not None]
        if are_the_same(stay.hands, found, systems=systems):
            _renew(stay, trace, found)
            return News.SAME
        stay.until = trace.at
        stay.save(update_fields=("until",))
        _begin(line, subject, trace, found)
        record(_changed(stay, found), by=by)
    return News.CHANGED


def _keep_inquiry(
    line: str,
    subject: UUID,
    *,
    found: Found | None,
    problems: Iterable[Problem] = (),
    at: datetime | None = None,
) -> None:
    said = dict.fromkeys(f"{one.about}:{one.code}" for one in problems)
    Inquiry.objects.update_or_create(
        line=line,
        subject=subject,
        defaults={
            "asked_at": at or now(),
            "found": found or "",
            "problems": "\n".join(said),
        },
    )


def _begin(line: str, subject: UUID, trace: LiveTrace, hands: Hands) -> None:
    stay = HostedAt(
        id=uuid4(),
        line=line,
        subject=subject,
        host_key=host_key(line, trace.host),
        since=trace.at,
        seen_at=trace.at,
    )
    _take(stay, trace, hands)
    stay.save(force_insert=True)


def _renew(stay: HostedAt, trace: LiveTrace, found: Hands) -> None:
    """Save the newest trace under a new key: the old one is destroyed with what it encrypted."""
    forget([stay.id])
    _take(stay, trace, put_right(stay.hands, found))
    stay.seen_at = trace.at
    stay.save(update_fields=("asn", "network", "country", "cdn", "sealed", "seen_at"))


def _take(stay: HostedAt, trace: LiveTrace, hands: Hands) -> None:
    key = new_key(stay.line, stay.id)
    stay.sealed = key.seal(to_fields(trace), where=SEALED, row=stay.id)
    stay.asn, stay.network = hands.asn, hands.network
    stay.country, stay.cdn = hands.country, hands.cdn
    keep(key)


def _changed(stay: HostedAt, found: Hands) -> HostChanged:
    ended = stay.until or stay.seen_at
    return HostChanged(
        subject=stay.subject,
        for_line=Code(stay.line),
        stay=stay.id,
        from_network=stay.asn or 0,
        from_country=Code(stay.country),
        from_cdn=Code(stay.cdn),
        network=found.asn or 0,
        country=Code(found.country),
        cdn=Code(found.cdn),
        changed_on=day_of(ended),
        days=(ended - stay.since).days,
    )
