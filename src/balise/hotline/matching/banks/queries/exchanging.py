"""What changed in banks, for partners that hold one; and where entries stand."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.conf import settings

from balise.foundation.actors import Actor
from balise.hotline.matching.banks import access
from balise.hotline.matching.banks.models import Bank, Change, Entry
from balise.hotline.matching.banks.rules.deciding import EntryState, Opinion
from balise.hotline.matching.banks.rules.owned import CENTRE, NAMES
from balise.hotline.matching.signals.rules.kinds import HashKind
from balise.hotline.matching.signals.rules.pdq import forms

# The names of banks, in the language of the page.


def name_of(bank: Bank) -> str:
    """Return the name that a person gave a bank; of one without, the platform's name for it.

    That one is never stored: it would stay in the language of the process that made the bank.
    """
    if bank.name:
        return bank.name
    return str(settings.CENTRE.name if bank.code == CENTRE else NAMES.get(bank.code, bank.code))


class Changed(NamedTuple):
    """An entry as it stands now; `value` is empty for one that is not on."""

    entry: int
    kind: HashKind
    value: bytes
    quality: int
    opinion: Opinion
    labels: tuple[str, ...]
    clip: UUID | None
    second: int | None
    is_on: bool


class Changes(NamedTuple):
    """What changed after one number, up to another; `is_all` where nothing is left."""

    entries: tuple[Changed, ...]
    until: int
    is_all: bool


class Standing(NamedTuple):
    """What is known of an entry, but for its hash."""

    bank: str
    kind: HashKind
    reference: str
    added_at: datetime
    is_planted: bool
    state: EntryState

    @property
    def is_on(self) -> bool:
        """Whether the entry is asked, and decides."""
        return self.state is EntryState.ON


def changes(*, banks: Sequence[str], after: int, most: int, seen_by: Actor) -> Changes:
    """Return the entries of banks that changed after a number, each once, as they stand now."""
    access.require(seen_by, access.EXPORT)
    found = list(
        Change.objects.filter(seq__gt=after, entry__bank__code__in=list(banks))
        .order_by("seq")
        .values_list("seq", "entry")[: most + 1]
    )
    told = found[:most]
    rows = Entry.objects.filter(id__in={entry for _seq, entry in told}).order_by("id")
    until = told[-1][0] if told else after
    return Changes(tuple(map(_changed, rows)), until, len(found) <= most)


def has_changed(*, banks: Sequence[str], after: int) -> bool:
    """Return whether an entry of these banks changed after a number."""
    return Change.objects.filter(seq__gt=after, entry__bank__code__in=list(banks)).exists()


def standings(entries: Collection[int]) -> dict[int, Standing]:
    """Return where entries stand, by their numbers; those that are not there are left out."""
    rows = Entry.objects.filter(id__in=set(entries)).select_related("bank").defer("value")
    return {
        one.id: Standing(
            one.bank.code,
            one.is_kind,
            one.reference,
            one.added_at,
            one.planted,
            one.stands,
        )
        for one in rows
    }


def _changed(one: Entry) -> Changed:
    is_on = one.stands is EntryState.ON
    return Changed(
        entry=one.id,
        kind=one.is_kind,
        value=bytes(one.value) if is_on else b"",
        quality=one.quality,
        opinion=one.thinks,
        labels=tuple(one.labels),
        clip=one.clip,
        second=one.second,
        is_on=is_on,
    )


def planted(bank: str) -> dict[int, bytes]:
    """Return the planted entries of a bank that are on, with their hashes."""
    found = Entry.objects.filter(bank__code=bank, planted=True, state=EntryState.ON)
    return {one: bytes(value) for one, value in found.values_list("id", "value")}


def distances_to_real(value: bytes, *, within: int) -> list[int]:
    """Return how far the real PDQs within so many bits of one are, planted ones left out.

    In all its turns, as it would be found: one real PDQ may be told in several.
    """
    from balise.hotline.matching.banks.memory.searching import known  # noqa: PLC0415 - it loads numpy

    near = [
        (entry, distance)
        for found in known().search(forms(value), within=within).found
        for entry, distance in zip(found.ids.tolist(), found.distances.tolist(), strict=True)
    ]
    ids = {entry for entry, _distance in near}
    real = set(Entry.objects.filter(id__in=ids, planted=False).values_list("id", flat=True))
    return [distance for entry, distance in near if entry in real]


def bank_names() -> dict[str, str]:
    """Return the names of the banks by their codes, in the order of names."""
    found = {one.code: name_of(one) for one in Bank.objects.all()}
    return dict(sorted(found.items(), key=lambda one: (one[1].casefold(), one[0])))


def pdqs(entries: Collection[int]) -> dict[int, bytes]:
    """Return the PDQs of entries that are on, by their numbers; planted ones are left out."""
    found = Entry.objects.filter(
        id__in=set(entries), kind=HashKind.PDQ, state=EntryState.ON, planted=False
    ).values_list("id", "value")
    return {one: bytes(value) for one, value in found}
