"""A hash that is banked today finds what was seen yesterday."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time
from itertools import batched, groupby
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.clock import today, zone
from balise.foundation.finding import find
from balise.foundation.journal.book import record
from balise.hotline.matching.banks import access
from balise.hotline.matching.banks.actions import keeping
from balise.hotline.matching.banks.events import BankExported, match_of
from balise.hotline.matching.banks.models import Bank, Change, Counter, Entry, Matches, Sighting
from balise.hotline.matching.banks.queries.hits import hits_of
from balise.hotline.matching.banks.rules import floods
from balise.hotline.matching.banks.rules.asking import turns_of
from balise.hotline.matching.banks.rules.deciding import ASKED, EntryState, decide
from balise.hotline.matching.banks.rules.lines import written, written_clip
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


# Take a bank out of the centre, for a partner that may hold it.


_READ = 2_000


def export(*, bank: str, by: Actor) -> Iterator[dict[str, Any]]:
    """Write down that a bank is taken out, and return its entries, as lines of a file say them.

    Those on hold, withdrawn or planted stay here. Raises NotHere.
    """
    access.require(by, access.EXPORT)
    with transaction.atomic():
        kept = find(Bank, code=bank)
        found = Entry.objects.filter(bank=kept, state__in=ASKED, planted=False)
        record(BankExported(subject=kept.id, many=found.count()), by=by)
    return _lines(kept)


def _lines(bank: Bank) -> Iterator[dict[str, Any]]:
    found = Entry.objects.filter(bank=bank, state__in=ASKED, planted=False)
    alone = found.filter(clip__isnull=True).order_by("id")
    for one in alone.iterator(chunk_size=_READ):
        yield written(
            one.kind, bytes(one.value), one.quality, one.opinion, one.labels, one.reference
        )
    films = found.filter(clip__isnull=False).order_by(F("clip"), "second")
    for _clip, rows in groupby(films.iterator(chunk_size=_READ), key=lambda one: one.clip):
        frames = list(rows)
        first = frames[0]
        yield written_clip(
            [(one.second or 0, bytes(one.value), one.quality) for one in frames],
            first.opinion,
            first.labels,
            first.reference,
        )


# Entries that stand for one picture are stopped, and let on again, as one.


def bring(*, entries: Sequence[int], by: Actor) -> int:
    """Bring entries to where the one stands that changed last; return how many moved.

    Where it is on, the others are let on; where it is on hold or in quarantine, those that are on
    are held. One that was withdrawn for good says nothing of the others.
    """
    access.require(by, access.MANAGE)
    with transaction.atomic():
        Counter.objects.select_for_update().first()  # no entry changes until this ends
        left = Entry.objects.filter(id__in=entries).exclude(state=EntryState.WITHDRAWN)
        states = dict(left.values_list("id", "state"))
        last = Change.objects.filter(entry__in=list(states)).order_by("-seq").first()
        if last is None:
            return 0
        if states[last.entry_id] == EntryState.ON:
            return keeping.release(entries=list(states), by=by)
        on = [entry for entry, state in states.items() if state == EntryState.ON]
        return keeping.hold(entries=on, by=by)


# Put hashes that match more than their own past explains in quarantine; a person reviews them.


def quarantine_floods(*, by: Actor = SYSTEM) -> int:
    """Put the entries of today's floods in quarantine, and return how many they were.

    One that was stopped today already, and released by a person, is left alone until tomorrow.
    """
    access.require(by, access.MANAGE)
    day, many = today(), 0
    often = Matches.objects.filter(day=day, many__gt=floods.FLOOR, entry__state=EntryState.ON)
    began = datetime.combine(day, time(), zone())
    stopped = Change.objects.filter(state=EntryState.QUARANTINED, at__gte=began)
    often = often.exclude(entry__in=stopped.values("entry"))
    for entry, count in often.values_list("entry", "many"):
        past = Matches.objects.filter(entry=entry, day__lt=day, day__gte=day - floods.PAST)
        if floods.is_flood(count, list(past.values_list("many", flat=True))):
            many += keeping.quarantine(entry=entry, many=count, by=by)
    return many
