"""Watch a content, look, take note, stop."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import day_of, now
from balise.foundation.encryption.sealing import forget, keep, new_key
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.takedown.tracing.queries import Check
from balise.takedown.tracing.rules.addresses import read_address
from balise.takedown.watch import access
from balise.takedown.watch.events import ContentBack, ContentGone, WatchStarted, WatchStopped
from balise.takedown.watch.models import Watched
from balise.takedown.watch.queries import SEALED
from balise.takedown.watch.rules import LOOKED_AT_FOR, News, Pace, after


def watch(*, line: str, subject: UUID, address: str, pace: Pace = Pace.STEADY, by: Actor) -> None:
    """Look at a content until it is gone, starting now; one that is watched gets this pace.

    Refuses (AddressRefused) what is no page of the public web.
    """
    access.require(by, access.WATCH, line=line)
    canonical = read_address(address).canonical
    with transaction.atomic():
        known = Watched.objects.select_for_update().filter(line=line, subject=subject).first()
        if known is not None:
            known.pace, known.next_check_at = pace.value, now()
            known.save(update_fields=("pace", "next_check_at"))
            return
        row = uuid4()
        key = new_key(line, row)
        Watched.objects.create(
            id=row,
            line=line,
            subject=subject,
            sealed=key.seal({"address": canonical}, where=SEALED, row=row),
            pace=pace.value,
            started_at=now(),
            next_check_at=now(),
        )
        keep(key)
        record(WatchStarted(subject=subject, for_line=Code(line), pace=pace), by=by)


def stop(*, line: str, subject: UUID, by: Actor) -> bool:
    """Look at a content no more and forget its address; return whether it was watched."""
    access.require(by, access.WATCH, line=line)
    with transaction.atomic():
        known = Watched.objects.select_for_update().filter(line=line, subject=subject).first()
        if known is None:
            return False
        forget([known.id])
        known.delete()
        record(WatchStopped(subject=subject, for_line=Code(line)), by=by)
    return True


def claim_due(*, limit: int, by: Actor) -> list[Watched]:  # noqa: ARG001 - an action names its actor
    """Return contents that are due for a look, the longest waiting first; no other worker has them.

    A worker that dies gives them back: they are due again ten minutes later.
    """
    with transaction.atomic():
        at = now()
        found = list(
            Watched.objects.select_for_update(skip_locked=True)
            .filter(next_check_at__lte=at)
            .order_by("next_check_at")[:limit]
        )
        Watched.objects.filter(id__in=[watched.id for watched in found]).update(
            next_check_at=at + LOOKED_AT_FOR
        )
    return found


def note_check(*, watched_id: UUID, check: Check, at: datetime, by: Actor) -> News:
    """Take note of one look, and return what it changed; one that was stopped meanwhile is left."""
    with transaction.atomic():
        known = Watched.objects.select_for_update().filter(id=watched_id).first()
        if known is None:
            return News.NONE
        step = after(known.standing, check.status, pace=Pace(known.pace))
        since = known.first_gone_at
        if step.standing.misses == 0:
            known.first_gone_at = None
        elif known.first_gone_at is None:
            known.first_gone_at = at
        known.state = step.standing.state.value
        known.misses, known.looks_since = step.standing.misses, step.standing.looks_since
        known.checked_at, known.last_status = at, check.status
        known.http_status = check.http_status
        known.next_check_at = at + step.wait if step.wait is not None else None
        known.save()
        _tell(known, step.news, at=at, since=since, by=by)
    return step.news


def _tell(known: Watched, news: News, *, at: datetime, since: datetime | None, by: Actor) -> None:
    if news is News.GONE:
        gone_at = known.first_gone_at or at
        seconds = int((gone_at - known.started_at).total_seconds())
        gone = ContentGone(
            subject=known.subject,
            for_line=Code(known.line),
            gone_at=gone_at,
            gone_on=day_of(gone_at),
            seconds=max(0, seconds),
        )
        record(gone, by=by)
    elif news is News.BACK:
        seconds = int((at - (since or at)).total_seconds())
        back = ContentBack(subject=known.subject, for_line=Code(known.line), seconds=seconds)
        record(back, by=by)
