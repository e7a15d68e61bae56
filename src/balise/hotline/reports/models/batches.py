"""A batch of reports: made ready first, then written in one short transaction.

Sealing takes longer than writing. On SQLite, where one may write at a time, whoever reports
meanwhile waits for the writing alone.
"""

import os
from collections.abc import Iterator, Sequence
from itertools import batched
from uuid import UUID, uuid4

from balise.foundation import rows
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.encryption.sealing import (
    WRAP_COLUMNS,
    BatchSealer,
    blinder,
    new_key,
    receipt_columns,
)
from balise.hotline.reports.models import Content, Report
from balise.hotline.reports.models.writing import (
    CONTENT_FIELDS,
    LINE,
    LOOKED_UP_AT_ONCE,
    REPORT_FIELDS,
    Arrival,
    Hiding,
    Reported,
    content_row,
    contents_of,
    insert_mentions,
    join_known,
    report_row,
    row_to_be_read,
)
from balise.hotline.reports.rules.incoming import Incoming

_OWN_BYTES = 11
# Of a neighbour's last eleven bytes, what is its own: all but the version and the variant.
_RANDOM_BITS = (1 << 8 * _OWN_BYTES) - 1 & ~(0xF << 76) & ~(0b11 << 62)


def neighbours() -> Iterator[UUID]:
    """Yield random UUIDs (version 4) that share their first five bytes, themselves random.

    The rows of one batch then stand side by side in each index, which is written in a few pages
    instead of one page a row, however large it has grown. 82 random bits are left to each, and
    neither moment nor order can be read from them.
    """
    first = uuid4().int & ~_RANDOM_BITS
    while True:
        yield UUID(int=first | int.from_bytes(os.urandom(_OWN_BYTES)) & _RANDOM_BITS)


class Batch:
    """Reports that nobody has taken in yet, ready to be written."""

    def __init__(self, incoming: Sequence[Incoming]) -> None:
        ids, identify = neighbours(), blinder(LINE, "identity")
        self.arrivals = [
            Arrival(one, new_key(LINE, next(ids)), identify=identify) for one in incoming
        ]
        self._contents = contents_of(self.arrivals, ids=ids)
        self._sealer = BatchSealer(LINE)
        self._reports = [report_row(arrival) for arrival in self.arrivals]
        self._wraps = [self._sealer.columns(arrival.key) for arrival in self.arrivals] + [
            receipt_columns(arrival.key, arrival.incoming.receipt)
            for arrival in self.arrivals
            if arrival.incoming.receipt is not None
        ]
        self._hide = Hiding()
        known = _known(list(self._contents))
        self._made = {
            identity: self._make(identity) for identity in self._contents if identity not in known
        }

    def join(self) -> set[bytes]:
        """Join the contents that are known; return their identity keys. Before `write`."""
        known = join_known(self._contents)
        decided = {identity for identity, one in self._contents.items() if one.is_decided}
        if decided:
            self._reports = [
                row if decided.isdisjoint(arrival.identities) else row_to_be_read(arrival, row)
                for arrival, row in zip(self.arrivals, self._reports, strict=True)
            ]
        self._new = [
            self._made.get(identity) or self._make(identity)
            for identity in self._contents
            if identity not in known
        ]
        return known

    @property
    def stirred(self) -> dict[bytes, Reported]:
        """The contents that are in the queue again, or were gone, by identity key. After `join`."""
        return {
            identity: one
            for identity, one in self._contents.items()
            if one.reopened or one.was_removed or one.was_closing
        }

    def write(self) -> None:
        """Write it all.

        What someone else writes at the same moment is an IntegrityError: the batch is to be made
        anew.
        """
        rows.insert(Report, REPORT_FIELDS, self._reports)
        rows.insert(Content, CONTENT_FIELDS, [row for row, _wrap in self._new])
        insert_mentions(self.arrivals, self._contents)
        wraps = [self._sealer.own_columns(), *self._wraps, *(wrap for _row, wrap in self._new)]
        rows.insert(KeyWrap, WRAP_COLUMNS, wraps)

    def _make(self, identity: bytes) -> tuple[tuple[object, ...], tuple[object, ...]]:
        one = self._contents[identity]
        key = new_key(LINE, one.id)
        return content_row(identity, one, key, self._hide), self._sealer.columns(key)


def _known(identities: Sequence[bytes]) -> set[bytes]:
    return {
        bytes(identity)
        for some in batched(identities, LOOKED_UP_AT_ONCE, strict=False)
        for (identity,) in rows.select(Content, ("identity_key",), among=some)
    }
