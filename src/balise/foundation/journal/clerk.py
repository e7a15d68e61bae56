"""The clerk: links committed entries into the chains, and moves the subscribers along.

Writers never wait for the chain. A clerk numbers what is committed, whatever the order of
commits, in transactions of at most `BATCH` entries; one row lock keeps a second clerk out. Where
one may write at a time (SQLite), a transaction takes fewer when the last one held others up: the
worker has the lower priority, and on a busy machine it would hold the one lock for seconds.
"""

import json
import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import count

from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef

from balise.foundation import clock, rows
from balise.foundation.journal.book import SUBSCRIPTIONS, Subscription
from balise.foundation.journal.models import Chain, Cursor, Entry, Horizon, Link
from balise.foundation.journal.verifying import Facts, first_hash, next_hash

log = logging.getLogger(__name__)

BATCH = 500
_FEWEST = 20
_SHORT, _LONG = 0.05, 0.2  # seconds of one transaction: more may be taken, fewer are
_LONGEST_WAY = 0.05  # seconds
_LONGEST_PAUSE = 300  # seconds between two tries of a subscriber that fails


def tick(*, batches: int | None = None, gives_way: bool = False) -> int:
    """Link what is committed, hand it to every subscriber, and return how many were linked.

    `batches` bounds the work of one call, for a loop that has other things to do. With `gives_way`
    others may write in between, where one may write at a time (SQLite).
    """
    linked = link(batches=batches, gives_way=gives_way)
    deliver(batches=batches, gives_way=gives_way)
    return linked


def link(*, batches: int | None = None, gives_way: bool = False, at_once: int = BATCH) -> int:
    """Give each committed entry its place in its line's chain; return how many got one.

    `at_once` is how many one transaction takes: more where a history is brought in and nobody
    waits.
    """
    newest = Entry.objects.aggregate(newest=Max("id"))["newest"] or 0
    settled = Horizon.objects.values_list("settled", flat=True).first() or 0
    if newest <= settled:
        return 0  # seen without a transaction: an idle clerk never takes SQLite's writer
    linked = 0
    after = limit = None
    for done in count(1):
        with _turn(at_once, gives_way=gives_way) as most, transaction.atomic():
            horizon = _hold_horizon()
            if horizon is None:
                return linked  # another clerk is at it
            if limit is None:
                limit = _settle(horizon)
                after = horizon.settled
            entries = _unlinked(after or 0, most)
            _append(entries)
            is_last = len(entries) < most
            after = entries[-1][0] if entries else after
            reached = limit if is_last else min(after or 0, limit)
            horizon.settled = max(horizon.settled, reached)
            horizon.save()
        linked += len(entries)
        if is_last or done == batches:
            return linked
    raise AssertionError("unreachable")


def deliver(*, batches: int | None = None, gives_way: bool = False, at_once: int = BATCH) -> None:
    """Give each subscriber what it has not received yet; one that fails does not delay others.

    `at_once` as for `link`.
    """
    ends = dict(Chain.objects.values_list("line", "seq"))
    subscriptions = list(SUBSCRIPTIONS.values())
    cursors = _cursors(subscriptions, ends)
    for line, end in sorted(ends.items()):
        _pass_over(cursors, line, end, gives_way=gives_way)
    for subscription in subscriptions:
        for line in sorted(subscription.lines):
            cursor = cursors[subscription.name, line]
            if _rests(cursor):
                continue
            for done in count(1):
                if cursor.seq >= ends.get(line, 0) or done - 1 == batches:
                    break
                with _turn(at_once, gives_way=gives_way) as most:
                    moved = _advance(subscription, cursor, end=ends[line], most=most)
                if moved is None:
                    break
                cursor = moved


def open_from_now() -> None:
    """Start each new subscriber that says `from_now` behind what is written; set-up calls it.

    So it hears all that happens once the house is open, whenever its worker comes.
    """
    link()
    ends = dict(Chain.objects.values_list("line", "seq"))
    _cursors([one for one in SUBSCRIPTIONS.values() if one.from_now], ends)


def begin_here(*, except_for: frozenset[str]) -> None:
    """Start the subscribers, except these, behind what is linked now.

    For a history that is imported: it is to be counted, and there is nothing else to do about it.
    """
    ends = dict(Chain.objects.values_list("line", "seq"))
    for subscription in SUBSCRIPTIONS.values():
        if subscription.name not in except_for:
            for line in sorted(subscription.lines & ends.keys()):
                Cursor.objects.update_or_create(
                    name=subscription.name, line=line, defaults={"seq": ends[line]}
                )


class Pace:
    """How many entries one transaction takes, by how long the one before took."""

    def __init__(self) -> None:
        self.most = _FEWEST

    def took(self, seconds: float) -> None:
        """Take twice as many after a short transaction, half after a long one."""
        if seconds < _SHORT:
            self.most = min(self.most * 2, BATCH)
        elif seconds > _LONG:
            self.most = max(self.most // 2, _FEWEST)


_pace = Pace()


@contextmanager
def _turn(at_once: int = BATCH, *, gives_way: bool) -> Iterator[int]:
    """Give how many entries to write at most; after that let others write for as long.

    A writer that waits for SQLite checks less and less often whether it is free, and would miss a
    short gap.
    """
    if not gives_way or connection.vendor != "sqlite":
        yield at_once
        return
    since = time.monotonic()
    yield _pace.most
    took = time.monotonic() - since
    _pace.took(took)
    time.sleep(min(took, _LONGEST_WAY))


def _hold_horizon() -> Horizon | None:
    """Return the horizon, held until the transaction ends, or None while another clerk has it."""
    horizon = Horizon.objects.select_for_update(skip_locked=True).filter(id=1).first()
    if horizon is None and not Horizon.objects.filter(id=1).exists():
        Horizon.objects.bulk_create([Horizon(id=1)], ignore_conflicts=True)
        horizon = Horizon.objects.select_for_update(skip_locked=True).filter(id=1).first()
    return horizon


def _settle(horizon: Horizon) -> int:
    """Return an id up to which every entry is visible now or will never exist.

    SQLite has one writer, and we are it. On PostgreSQL an id is drawn before its transaction
    commits, so a gap may still fill. A transaction that draws one holds a row-exclusive lock on the
    table from before the drawing until after the commit is visible: once none of the transactions
    that held one at some moment is left, all ids drawn before that moment are settled.
    """
    newest: int = Entry.objects.aggregate(newest=Max("id"))["newest"] or 0
    if connection.vendor != "postgresql":
        return newest
    writers = _writers()  # after `newest`, never before
    settled = horizon.settled
    if not writers:
        return newest
    if not writers & set(json.loads(horizon.writers or "[]")):
        settled = max(settled, horizon.waiting)
        horizon.waiting, horizon.writers = newest, json.dumps(sorted(writers))
    return settled


def _writers() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT virtualtransaction FROM pg_locks
            WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND granted
              AND relation = %s::regclass AND pid IS DISTINCT FROM pg_backend_pid()
              AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """,
            [Entry._meta.db_table],
        )
        return {row[0] for row in cursor.fetchall()}


def _unlinked(after: int, most: int) -> list[tuple[int, Facts]]:
    # The bound is repeated inside, so that no plan walks the links from their beginning.
    linked = Link.objects.filter(entry_id__gt=after, entry_id=OuterRef("id"))
    found = (
        Entry.objects.filter(~Exists(linked), id__gt=after)
        .order_by("id")
        .values_list("id", *Facts._fields)[:most]
    )
    return [(row[0], Facts(*row[1:])) for row in found]


def _append(entries: list[tuple[int, Facts]]) -> None:
    if not entries:
        return
    lines = {entry.line for _, entry in entries}
    ends = {
        line: (seq, bytes(ending))
        for line, seq, ending in Chain.objects.filter(line__in=lines).values_list(
            "line", "seq", "hash"
        )
    }
    links = []
    for entry_id, entry in entries:
        seq, previous = ends.get(entry.line, (0, first_hash(entry.line)))
        ending = next_hash(previous, seq + 1, entry)
        ends[entry.line] = (seq + 1, ending)
        links.append((entry_id, entry.line, seq + 1, ending))
    rows.insert(Link, ("entry", "line", "seq", "hash"), links)
    Chain.objects.bulk_create(
        [Chain(line=line, seq=ends[line][0], hash=ends[line][1]) for line in sorted(lines)],
        update_conflicts=True,
        unique_fields=["line"],
        update_fields=["seq", "hash"],
    )


def _cursors(
    subscriptions: Sequence[Subscription], ends: Mapping[str, int]
) -> dict[tuple[str, str], Cursor]:
    """Return where subscribers are, by name and line; those of these that are new begin."""
    found = {(cursor.name, cursor.line): cursor for cursor in Cursor.objects.all()}
    new = [
        Cursor(name=one.name, line=line, seq=ends.get(line, 0) if one.from_now else 0)
        for one in subscriptions
        for line in sorted(one.lines)
        if (one.name, line) not in found
    ]
    if not new:
        return found
    Cursor.objects.bulk_create(new, ignore_conflicts=True)  # another clerk may begin them too
    return {(cursor.name, cursor.line): cursor for cursor in Cursor.objects.all()}


def _rests(cursor: Cursor) -> bool:
    return cursor.retry_at is not None and cursor.retry_at > clock.now()


def _pass_over(
    cursors: Mapping[tuple[str, str], Cursor], line: str, end: int, *, gives_way: bool
) -> None:
    """Move those for whom nothing of what is new in a line is, all at once.

    An event has a few subscribers, its line has dozens: to move each of them by itself took most
    of the clerk's time. Who is more than a batch behind is left to its own way.
    """
    near = [
        cursor
        for (name, its), cursor in cursors.items()
        if its == line and name in SUBSCRIPTIONS and end - BATCH <= cursor.seq < end
        if not _rests(cursor)
    ]
    if not near:
        return
    new = Entry.objects.filter(
        link__line=line, link__seq__gt=min(one.seq for one in near), link__seq__lte=end
    )
    last = dict(new.order_by().values_list("event").annotate(last=Max("link__seq")))
    idle = {
        one.pk: one
        for one in near
        if all(last.get(event, 0) <= one.seq for event in SUBSCRIPTIONS[one.name].events)
    }
    if not idle:
        return
    with _turn(gives_way=gives_way), transaction.atomic():
        held = Cursor.objects.select_for_update(skip_locked=True).filter(pk__in=idle, seq__lt=end)
        # One that was put back meanwhile, to hear all again, is not where it was found.
        moved = [pk for pk, seq in held.values_list("pk", "seq") if seq >= idle[pk].seq]
        Cursor.objects.filter(pk__in=moved).update(
            seq=end, failures=0, failed_with="", retry_at=None
        )
    for pk in moved:
        idle[pk].seq = end


def _advance(subscription: Subscription, cursor: Cursor, *, end: int, most: int) -> Cursor | None:
    """Hand over the next batch; return the moved cursor, or None if it could not move."""
    try:
        with transaction.atomic():
            held = Cursor.objects.select_for_update(skip_locked=True).filter(pk=cursor.pk).first()
            if held is None:
                return None  # another clerk is at it
            until = min(held.seq + most, end)
            entries = list(
                Entry.objects.filter(
                    event__in=subscription.events,
                    link__line=held.line,
                    link__seq__gt=held.seq,
                    link__seq__lte=until,
                ).order_by("link__seq")
            )
            if entries:
                subscription.handler(entries)
            held.seq = max(held.seq, until)
            held.failures, held.failed_with, held.retry_at = 0, "", None
            held.save()
            return held
    except Exception as error:  # noqa: BLE001 - whatever it is, the others go on
        # Only the kind of error: its words may quote what people wrote.
        kind = type(error).__qualname__
        log.error("journal: subscriber %s stuck on %s: %s", cursor.name, cursor.line, kind)  # noqa: TRY400
        pause = min(2 ** min(cursor.failures + 1, 10), _LONGEST_PAUSE)
        Cursor.objects.filter(pk=cursor.pk).update(
            failures=cursor.failures + 1,
            failed_with=kind[:120],
            retry_at=clock.now() + timedelta(seconds=pause),
        )
        return None
