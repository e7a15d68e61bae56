"""What the banks said of contents, and which contents are copies of one another. No hash leaves."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import pgettext

from balise.foundation.actors import Actor
from balise.hotline.matching.signals.rules.kinds import WEAK, WITHIN, HashKind, Signal, Turn
from balise.hotline.matching.signals.rules.pdq import forms
from balise.hotline.reports import access
from balise.hotline.reports.models import Content, Copy, Fingerprint, Match, Recognition
from balise.hotline.reports.rules.known import (
    OWN,
    TO_DECIDE,
    TURNS,
    UNANSWERED,
    Filter,
    Source,
    Standing,
    Why,
    Within,
    within,
)
from balise.hotline.reports.rules.words import LOOKED_AT, ContentState, PlaceKind

PDQ_BYTES = 32
MOST_COMPARED = 20_000  # contents that wait: more than a queue ever has


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a content by its fingerprints: bank, day, turn and distance in words.

    `fingerprints` counts them. `bank` is "" where none knows it. `copies` counts all its near
    copies, `waiting` those that wait for a verdict.
    """

    standing: Standing
    why: Why
    at: datetime
    fingerprints: int
    sources: tuple[Source, ...]
    bank: str
    turn: str
    within: Within | None
    copies: int
    waiting: int

    @property
    def is_known(self) -> bool:
        return self.standing is Standing.KNOWN

    @property
    def is_unanswered(self) -> bool:
        return self.standing in UNANSWERED

    @property
    def is_to_decide(self) -> bool:
        return self.standing in TO_DECIDE


def known(content_ids: Collection[UUID], *, seen_by: Actor) -> dict[UUID, Known]:
    """Return what is known of contents by their fingerprints; none for one that has none."""
    access.require(seen_by, access.READ)
    if not content_ids:
        return {}
    found = Recognition.objects.filter(content__in=content_ids)
    rows = {one.content_id: one for one in found}
    if not rows:
        return {}
    counted = {one.content_id: one for one in Match.objects.filter(content__in=rows, counts=True)}
    told: dict[UUID, list[str]] = {}
    for content_id, source in Fingerprint.objects.filter(content__in=rows).values_list(
        "content", "source"
    ):
        told.setdefault(content_id, []).append(source)
    copies = _copies(rows)
    return {
        content_id: _known(
            one,
            counted.get(content_id),
            told.get(content_id, []),
            copies.get(content_id, (0, 0)),
        )
        for content_id, one in rows.items()
    }


def _known(
    one: Recognition, match: Match | None, sources: Sequence[str], copies: tuple[int, int]
) -> Known:
    return Known(
        standing=Standing(one.standing),
        why=Why(one.why),
        at=one.at,
        fingerprints=len(sources),
        sources=tuple(source for source in Source if source in sources),
        bank=bank_name(match.bank) if match else "",
        turn=str(TURNS[Turn(match.turn)]) if match else "",
        within=within(match.distance) if match else None,
        copies=copies[0],
        waiting=copies[1],
    )


def bank_name(code: str) -> str:
    """Return what a bank is called on a page: its code, or this centre."""
    return pgettext("bank", "this centre") if code == OWN else code


def _copies(content_ids: Iterable[UUID]) -> dict[UUID, tuple[int, int]]:
    """Return how many copies each content has, and how many of them wait for a verdict."""
    rows = Copy.objects.filter(of__in=list(content_ids), is_excepted=False).values("of")
    waiting = Count("content", filter=Q(content__state=ContentState.WAITING))
    counted = rows.annotate(every=Count("content"), waiting=waiting).order_by()
    return {row["of"]: (row["every"], row["waiting"]) for row in counted}


def held_back(moment: datetime) -> Exists:
    """Return the condition that the banks have not answered about a content yet, for a while."""
    return Exists(
        Recognition.objects.filter(
            content=OuterRef("id"), standing__in=UNANSWERED, held_back_until__gt=moment
        )
    )


def of_standing(code: str) -> Q:
    """Return the condition for contents that the filter `known` of the queue keeps, by its code."""
    if code == Filter.COPIES:
        waiting = Copy.objects.filter(is_excepted=False, content__state=ContentState.WAITING)
        return Q(id__in=waiting.values("of"))
    standings = {
        Filter.DECIDE: TO_DECIDE,
        Filter.KNOWN: {Standing.KNOWN},
        Filter.ASKED: UNANSWERED,
    }
    rows = Recognition.objects.filter(standing__in=sorted(standings[Filter(code)]))
    return Q(id__in=rows.values("content"))


def fingerprinted(content_ids: Iterable[UUID]) -> set[UUID]:
    """Return the contents, of those given, that have fingerprints."""
    found = Fingerprint.objects.filter(content__in=list(content_ids))
    return set(found.values_list("content", flat=True))


def waiting_bare(report_ids: Iterable[UUID]) -> list[UUID]:
    """Return the contents of these reports that wait at an address and have no fingerprint."""
    found = Content.objects.filter(
        reports__in=list(report_ids),
        kind=PlaceKind.WEB,
        state=ContentState.WAITING,
        fingerprints=None,
    )
    return list(found.order_by("id").values_list("id", flat=True).distinct())


def is_heard(content_id: UUID, *, entry: int) -> bool:
    """Return whether nothing is to be done about a match: known already, its own, or no content."""
    return (
        not Recognition.objects.filter(content=content_id).exists()
        or Match.objects.filter(content=content_id, entry=entry).exists()
        or Fingerprint.objects.filter(content=content_id, entry=entry).exists()
    )


def inherited_from(entries: Collection[int]) -> set[int]:
    """Return the entries, of those given, that contents have their standing from."""
    found = Match.objects.filter(entry__in=entries, counts=True)
    return set(found.values_list("entry", flat=True))


def signals_of(content_id: UUID) -> list[Signal]:
    """Return the hashes of a content, the first told first. For look-ups alone."""
    return [
        Signal(
            HashKind(one.kind),
            bytes(one.value),
            one.quality,
            _turns(bytes(one.turns)),
            one.is_trimmed,
        )
        for one in Fingerprint.objects.filter(content=content_id).order_by("at", "id")
    ]


def alike_waiting(content_id: UUID, signals: Sequence[Signal]) -> dict[UUID, tuple[int, Turn]]:
    """Return the contents that wait and show a picture like one of these: distance and turn.

    Weak pictures (quality under WEAK) are like many others, and are left out.
    """
    import numpy as np  # noqa: PLC0415 - a process that never compares starts without it

    asked = [
        (value, Turn(turn))
        for one in signals
        if one.kind is HashKind.PDQ and one.quality >= WEAK
        for turn, value in enumerate(forms(one.value, one.turns))
    ]
    if not asked:
        return {}
    states = [*LOOKED_AT, ContentState.CLOSING]
    stored = (
        Fingerprint.objects.filter(kind=HashKind.PDQ, quality__gte=WEAK, content__state__in=states)
        .exclude(content=content_id)
        .order_by("-at")
        .values_list("content", "value")[:MOST_COMPARED]
    )
    ids, values = [], bytearray()
    for other, value in stored:
        ids.append(other)
        values += bytes(value)
    if not ids:
        return {}
    table = np.frombuffer(bytes(values), np.uint64).reshape(-1, PDQ_BYTES // 8)
    found: dict[UUID, tuple[int, Turn]] = {}
    for value, turn in asked:
        away = np.bitwise_count(table ^ np.frombuffer(value, np.uint64)).sum(axis=1)
        for at in np.flatnonzero(away <= WITHIN):
            near = (int(away[at]), turn)
            found[ids[at]] = min(found.get(ids[at], near), near)
    return found


def _turns(joined: bytes) -> tuple[bytes, ...]:
    return tuple(joined[start : start + PDQ_BYTES] for start in range(0, len(joined), PDQ_BYTES))
