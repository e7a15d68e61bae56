"""Banks and their entries: make, add, withdraw, hold and release, say what one thinks."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import batched
from typing import NamedTuple
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation import clock, rows
from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.finding import find
from balise.foundation.journal.book import record, record_many
from balise.foundation.refusals import Refused
from balise.hotline.matching.banks import access
from balise.hotline.matching.banks.events import (
    BankAdded,
    BankChanged,
    EntryAdded,
    EntryHeld,
    EntryReleased,
    EntryWithdrawn,
    HashQuarantined,
    OpinionSet,
)
from balise.hotline.matching.banks.memory.cards import cards
from balise.hotline.matching.banks.models import Bank, Change, Counter, Entry, Terms
from balise.hotline.matching.banks.rules import asking, terms
from balise.hotline.matching.banks.rules.deciding import EntryState, Opinion
from balise.hotline.matching.signals.rules.kinds import WITHIN, Clip, HashKind, Signal

_AT_ONCE = 500
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_KEY = ("kind", "value", "reference", "clip", "second")
_ENTRY = (
    *("bank", "kind", "value", "quality", "clip", "second"),
    *("opinion", "labels", "reference", "planted", "state", "added_at"),
)
_CHANGE = ("seq", "mark", "entry", "at", "state", "opinion")


class BankThere(Refused, code="bank-there"):
    """A bank of this code is there."""

    field = "code"


class BankCodeFaulty(Refused, code="bank-code-faulty"):
    """A bank's code is of small letters, digits and hyphens, and begins with a letter or digit."""

    field = "code"


class Brought(NamedTuple):
    """A hash or a film for a bank, and what its source thinks of it."""

    signal: Signal | Clip
    opinion: Opinion
    labels: tuple[str, ...] = ()
    reference: str = ""
    planted: bool = False


type _Key = tuple[HashKind, bytes, str, UUID | None, int | None]


class _Row(NamedTuple):
    """An entry to be, in the order of its columns."""

    kind: HashKind
    value: bytes
    quality: int
    clip: UUID | None = None
    second: int | None = None
    opinion: Opinion = Opinion.SEED
    labels: Sequence[str] = ()
    reference: str = ""
    planted: bool = False


def add_bank(
    *,
    code: str,
    name: str = "",
    source: str = "",
    labels: Sequence[str] = (),
    distance: int = WITHIN,
    is_negative: bool = False,
    by: Actor,
) -> UUID:
    """Make a bank and return its id; without a name it is one of the platform's own.

    Refuses a code that is there (BankThere) or is none (BankCodeFaulty).
    """
    access.require(by, access.MANAGE)
    if not _CODE.fullmatch(code):
        raise BankCodeFaulty(_("Use lower-case letters, digits and hyphens."))
    with transaction.atomic():
        if Bank.objects.filter(code=code).exists():
            raise BankThere(_("There is a bank with this code."))
        bank = Bank.objects.create(
            code=code,
            name=name,
            source=source,
            labels=list(labels),
            distance=distance,
            is_negative=is_negative,
            added_at=clock.now(),
        )
        _write_terms(bank)
        event = BankAdded(subject=bank.id, distance=distance, is_negative=is_negative)
        record(event, by=by)
    return bank.id


def change_bank(
    *,
    bank_id: UUID,
    distance: int,
    is_negative: bool,
    is_on: bool,
    seen: int | None = None,
    by: Actor,
) -> None:
    """Set how far a bank's hashes reach, whether they win as negative, whether they are asked.

    `seen` is the number of the terms that a page showed. Refuses (TermsChanged) where the bank has
    others by now.
    """
    access.require(by, access.MANAGE)
    with transaction.atomic():
        bank = Bank.locked(bank_id)
        if seen is not None:
            shown = bank.terms.filter(id=seen).values_list(*terms.Terms._fields).first()
            stands = terms.Terms(bank.distance, bank.is_negative, bank.is_on)
            terms.check_unchanged(terms.Terms(*shown) if shown else None, stands)
        bank.distance, bank.is_negative, bank.is_on = distance, is_negative, is_on
        bank.save(update_fields=("distance", "is_negative", "is_on"))
        _write_terms(bank)
        event = BankChanged(
            subject=bank.id, distance=distance, is_negative=is_negative, is_on=is_on
        )
        record(event, by=by)


def add(
    *,
    bank: str,
    signals: Sequence[Signal | Clip],
    opinion: Opinion,
    labels: Sequence[str] = (),
    reference: str = "",
    planted: bool = False,
    by: Actor,
) -> list[int]:
    """Add hashes to the bank of this code, and return the ids of their entries.

    One id for each signal, and for each frame of a clip, in order. A hash that the bank has under
    this reference keeps its entry; one that was withdrawn is asked again. Raises NotHere for a
    bank that is not there, `QuestionFaulty` for what is no hash.
    """
    brought = [Brought(one, opinion, tuple(labels), reference, planted=planted) for one in signals]
    return add_each(bank=bank, brought=brought, by=by)


def add_each(*, bank: str, brought: Sequence[Brought], by: Actor) -> list[int]:
    """Add hashes that each say what is thought of them, as `add` does; for imports."""
    access.require(by, access.KEEP)
    asking.check([one.signal for one in brought])
    found = [row for one in brought for row in _rows_of(one)]
    with transaction.atomic():
        kept = find(Bank, code=bank)
        ledger = _Ledger()
        known = _known(kept, found)
        fresh = {_key(row): row for row in found if _key(row) not in known}
        before = _last_id()
        rows.insert(
            Entry, _ENTRY, [(kept.id, *row, EntryState.ON, ledger.at) for row in fresh.values()]
        )
        added = list(Entry.objects.filter(id__gt=before).order_by("id").values_list("id", *_KEY))
        known |= {_key_of(*key): one for one, *key in added}
        ledger.write((one, EntryState.ON, fresh[_key_of(*key)].opinion) for one, *key in added)
        _ask_again({known[_key(row)]: row.opinion for row in found}, ledger)
        if added:
            event = EntryAdded(
                subject=kept.id, first=added[0][0], last=added[-1][0], many=len(added)
            )
            record(event, by=by)
    _expire()
    return [known[_key(row)] for row in found]


def withdraw(*, entries: Sequence[int], by: Actor) -> int:
    """Take entries out for good, and return how many were in: they are not asked from now on."""
    access.require(by, access.KEEP)
    return _set_state(
        entries,
        EntryState.WITHDRAWN,
        among=(EntryState.ON, EntryState.QUARANTINED, EntryState.OFF),
        told=EntryWithdrawn,
        by=by,
    )


def hold(*, entries: Sequence[int], by: Actor) -> int:
    """Stop disputed entries first; what is wrong is asked after. Return how many were stopped."""
    access.require(by, access.KEEP)
    among = (EntryState.ON, EntryState.QUARANTINED)
    return _set_state(entries, EntryState.OFF, among=among, told=EntryHeld, by=by)


def release(*, entries: Sequence[int], by: Actor) -> int:
    """Let entries on hold or in quarantine decide again; return how many they were."""
    access.require(by, access.MANAGE)
    among = (EntryState.OFF, EntryState.QUARANTINED)
    return _set_state(entries, EntryState.ON, among=among, told=EntryReleased, by=by)


def quarantine(*, entry: int, many: int, by: Actor = SYSTEM) -> bool:
    """Put an entry that matched too often in quarantine; return whether it was on."""
    access.require(by, access.MANAGE)
    with transaction.atomic():
        ledger = _Ledger()
        found = _locked((entry,), (EntryState.ON,))
        ledger.move(found, EntryState.QUARANTINED)
        record_many(
            (HashQuarantined(subject=one.bank_id, entry=one.id, many=many) for one in found),
            by=by,
        )
    _expire()
    return bool(found)


def set_opinion(*, entries: Sequence[int], opinion: Opinion, by: Actor) -> int:
    """Say what the bank thinks of entries. Return how many changed; withdrawn ones do not."""
    access.require(by, access.KEEP)
    with transaction.atomic():
        ledger = _Ledger()
        standing = (EntryState.ON, EntryState.QUARANTINED, EntryState.OFF)
        found = [one for one in _locked(entries, standing) if one.opinion != opinion]
        Entry.objects.filter(id__in=[one.id for one in found]).update(opinion=opinion)
        ledger.write((one.id, one.stands, opinion) for one in found)
        record_many(
            (OpinionSet(subject=one.bank_id, entry=one.id, opinion=opinion) for one in found),
            by=by,
        )
    _expire()
    return len(found)


class _Ledger:
    """Numbers the changes of one transaction; who makes it holds the counter until it ends."""

    def __init__(self) -> None:
        Counter.objects.get_or_create(id=1, defaults={"mark": uuid4()})
        self._counter = Counter.objects.select_for_update().get(id=1)
        self.at = clock.now()
        self._mark = uuid4()

    def write(self, changes: Iterable[tuple[int, EntryState, str]]) -> None:
        """Write what entries are from now on: entry, state, opinion."""
        seq = self._counter.seq
        for some in batched(changes, _AT_ONCE, strict=False):
            rows.insert(
                Change,
                _CHANGE,
                [
                    (seq + at, self._mark, entry, self.at, state, opinion)
                    for at, (entry, state, opinion) in enumerate(some, 1)
                ],
            )
            seq += len(some)
        if seq != self._counter.seq:
            self._counter.seq, self._counter.mark = seq, self._mark
            self._counter.save()

    def move(self, found: Sequence[Entry], state: EntryState) -> None:
        """Put entries in a state, and write it."""
        ended_at = self.at if state is EntryState.WITHDRAWN else None
        Entry.objects.filter(id__in=[one.id for one in found]).update(
            state=state, ended_at=ended_at
        )
        self.write((one.id, state, one.opinion) for one in found)


def _set_state(
    entries: Sequence[int],
    state: EntryState,
    *,
    among: tuple[EntryState, ...],
    told: type[EntryWithdrawn | EntryHeld | EntryReleased],
    by: Actor,
) -> int:
    with transaction.atomic():
        ledger = _Ledger()
        moved = 0
        for some in batched(sorted(set(entries)), _AT_ONCE, strict=False):
            found = _locked(some, among)
            ledger.move(found, state)
            moved += record_many((told(subject=one.bank_id, entry=one.id) for one in found), by=by)
    _expire()
    return moved


def _locked(entries: Iterable[int], among: tuple[EntryState, ...]) -> list[Entry]:
    found = Entry.objects.select_for_update().filter(id__in=list(entries), state__in=among)
    return list(found.order_by("id").defer("value"))


def _ask_again(entries: Mapping[int, Opinion], ledger: _Ledger) -> None:
    """Put withdrawn entries that their source added again back on, with its opinion."""
    for some in batched(entries, _AT_ONCE, strict=False):
        found = _locked(some, (EntryState.WITHDRAWN,))
        for one in found:
            one.opinion = entries[one.id]
        Entry.objects.bulk_update(found, ("opinion",))
        ledger.move(found, EntryState.ON)


def _rows_of(one: Brought) -> list[_Row]:
    if isinstance(one.signal, Clip):
        clip = uuid4()
        made = [
            _Row(HashKind.PDQ, frame.value, frame.quality, clip, frame.second)
            for frame in one.signal.frames
        ]
    else:
        made = [_Row(one.signal.kind, one.signal.value, one.signal.quality)]
    return [
        row._replace(
            opinion=one.opinion,
            labels=list(one.labels),
            reference=one.reference,
            planted=one.planted,
        )
        for row in made
    ]


def _key(row: _Row) -> _Key:
    return row.kind, row.value, row.reference, row.clip, row.second


def _key_of(kind: str, value: bytes, reference: str, clip: UUID | None, second: int | None) -> _Key:
    return HashKind(kind), bytes(value), reference, clip, second


def _known(bank: Bank, found: Sequence[_Row]) -> dict[_Key, int]:
    """Return the entries that the bank has under the same reference; frames are always new."""
    known: dict[_Key, int] = {}
    values = {row.value for row in found if row.clip is None}
    for some in batched(values, _AT_ONCE, strict=False):
        there = Entry.objects.filter(bank=bank, clip__isnull=True, value__in=some)
        known |= {_key_of(*key): one for one, *key in there.values_list("id", *_KEY)}
    return known


def _last_id() -> int:
    """Return the highest id; who holds the counter is the only one to add."""
    return Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0


def _write_terms(bank: Bank) -> None:
    Terms.objects.create(
        bank=bank,
        at=clock.now(),
        distance=bank.distance,
        is_negative=bank.is_negative,
        is_on=bank.is_on,
    )


def _expire() -> None:
    from balise.hotline.matching.banks.memory.searching import known  # noqa: PLC0415 - it loads numpy

    known().expire()
    cards().expire()
