"""What matches: entries of the banks, and what was seen lately."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import batched
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from balise.foundation.clock import today
from balise.hotline.matching.banks.memory.cards import cards
from balise.hotline.matching.banks.models import Entry, Sighting
from balise.hotline.matching.banks.rules import asking
from balise.hotline.matching.banks.rules.asking import Question
from balise.hotline.matching.banks.rules.deciding import ASKED, Hit, Opinion
from balise.hotline.matching.banks.rules.seeing import back
from balise.hotline.matching.signals.rules.kinds import WEAK, WITHIN, Clip, HashKind, Signal, Turn

_AT_ONCE = 500

type Missing = tuple[str, ...]


class Near(NamedTuple):
    """Something alike that was seen lately, by its handle; never what it looked like.

    `distance` is in bits; `turn` is how what was asked has to be turned to be that.
    """

    handle: UUID
    distance: int
    turn: Turn
    day: date


class Match(NamedTuple):
    """An entry within reach of a question."""

    distance: int
    turn: Turn
    entry: Entry
    question: Question


def hits_of(signals: Sequence[Signal | Clip]) -> tuple[tuple[Hit, ...], Missing]:
    """Return what the banks know of a content, the nearest first, and what did not answer.

    One hit for each thing asked and each entry, or each film that entries are frames of.
    """
    near, missing = _near(signals)
    return hits_from([*_exact(signals), *near], signals), missing


def hits_from(found: Iterable[Match], signals: Sequence[Signal | Clip]) -> tuple[Hit, ...]:
    """Return the hits that entries within reach come to, the nearest first."""
    hits = [_hit_of(group, signals) for group in _grouped(found).values()]
    return tuple(sorted(hits, key=lambda hit: (hit.distance, hit.entry)))


def same_files(signals: Sequence[Signal | Clip]) -> dict[tuple[HashKind, bytes], int]:
    """Return the hashes that are alike for the same file alone, and which signal each is of."""
    return {
        (one.kind, one.value): at
        for at, one in enumerate(signals)
        if isinstance(one, Signal) and one.kind is not HashKind.PDQ
    }


def seen_lately(signals: Sequence[Signal | Clip], *, but: UUID) -> tuple[Near, ...]:
    """Return what is alike among what was seen lately, but for one handle; the nearest first.

    Weak hashes are alike to anything and count for nothing. Films are compared with films.
    """
    best: dict[UUID, Near] = {}
    found = Sighting.objects.filter(until__gte=today()).exclude(handle=but)
    for near in (*_same_files(signals, found), *_alike(signals, found)):
        known = best.get(near.handle)
        if known is None or near.distance < known.distance:
            best[near.handle] = near
    return tuple(sorted(best.values(), key=lambda near: (near.distance, near.handle)))


def _exact(signals: Sequence[Signal | Clip]) -> list[Match]:
    asked = same_files(signals)
    if not asked:
        return []
    values = [value for _kind, value in asked]
    found = Entry.objects.filter(value__in=values, state__in=ASKED, bank__is_on=True)
    return [
        Match(0, Turn.AS_IS, entry, Question(at, b"", Turn.AS_IS, 100))
        for entry in found.select_related("bank")
        if (at := asked.get((entry.is_kind, bytes(entry.value)))) is not None
    ]


def _near(signals: Sequence[Signal | Clip]) -> tuple[list[Match], Missing]:
    questions = asking.questions(signals)
    banks = cards().banks() if questions else {}
    if not banks:
        return [], ()
    from balise.hotline.matching.banks.memory.searching import known  # noqa: PLC0415 - it loads numpy

    reach = max(bank.distance for bank in banks.values())
    answers = known().search([one.value for one in questions], within=reach)
    within = [
        (entry, distance, question)
        for question, found in zip(questions, answers.found, strict=True)
        for entry, distance in zip(found.ids.tolist(), found.distances.tolist(), strict=True)
    ]
    rows = cards().entries({entry for entry, _distance, _question in within}, banks)
    return [
        Match(distance, question.turn, rows[entry], question)
        for entry, distance, question in within
        if entry in rows and distance <= rows[entry].bank.distance
    ], answers.missing


def _grouped(found: Iterable[Match]) -> dict[tuple[int, int | UUID], list[Match]]:
    groups = defaultdict(list)
    for one in found:
        groups[one.question.asked, one.entry.clip or one.entry.id].append(one)
    return groups


def _hit_of(group: Sequence[Match], signals: Sequence[Signal | Clip]) -> Hit:
    asked, clip = signals[group[0].question.asked], group[0].entry.clip
    same = _turn_of_same(group, asked, clip) if isinstance(asked, Clip) and clip else None
    near = [one for one in group if same is None or one.turn is same]
    best = min(near, key=lambda one: (one.distance, one.turn, one.entry.id))
    return _told(best, signals)._replace(is_whole=same is not None)


def _turn_of_same(group: Sequence[Match], asked: Clip, clip: UUID) -> Turn | None:
    """Return in which turn enough good frames of each film are within reach of the other's."""
    frames = Entry.objects.filter(clip=clip, state__in=ASKED, quality__gte=WEAK)
    good = [
        (one.question, one.entry.id)
        for one in group
        if min(one.entry.quality, one.question.quality) >= WEAK
    ]
    return asking.turn_of_same(asked, good, known=frames.count())


def _told(one: Match, signals: Sequence[Signal | Clip]) -> Hit:
    entry, bank = one.entry, one.entry.bank
    return Hit(
        entry=entry.id,
        bank=bank.code,
        opinion=Opinion.NEGATIVE if bank.is_negative else entry.thinks,
        labels=tuple(dict.fromkeys((*bank.labels, *entry.labels))),
        distance=one.distance,
        turn=one.turn,
        quality=entry.quality,
        second=entry.second,
        kind=entry.is_kind,
        state=entry.stands,
        is_planted=entry.planted,
        clip=entry.clip,
        asked=one.question.asked,
        asked_quality=one.question.quality,
        is_clip_asked=isinstance(signals[one.question.asked], Clip),
    )


def _same_files(signals: Sequence[Signal | Clip], seen: QuerySet[Sighting]) -> Iterable[Near]:
    same = Q()
    for one in signals:
        if isinstance(one, Signal) and one.kind is not HashKind.PDQ:
            same |= Q(kind=one.kind, value=one.value)
    if not same:
        return []
    rows = seen.filter(same).values_list("handle", "day")
    return [Near(handle, 0, Turn.AS_IS, day) for handle, day in rows]


def _alike(signals: Sequence[Signal | Clip], seen: QuerySet[Sighting]) -> Iterable[Near]:
    questions = [one for one in asking.questions(signals) if one.quality >= WEAK]
    if not questions:
        return
    from balise.hotline.matching.banks.memory.seen import lately  # noqa: PLC0415 - it loads numpy

    found = lately().search([one.value for one in questions], within=WITHIN).found
    ids = {one // len(Turn) for each in found for one in each.ids.tolist()}
    rows = _sightings(ids, seen)
    films: dict[tuple[int, UUID], list[tuple[Question, Sighting]]] = defaultdict(list)
    for question, each in zip(questions, found, strict=True):
        for one, distance in zip(each.ids.tolist(), each.distances.tolist(), strict=True):
            row, turn = rows.get(one // len(Turn)), Turn(one % len(Turn))
            if row is None or (row.second is None) != (question.second is None):
                continue
            if row.second is not None:
                films[question.asked, row.handle].append((question, row))
            elif turn is Turn.AS_IS or question.turn is Turn.AS_IS:
                turned = question.turn if turn is Turn.AS_IS else back(turn)
                yield Near(row.handle, distance, turned, row.day)
    yield from _films(films, signals, seen)


def _sightings(ids: Iterable[int], seen: QuerySet[Sighting]) -> dict[int, Sighting]:
    rows: dict[int, Sighting] = {}
    for some in batched(ids, _AT_ONCE, strict=False):
        found = seen.filter(id__in=some, quality__gte=WEAK).defer("value", "turns")
        rows.update({row.id: row for row in found})
    return rows


def _films(
    films: dict[tuple[int, UUID], list[tuple[Question, Sighting]]],
    signals: Sequence[Signal | Clip],
    seen: QuerySet[Sighting],
) -> Iterable[Near]:
    for (asked, handle), pairs in films.items():
        film = signals[asked]
        known = seen.filter(handle=handle, second__isnull=False, quality__gte=WEAK)
        common = [(question, row.id) for question, row in pairs]
        if isinstance(film, Clip):
            turn = asking.turn_of_same(film, common, known=known.count())
            if turn is not None:
                yield Near(handle, 0, turn, pairs[0][1].day)
