"""Is the journal what it was? Each chain computed again, place by place, in bounded memory.

A chain alone shows what was altered, deleted, inserted or moved inside it. Someone who owns the
database could compute it all again, or cut off its end: that shows against a head that was noted
earlier and kept elsewhere.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from itertools import count
from typing import NamedTuple
from uuid import UUID

import orjson
from django.db.models import Count, Exists, Min, OuterRef

from balise.foundation.journal.models import Chain, Cursor, Entry, Horizon, Link

# What a link's hash is computed over; pure. A verifier in another language needs only this.


class Facts(NamedTuple):
    """What the chain seals of one entry."""

    line: str
    at: datetime
    event: str
    subject: UUID
    actor_kind: str
    actor_key: str
    facts_text: str


def first_hash(line: str) -> bytes:
    """Return the hash before the first link of a line's chain."""
    return sha256(f"balise.journal/1/{line}".encode()).digest()


def next_hash(previous: bytes, seq: int, entry: Facts) -> bytes:
    """Return SHA-256(previous ‖ canonical bytes), 32 bytes.

    The canonical bytes are a JSON array without spaces, in UTF-8: place, line, moment (UTC, six
    decimals), event, subject (with dashes), kind and key of the actor, facts as they are stored.
    """
    canonical = orjson.dumps(
        [
            seq,
            entry.line,
            entry.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            entry.event,
            str(entry.subject),
            entry.actor_kind,
            entry.actor_key,
            entry.facts_text,
        ]
    )
    return sha256(previous + canonical).digest()


# How far the clerk is: what is linked, what a subscriber has received, and what still waits.


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many facts wait, and the moment of the oldest of them."""

    facts: int = 0
    oldest: datetime | None = None

    def __add__(self, other: "Waiting") -> "Waiting":
        moments = [one.oldest for one in (self, other) if one.oldest is not None]
        return Waiting(self.facts + other.facts, min(moments, default=None))


NOTHING = Waiting()


@dataclass(frozen=True, slots=True)
class Position:
    """How far a subscriber is in a line: the last event it received, and what it has not."""

    line: str
    last: datetime | None
    waiting: Waiting


def unlinked() -> dict[str, Waiting]:
    """Return what no clerk has linked yet, by line; a line without any is left out."""
    settled = Horizon.objects.values_list("settled", flat=True).first() or 0
    linked = Link.objects.filter(entry_id__gt=settled, entry_id=OuterRef("id"))
    found = (
        Entry.objects.filter(~Exists(linked), id__gt=settled)
        .order_by()
        .values_list("line")
        .annotate(count=Count("id"), oldest=Min("at"))
    )
    return {line: Waiting(count, oldest) for line, count, oldest in found}


def positions(subscriber: str, lines: Iterable[str]) -> list[Position]:
    """Return how far a subscriber is in each of these lines, in a handful of queries."""
    unlinked_of = unlinked()
    ends = dict(Chain.objects.values_list("line", "seq"))
    heard = dict(Cursor.objects.filter(name=subscriber).values_list("line", "seq"))
    found = []
    for line in sorted(lines):
        end, at = ends.get(line, 0), heard.get(line, 0)
        behind = Waiting(end - at, _moment(line, at + 1)) if end > at else NOTHING
        waiting = behind + unlinked_of.get(line, NOTHING)
        found.append(Position(line, _moment(line, at), waiting))
    return found


def first_moment() -> datetime | None:
    """Return the moment of the earliest fact that begins a line's chain; None before any."""
    begins = Link.objects.filter(seq=1, line__in=list(Chain.objects.values_list("line", flat=True)))
    earliest: datetime | None = begins.aggregate(at=Min("entry__at"))["at"]
    return earliest


def _moment(line: str, seq: int) -> datetime | None:
    return Link.objects.filter(line=line, seq=seq).values_list("entry__at", flat=True).first()


_AT_ONCE = 2_000
_IDS_AT_ONCE = 50_000


class Fault(StrEnum):
    """What is wrong at the first bad place of a chain."""

    MISMATCH = "mismatch"
    ENTRY_GONE = "entry-gone"
    LINK_GONE = "link-gone"
    UNLINKED = "unlinked"
    CUT_OFF = "cut-off"
    NOT_THE_HEAD = "not-the-head"


SENTENCES = {
    Fault.MISMATCH: "the entry is not what was linked here: altered, inserted or moved",
    Fault.ENTRY_GONE: "the entry was deleted",
    Fault.LINK_GONE: "the link was deleted",
    Fault.UNLINKED: "an entry was inserted that no clerk linked",
    Fault.CUT_OFF: "the chain ended here once, and is shorter now",
    Fault.NOT_THE_HEAD: "the chain was computed anew: its hash here is not the one noted",
}


class Head(NamedTuple):
    """Where a chain ended: place and hash (hexadecimal)."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Finding:
    """The first bad place of a line's chain; `entry` is the entry's id where one is known."""

    line: str
    fault: Fault
    seq: int
    entry: int | None = None

    def __str__(self) -> str:
        entry = f" (entry {self.entry})" if self.entry else ""
        return f"{self.line} {self.seq}{entry}: {SENTENCES[self.fault]}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of verifying one line.

    `waiting` is what has no link yet, behind the chain's end: it is unprotected until the clerk
    links it.
    """

    line: str
    head: Head
    finding: Finding | None
    waiting: Waiting = NOTHING


def lines() -> list[str]:
    """Return every line that has a chain or an entry."""
    known = set(Chain.objects.values_list("line", flat=True))
    known |= set(Link.objects.order_by().values_list("line", flat=True).distinct())
    known |= set(Entry.objects.order_by().values_list("line", flat=True).distinct())
    return sorted(known)


def heads() -> dict[str, Head]:
    """Return where each chain ends now; stored elsewhere, it proves later that nothing was cut."""
    return {
        line: Head(seq, bytes(ending).hex())
        for line, seq, ending in Chain.objects.order_by("line").values_list("line", "seq", "hash")
    }


def length(line: str) -> int:
    """Return how many places a line's chain has."""
    return Link.objects.filter(line=line).count()


def verify(
    line: str, *, noted: Head | None = None, seen: Callable[[int], object] = lambda _count: None
) -> Verdict:
    """Compute a line's chain again and return its end and its first bad place, if it has one.

    `noted` is a head that was noted earlier. `seen` is told how many places each step read.
    """
    seq, ending = 0, first_hash(line)
    at_noted = ending.hex() if noted and noted.seq == 0 else ""
    for link in links(line, seen=seen):
        finding = check_place(line, seq + 1, link)
        if finding is None:
            assert link.entry is not None  # noqa: S101 - checked above
            seq, ending = link.seq, next_hash(ending, link.seq, link.entry)
            if ending != link.hash:
                finding = Finding(line, Fault.MISMATCH, seq, link.entry_id)
        if finding:
            return Verdict(line, Head(seq, ending.hex()), finding)
        if noted and seq == noted.seq:
            at_noted = ending.hex()
    finding = _check_end(line, seq, noted, at_noted) or _find_unlinked(line, seq)
    return Verdict(line, Head(seq, ending.hex()), finding, unlinked().get(line, NOTHING))


class Linked(NamedTuple):
    """A place of a chain, and the entry that stands there; None where it is gone."""

    seq: int
    hash: bytes
    entry_id: int
    entry: Facts | None


def links(
    line: str, *, after: int = 0, seen: Callable[[int], object] = lambda _count: None
) -> Iterator[Linked]:
    """Yield a chain from behind a place to its end, in bounded memory."""
    # In short queries from place to place: one that runs for an hour would hold back the
    # database's own cleaning.
    while True:
        links = list(
            Link.objects.filter(line=line, seq__gt=after)
            .order_by("seq")
            .values_list("seq", "hash", "entry_id")[:_AT_ONCE]
        )
        if not links:
            return
        entries = {
            row[0]: Facts(*row[1:])
            for row in Entry.objects.filter(id__in=[link[2] for link in links]).values_list(
                "id", *Facts._fields
            )
        }
        for seq, ending, entry_id in links:
            yield Linked(seq, bytes(ending), entry_id, entries.get(entry_id))
        after = links[-1][0]
        seen(len(links))


def check_place(line: str, expected: int, link: Linked) -> Finding | None:
    """Return what is wrong with a place, its hash aside."""
    if link.seq != expected:
        return Finding(line, Fault.LINK_GONE, expected)
    if link.entry is None:
        return Finding(line, Fault.ENTRY_GONE, link.seq, link.entry_id)
    if link.entry.line != line:
        return Finding(line, Fault.MISMATCH, link.seq, link.entry_id)
    return None


def _check_end(line: str, seq: int, noted: Head | None, at_noted: str) -> Finding | None:
    """Compare with every record of how long the chain once was."""
    reached = [noted.seq] if noted else []
    reached += Chain.objects.filter(line=line).values_list("seq", flat=True)
    reached += Cursor.objects.filter(line=line).values_list("seq", flat=True)
    if max(reached, default=0) > seq and not _grew(line, seq):
        return Finding(line, Fault.CUT_OFF, seq + 1)
    if noted and at_noted != noted.hash.lower():
        return Finding(line, Fault.NOT_THE_HEAD, noted.seq)
    return None


def _grew(line: str, seq: int) -> bool:
    """Whether links were added while we looked: then the chain's end is further on, not cut."""
    return Link.objects.filter(line=line, seq=seq + 1).exists()


def _find_unlinked(line: str, seq: int) -> Finding | None:
    """Look for an entry below the horizon that has no link."""
    settled = Horizon.objects.values_list("settled", flat=True).first() or 0
    links = Link.objects.filter(entry_id=OuterRef("id"))
    for start in count(0, _IDS_AT_ONCE):
        if start >= settled:
            return None
        stray = (
            Entry.objects.filter(
                ~Exists(links),
                line=line,
                id__gt=start,
                id__lte=min(start + _IDS_AT_ONCE, settled),
            )
            .order_by("id")
            .values_list("id", flat=True)
            .first()
        )
        if stray is not None:
            return Finding(line, Fault.UNLINKED, seq + 1, stray)
    raise AssertionError("unreachable")


def read_heads(document: Mapping[str, object]) -> dict[str, Head]:
    """Return the heads that `balise journal head --json` wrote; raise ValueError for others."""
    found = {}
    for line, head in document.items():
        match head:
            case {"seq": int(seq), "hash": str(ending)}:
                found[line] = Head(seq, ending)
            case _:
                raise ValueError(f"{line}: a head has a seq and a hash")
    return found


def read_head(text: str) -> Head:
    """Return the head that is written SEQ:HASH; raise ValueError for anything else."""
    seq, _, ending = text.partition(":")
    if not seq.isdecimal() or len(bytes.fromhex(ending)) != len(first_hash("")):
        raise ValueError("a head is written SEQ:HASH")
    return Head(int(seq), ending.lower())
