"""Banks and entries as a process remembers them between look-ups, half a second at most.

What a look-up says of its hits costs more than finding them: what was read is kept until a change
of entries or of banks. Inside a transaction the tables are asked each time.
"""

import time
from collections.abc import Iterable
from functools import cache
from itertools import batched
from typing import Final
from uuid import UUID

from django.db import connection

from balise.hotline.matching.banks.models import Bank, Counter, Entry, Terms
from balise.hotline.matching.banks.rules.deciding import ASKED

PATIENCE: Final = 0.5  # seconds
_MOST: Final = 100_000  # entries that are remembered
_AT_ONCE: Final = 500

type Banks = dict[UUID, Bank]
type _Version = tuple[tuple[int, UUID] | None, int | None]


class Cards:
    """Banks that are asked, and entries of theirs, without the hash."""

    def __init__(self) -> None:
        self._read_at = float("-inf")
        self._version: _Version | None = None
        self._banks: Banks = {}
        self._entries: dict[int, Entry | None] = {}

    def banks(self) -> Banks:
        """Return the banks that are on."""
        if connection.in_atomic_block:
            return _banks()
        if time.monotonic() - self._read_at >= PATIENCE:
            version = _version()
            if version != self._version:
                self._banks, self._entries, self._version = _banks(), {}, version
            self._read_at = time.monotonic()
        return self._banks

    def entries(self, ids: Iterable[int], banks: Banks) -> dict[int, Entry]:
        """Return the entries of these ids that are asked, each with its bank."""
        if connection.in_atomic_block:
            return _entries(ids, banks)
        kept = self._entries
        if len(kept) > _MOST:
            kept = self._entries = {}
        unknown = [one for one in ids if one not in kept]
        if unknown:
            read = _entries(unknown, banks)
            kept.update({one: read.get(one) for one in unknown})
        return {one: entry for one in ids if (entry := kept[one])}

    def expire(self) -> None:
        """Ask the tables before the next look-up: this process changed something."""
        self._read_at, self._version = float("-inf"), None


@cache
def cards() -> Cards:
    """Return what this process remembers; the first call makes it."""
    return Cards()


def _version() -> _Version:
    """Return what tells a change of any entry, and of any bank."""
    head = Counter.objects.values_list("seq", "mark").first()
    return head, Terms.objects.order_by("-id").values_list("id", flat=True).first()


def _banks() -> Banks:
    return {bank.id: bank for bank in Bank.objects.filter(is_on=True)}


def _entries(ids: Iterable[int], banks: Banks) -> dict[int, Entry]:
    rows: dict[int, Entry] = {}
    for some in batched(ids, _AT_ONCE, strict=False):
        found = Entry.objects.filter(id__in=some, state__in=ASKED, bank__in=banks)
        for entry in found.defer("value"):
            entry.bank = banks[entry.bank_id]
            rows[entry.id] = entry
    return rows
