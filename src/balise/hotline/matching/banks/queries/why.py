"""Why a look-up matched, or why it did not: as it was answered, and asked again as of its day."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from typing import Any, NamedTuple
from uuid import UUID

from balise.foundation.actors import Actor
from balise.foundation.encryption.sealing import key_of_line
from balise.foundation.finding import find
from balise.hotline.matching.banks import access
from balise.hotline.matching.banks.models import (
    ASKED as SEALED,
    LINE,
    Bank,
    Change,
    Entry,
    LookUp,
    Terms,
)
from balise.hotline.matching.banks.queries.hits import Match, hits_from, same_files
from balise.hotline.matching.banks.rules import asking, deciding
from balise.hotline.matching.banks.rules.asking import Question
from balise.hotline.matching.banks.rules.deciding import (
    LOOKED_AROUND,
    EntryState,
    Hit,
    Opinion,
    Reason,
    Rule,
    Settled,
    decide,
    reason_of,
    rule_of,
)
from balise.hotline.matching.signals.rules.kinds import Clip, HashKind, Signal, Turn

_AT_ONCE = 500
_TOLD = 50  # hits, and entries that were none
_TURNS = {HashKind.PDQ: len(Turn)}  # hashes that one is asked by


class Mark(NamedTuple):
    """What was asked, without a hash: how many of a kind, and how many hashes they are."""

    kind: str
    many: int
    hashes: int


class HitTold(NamedTuple):
    """A hit, what it alone would come to, and whether a picture without its bars had it."""

    hit: Hit
    rule: Rule
    is_trimmed: bool


class Miss(NamedTuple):
    """An entry that is alike, and was no hit."""

    entry: int
    bank: str
    distance: int
    turn: Turn
    reason: Reason


@dataclass(frozen=True, slots=True)
class Answered:
    """A look-up as it was answered."""

    id: UUID
    at: datetime
    subject: UUID | None
    marks: tuple[Mark, ...]
    hits: tuple[HitTold, ...]
    verdict: Settled | None
    is_partial: bool


@dataclass(frozen=True, slots=True)
class AsOf:
    """The same question, asked again as of its day; `misses` are the nearest that were no hit."""

    hits: tuple[HitTold, ...]
    verdict: Settled | None
    misses: tuple[Miss, ...]
    is_partial: bool
    is_the_same: bool


def answered(look_up_id: UUID, *, seen_by: Actor) -> Answered:
    """Return a look-up as it was answered. Raises NotHere, `KeyForgotten`."""
    access.require(seen_by, access.READ)
    row, payload = _opened(look_up_id)
    hits, signals = deciding.hits_of(payload), deciding.asked_of(payload)
    return Answered(
        id=row.id,
        at=row.at,
        subject=row.subject,
        marks=tuple(_marks(signals)),
        hits=_told(hits, signals),
        verdict=decide(hits, is_partial=payload["partial"]),
        is_partial=payload["partial"],
    )


def as_of_its_day(look_up_id: UUID, *, seen_by: Actor) -> AsOf:
    """Ask a past look-up again, of the entries and the banks as they stood then.

    Hashes of entries that were withdrawn are kept as long as look-ups are. Raises NotHere.
    """
    access.require(seen_by, access.READ)
    row, payload = _opened(look_up_id)
    signals = deciding.asked_of(payload)
    found, missing = _alike(signals)
    matches, misses = _sorted_out(found, row.at)
    hits = hits_from(matches, signals)
    verdict = decide(hits, is_partial=bool(missing))
    before = decide(deciding.hits_of(payload), is_partial=payload["partial"])
    return AsOf(
        hits=_told(hits, signals),
        verdict=verdict,
        misses=tuple(sorted(misses, key=lambda one: (one.distance, one.entry)))[:_TOLD],
        is_partial=bool(missing),
        is_the_same=_essence(verdict) == _essence(before),
    )


def _essence(settled: Settled | None) -> tuple[Rule, int | None] | None:
    return (settled.rule, settled.hit and settled.hit.entry) if settled else None


def _opened(look_up_id: UUID) -> tuple[LookUp, dict[str, Any]]:
    row = find(LookUp, id=look_up_id)
    return row, key_of_line(LINE, row.id).open(row.sealed, where=SEALED, row=row.id)


def _told(hits: Sequence[Hit], signals: Sequence[Signal | Clip]) -> tuple[HitTold, ...]:
    return tuple(
        HitTold(hit, rule_of(hit), is_trimmed=isinstance(one, Signal) and one.is_trimmed)
        for hit in hits[:_TOLD]
        for one in (signals[hit.asked],)
    )


def _marks(signals: Sequence[Signal | Clip]) -> Iterator[Mark]:
    """Yield how many of each kind were asked, and of how many hashes."""
    many: Counter[str] = Counter()
    hashes: Counter[str] = Counter()
    for one in signals:
        kind = "clip" if isinstance(one, Clip) else one.kind.value
        many[kind] += 1
        hashes[kind] += len(one.frames) if isinstance(one, Clip) else _TURNS.get(one.kind, 1)
    for kind, count in many.items():
        yield Mark(kind, count, hashes[kind])


def _alike(signals: Sequence[Signal | Clip]) -> tuple[list[Match], bool]:
    """Return all entries, asked or not, around what was asked; and whether some did not answer."""
    found = [
        Match(0, Turn.AS_IS, entry, Question(at, b"", Turn.AS_IS, 100))
        for (kind, value), at in same_files(signals).items()
        for entry in Entry.objects.filter(kind=kind, value=value).select_related("bank")
    ]
    questions = asking.questions(signals)
    if not questions:
        return found, False
    from balise.hotline.matching.banks.memory.searching import known, not_asked, within  # noqa: PLC0415 - it loads numpy

    values = [one.value for one in questions]
    now = known().search(values, within=LOOKED_AROUND)
    then = within(*not_asked(), values, bits=LOOKED_AROUND)
    near = [
        (entry, distance, question)
        for answers in (now, then)
        for question, each in zip(questions, answers.found, strict=True)
        for entry, distance in zip(each.ids.tolist(), each.distances.tolist(), strict=True)
    ]
    rows = _rows({entry for entry, _distance, _question in near})
    found += [
        Match(distance, question.turn, rows[entry], question)
        for entry, distance, question in near
        if entry in rows
    ]
    return found, bool(now.missing)


def _rows(ids: Iterable[int]) -> dict[int, Entry]:
    rows: dict[int, Entry] = {}
    for some in batched(ids, _AT_ONCE, strict=False):
        found = Entry.objects.filter(id__in=some, kind=HashKind.PDQ).select_related("bank")
        rows |= {entry.id: entry for entry in found.defer("value")}
    return rows


def _sorted_out(found: Sequence[Match], at: datetime) -> tuple[list[Match], list[Miss]]:
    """Return what was a hit at a moment, and the nearest of each entry that was none."""
    stood = _stood({one.entry.id for one in found}, at)
    terms = {one.bank_id: one for one in Terms.objects.filter(at__lte=at).order_by("id")}
    matches: list[Match] = []
    misses: dict[int, Miss] = {}
    for one in found:
        entry, state = one.entry, stood.get(one.entry.id)
        then = terms.get(entry.bank_id)
        why = reason_of(
            state.state if state else None,
            is_bank_on=then is not None and then.is_on,
            distance=one.distance,
            within=then.distance if then else 0,
        )
        if why is None and state and then:
            matches.append(one._replace(entry=_as_of(entry, state, then)))
        elif why is not None:
            miss = Miss(entry.id, entry.bank.code, one.distance, one.turn, why)
            known = misses.setdefault(entry.id, miss)
            if miss.distance < known.distance:
                misses[entry.id] = miss
    hit = {one.entry.id for one in matches}
    return matches, [miss for entry, miss in misses.items() if entry not in hit]


class _Stood(NamedTuple):
    state: EntryState
    opinion: Opinion


def _stood(ids: Iterable[int], at: datetime) -> dict[int, _Stood]:
    """Return what entries were at a moment; those added since are left out."""
    stood: dict[int, _Stood] = {}
    for some in batched(ids, _AT_ONCE, strict=False):
        found = Change.objects.filter(entry__in=some, at__lte=at).order_by("seq")
        for entry, state, opinion in found.values_list("entry", "state", "opinion"):
            stood[entry] = _Stood(EntryState(state), Opinion(opinion))
    return stood


def _as_of(entry: Entry, stood: _Stood, then: Terms) -> Entry:
    """Return an entry as it stood, never to be saved."""
    return Entry(
        id=entry.id,
        bank=Bank(code=entry.bank.code, labels=entry.bank.labels, is_negative=then.is_negative),
        kind=entry.kind,
        quality=entry.quality,
        opinion=stood.opinion,
        labels=entry.labels,
        clip=entry.clip,
        second=entry.second,
        state=stood.state,
        planted=entry.planted,
    )
