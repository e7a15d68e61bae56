"""A hash that is banked today finds what was seen yesterday."""

from collections.abc import Iterable
from itertools import batched, groupby
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.clock import today
from balise.foundation.journal.book import record
from balise.hotline.matching.banks import access
from balise.hotline.matching.banks.events import match_of
from balise.hotline.matching.banks.models import Entry, Sighting
from balise.hotline.matching.banks.queries.hits import hits_of
from balise.hotline.matching.banks.rules.asking import turns_of
from balise.hotline.matching.banks.rules.deciding import decide
from balise.hotline.matching.banks.rules.opinions import ASKED
from balise.hotline.matching.signals.rules.kinds import Clip, Frame, HashKind, Signal, Turn
from balise.hotline.matching.signals.rules.pdq import forms

_AT_ONCE: Final = 500
_FEW: Final = 2_000  # new entries up to which each is compared with all that was seen


class IndexNotWhole(Exception):
    """Part of the index did not answer: what follows is asked again later."""


def find_late(*, first: int, last: int, by: Actor = SYSTEM) -> int:
    """Tell of each handle seen lately that an entry of these numbers makes known.

    Return how many. Raises `IndexNotWhole`, for the caller to try again.
    """
    access.require(by, access.KEEP)
    told = 0
    with transaction.atomic():
        for handle in sorted(_alike(first, last)):
            hits, missing = hits_of(_signals(handle))
            if missing:
                raise IndexNotWhole
            settled = decide(hits, is_partial=False)
            if settled and settled.is_known and settled.hit:
                is_new = first <= settled.hit.entry <= last
                if is_new:
                    record(match_of(handle, settled.hit, settled.rule, is_late=True), by=by)
                told += is_new
    return told


def _alike(first: int, last: int) -> set[UUID]:
    """Return the handles that something among these entries may be alike to."""
    added = Entry.objects.filter(id__gte=first, id__lte=last, state__in=ASKED, bank__is_on=True)
    seen = Sighting.objects.filter(until__gte=today())
    files = added.exclude(kind=HashKind.PDQ).values("value")
    found = set(
        seen.filter(~Q(kind=HashKind.PDQ), value__in=files).values_list("handle", flat=True)
    )
    pictures = added.filter(kind=HashKind.PDQ)
    wide = pictures.order_by("-bank__distance").values_list("bank__distance", flat=True).first()
    if wide is None or not seen.filter(kind=HashKind.PDQ).exists():
        return found
    from balise.hotline.matching.banks.memory.seen import lately  # noqa: PLC0415 - it loads numpy

    if pictures.count() <= _FEW:
        values = [
            each
            for value, second in pictures.values_list("value", "second")
            for each in ((bytes(value),) if second is None else forms(bytes(value)))
        ]
        answers = lately().search(values, within=wide)
        rows = {one // len(Turn) for each in answers.found for one in each.ids.tolist()}
    else:
        rows = _rows_alike(first, last, wide)
    return found | _handles(rows)


def _rows_alike(first: int, last: int, wide: int) -> set[int]:
    """Return the sightings that one of many new entries is alike to: these are in the index."""
    from balise.hotline.matching.banks.memory.searching import known  # noqa: PLC0415 - it loads numpy

    rows: set[int] = set()
    seen = Sighting.objects.filter(kind=HashKind.PDQ, until__gte=today())
    each = seen.values_list("id", "value", "turns").iterator()
    for some in batched(each, 100, strict=False):
        asked = [
            (one, value)
            for one, single, turns in some
            for value in forms(bytes(single), turns_of(bytes(turns)))
        ]
        answers = known().search([value for _one, value in asked], within=wide)
        if answers.missing:
            raise IndexNotWhole
        rows |= {
            one
            for (one, _value), found in zip(asked, answers.found, strict=True)
            if any(first <= entry <= last for entry in found.ids.tolist())
        }
    return rows


def _handles(rows: Iterable[int]) -> set[UUID]:
    found: set[UUID] = set()
    for some in batched(rows, _AT_ONCE, strict=False):
        found |= set(Sighting.objects.filter(id__in=some).values_list("handle", flat=True))
    return found


def _signals(handle: UUID) -> list[Signal | Clip]:
    """Return what is kept of a handle, as it was asked: pictures and files, and its film."""
    rows = Sighting.objects.filter(handle=handle, until__gte=today()).order_by("second", "id")
    signals: list[Signal | Clip] = []
    for is_film, some in groupby(rows, key=lambda row: row.second is not None):
        if is_film:
            frames = tuple(Frame(row.second or 0, bytes(row.value), row.quality) for row in some)
            signals.append(Clip(frames, frames[-1].second + 1))
        else:
            signals += [
                Signal(row.is_kind, bytes(row.value), row.quality, turns_of(bytes(row.turns)))
                for row in some
            ]
    return signals
