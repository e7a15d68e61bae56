"""Ask sources for what changed: range by range, and again for the pages that could not be read."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

from balise.foundation.actors import SYSTEM
from balise.foundation.clock import now
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.rules import LIMITS, Lane
from balise.foundation.tasks.schedule import Every
from balise.hotline.matching.exchange import queries
from balise.hotline.matching.exchange.actions import reading
from balise.hotline.matching.exchange.actions.reading import Taken
from balise.hotline.matching.exchange.rules.items import (
    Access,
    Adapter,
    Ask,
    Fault,
    Page,
    PageUnreadable,
    Range,
    next_range,
)
from balise.hotline.matching.exchange.rules.sources import SOURCES
from balise.hotline.matching.exchange.tasks.calling import NotRead, access_of, call

_MOST_PAGES = 20_000  # of a range
_MOST_BAD = 3  # pages one after the other: then the source itself is wrong
_MOST_BEGUN = 3  # times that a range is begun again in one job
_EXPIRED = frozenset({HTTPStatus.GONE, HTTPStatus.NOT_FOUND, HTTPStatus.BAD_REQUEST})


class _LinkExpired(RuntimeError):
    """A link to a page leads nowhere: the range begins again."""


@job(attempts=1)
def fetch_due() -> None:
    """Queue the sources that are due, and the bad pages."""
    for source_id, code in queries.due():
        if access_of(code) is not None:
            fetch.later(source_id=source_id)
    for page_id, code in queries.bad_pages_due():
        if access_of(code) is not None:
            fetch_page.later(page_id=page_id)


@job(attempts=1, outside=True, lane=Lane.UPKEEP, limit=LIMITS[Lane.UPKEEP])
def fetch(source_id: str) -> None:
    """Read one range of a source, and queue the next if there is one."""
    source = queries.one(UUID(source_id))
    adapter, access = SOURCES[source.code], access_of(source.code)
    ranged = next_range(source.checkpoint, now(), is_bounded=adapter.is_bounded)
    if access is None or ranged.since == ranged.until:
        return
    try:
        read = _begun(source.id, adapter, access, ranged)
    except NotRead as error:
        reading.note_failing(source_id=source.id, fault=error.fault, by=SYSTEM)
        return
    for ask, fault, entries in read.bad:
        reading.pass_page(
            source_id=source.id, ask=ask, ranged=ranged, fault=fault, entries=entries, by=SYSTEM
        )
    reading.close_range(
        source_id=source.id, ranged=ranged, taken=read.taken, bad=len(read.bad), by=SYSTEM
    )
    then = next_range(ranged.until, now(), is_bounded=adapter.is_bounded)
    if then.since != then.until:
        fetch.later(source_id=source.id)


@job(attempts=1, outside=True, lane=Lane.UPKEEP, limit=LIMITS[Lane.UPKEEP])
def fetch_page(page_id: str) -> None:
    """Read the range of a page that was passed once more; what is still bad waits longer."""
    page = queries.bad_page(UUID(page_id))
    adapter, access = SOURCES[page.source.code], access_of(page.source.code)
    if access is None or page.settled_at is not None:
        return
    try:
        read = _begun(page.source_id, adapter, access, Range(page.since, page.until))
        is_read = not read.bad
    except NotRead:
        is_read = False
    if is_read:
        reading.settle_page(page_id=page.id, by=SYSTEM)
    else:
        reading.postpone_page(page_id=page.id, by=SYSTEM)


@dataclass
class _Read:
    """What was read of a range: what it changed, and what was bad."""

    taken: Taken = field(default_factory=Taken)
    bad: list[tuple[Ask, Fault, int]] = field(default_factory=list)


def _begun(source_id: UUID, adapter: Adapter, access: Access, ranged: Range) -> _Read:
    """Read a whole range; where a link expires it begins again. What came twice changes nothing."""
    taken = Taken()
    for _time in range(_MOST_BEGUN):
        read = _Read(taken)
        try:
            for page in _pages(adapter, access, ranged, read):
                taken = read.taken = read.taken + reading.take_page(
                    source_id=source_id, page=page, ranged=ranged, own=access.own, by=SYSTEM
                )
        except _LinkExpired:
            continue
        return read
    raise NotRead(Fault.EXPIRED)


def _pages(adapter: Adapter, access: Access, ranged: Range, read: _Read) -> Iterator[Page]:
    """Yield the pages of a range. One that can't be read is noted, and passed."""
    ask: Ask | None = adapter.begins(ranged)
    seen: set[Ask] = set()
    reached, bad_together = 0, 0
    while ask is not None:
        if ask in seen or len(seen) >= _MOST_PAGES:
            raise NotRead(Fault.ENDLESS)
        seen.add(ask)
        answer = call(access, ask, headers=adapter.headers(access), user=adapter.user(access))
        if bad_together and answer.status == HTTPStatus.NOT_FOUND:
            return  # what was passed was the last page
        if len(seen) > 1 and answer.status in _EXPIRED:
            raise _LinkExpired
        try:
            page = adapter.reads(answer.body, ask)
        except PageUnreadable:
            bad_together += 1
            if bad_together == _MOST_BAD:
                raise NotRead(Fault.UNREADABLE) from None
            read.bad.append((ask, Fault.UNREADABLE, 0))
            ask = adapter.passes(answer.body, ask, ranged, reached)
            continue
        bad_together = 0
        if page.unread:
            read.bad.append((ask, Fault.ENTRIES, page.unread))
        reached = max([reached, *(item.version for item in page.items)])
        yield page
        ask = page.following


SCHEDULE = (Every(timedelta(minutes=5), fetch_due),)
