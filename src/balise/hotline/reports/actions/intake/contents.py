"""What reports speak of: contents that are known and joined, or new and written.

It runs inside an action's transaction. What needs an address in clear (canonical form, blind
indexes, offline trace) is computed while it is in memory; what is kept is sealed.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import batched
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings

from balise.foundation import rows
from balise.foundation.clock import now
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.encryption.sealing import (
    WRAP_COLUMNS,
    BatchSealer,
    RecordKey,
    blinder,
    new_key,
    receipt_columns,
)
from balise.foundation.journal.events import Event
from balise.hotline.reports.events import ClosingLeft, ContentReopened, RemovedReported
from balise.hotline.reports.models import CONTENT_BODY, LINE, REPORT_BODY, Content, Mention, Report
from balise.hotline.reports.queries.receipts import LOOKED_UP_AT_ONCE, identity_key
from balise.hotline.reports.rules.given import Answers, Incoming
from balise.hotline.reports.rules.joining import NOTHING, Standing, join, to_read
from balise.hotline.reports.rules.places import Place, to_fields
from balise.hotline.reports.rules.words import ContentState, ToRead, Verdict
from balise.takedown.tracing.queries import country_and_network

FIELDS = (
    *("id", "kind", "identity_key", "host_key", "domain_key", "sealed", "first_reported_at"),
    *("country", "network", "claimed_by", "offence", *Standing._fields),
)
_KNOWN = ("identity_key", "id", *Standing._fields)
# What reports change of a content, whatever its state.
_JOINED = (*Standing._fields[2:], "changed_at")
_REOPENED = ("state", "reopened_at", "decided_at")
_TAKEN_OUT = ("state", "closing")

_OWN_BYTES = 11
# Of a neighbour's last eleven bytes, what is its own: all but the version and the variant.
_RANDOM_BITS = (1 << 8 * _OWN_BYTES) - 1 & ~(0xF << 76) & ~(0b11 << 62)

type Blinded = Callable[[str], bytes]
type _Sealed = tuple[tuple[object, ...], tuple[object, ...]]


class Arrival:
    """What a report says, and of which contents: its data key, the identity keys of its places."""

    __slots__ = ("identities", "key", "received_at", "said")

    def __init__(
        self,
        answers: Answers,
        key: RecordKey,
        received_at: datetime,
        *,
        identify: Blinded = identity_key,
    ) -> None:
        self.key = key
        self.received_at = received_at
        self.said = (answers,)
        # Two places of one report may be the same content; the order is the reporter's.
        self.identities = {
            identify(place.identity_in(key.record)): place for place in answers.places
        }


class Reported:
    """A content of which some reports speak: what each says; where it stood, and stands now."""

    __slots__ = ("before", "first_reported_at", "id", "place", "said", "standing")

    def __init__(self, content_id: UUID, place: Place, arrival: Arrival) -> None:
        self.id = content_id
        self.place = place
        self.said: tuple[Answers, ...] = arrival.said
        self.first_reported_at = arrival.received_at
        self.before = self.standing = NOTHING

    def add(self, arrival: Arrival) -> None:
        """Let another report speak of it too."""
        self.said += arrival.said
        self.first_reported_at = min(self.first_reported_at, arrival.received_at)

    def joined(self, known: Standing, *, are_new: bool = True) -> Standing:
        """Return where it stands once these reports have joined what is known of it."""
        country = settings.COUNTRY
        for said in self.said:
            known = join(known, said, is_new=are_new, country=country)
        return known

    @property
    def fact(self) -> Event | None:
        """What is to be written down of it: that it waits again, or was seen although removed."""
        before, after = self.before, self.standing
        if before.state == ContentState.CLOSING:
            return ClosingLeft(subject=self.id)
        if before.is_decided and not after.is_decided:
            return ContentReopened(subject=self.id, verdict=Verdict(before.verdict))
        if before.state == ContentState.REMOVED and after.report_count > before.report_count:
            return RemovedReported(subject=self.id)
        return None


class Neighbours(Iterator[UUID]):
    """Random UUIDs (version 4) that share their first five bytes, themselves random.

    The rows of one batch then stand side by side in each index, which is written in a few pages
    instead of one page a row, however large it has grown. 82 random bits are left to each, and
    neither moment nor order can be read from them.
    """

    __slots__ = ("_first",)

    def __init__(self) -> None:
        self._first = uuid4().int & ~_RANDOM_BITS

    def __next__(self) -> UUID:
        own = int.from_bytes(os.urandom(_OWN_BYTES)) & _RANDOM_BITS
        return UUID(int=self._first | own)


class Contents:
    """The contents of which some reports speak: joined where they are known, else written.

    `reported` has them by identity key, in the order of the keys. One order for everyone: two
    transactions that meet the same contents never wait on each other crosswise. The reports
    `are_new` that the contents do not count yet.
    """

    def __init__(
        self, arrivals: Sequence[Arrival], *, ids: Iterator[UUID], are_new: bool = True
    ) -> None:
        self._arrivals = arrivals
        self._are_new = are_new
        self._host = _Remembered(blinder(LINE, "host"))
        self._domain = _Remembered(blinder(LINE, "domain"))
        self._sealed: dict[bytes, _Sealed] = {}
        self.known: set[bytes] = set()
        found: dict[bytes, Reported] = {}
        for arrival in arrivals:
            for identity, place in arrival.identities.items():
                if identity in found:
                    found[identity].add(arrival)
                else:
                    found[identity] = Reported(next(ids), place, arrival)
        self.reported = dict(sorted(found.items())) if len(found) > 1 else found

    def seal(self, sealer: BatchSealer) -> None:
        """Seal those that seem new, before the transaction: it takes longer than writing."""
        known = {bytes(key) for (key,) in self._select(("identity_key",))}
        self._sealed = {
            identity: self._seal(identity, one, sealer)
            for identity, one in self.reported.items()
            if identity not in known
        }

    def join(self) -> None:
        """Let the reports join those that are `known`, by identity key."""
        moment = now()
        joined: list[tuple[object, ...]] = []
        reopened: list[tuple[object, ...]] = []
        taken_out: list[tuple[object, ...]] = []
        for key, content_id, *columns in self._select(_KNOWN, lock=True):
            identity = bytes(key)
            self.known.add(identity)
            one = self.reported[identity]
            one.id = content_id
            one.before = before = Standing._make(columns)
            one.standing = after = one.joined(before, are_new=self._are_new)
            if after.is_decided and after == before:
                continue  # a report that it counts already says more: a verdict heeds none of it
            joined.append((*after[2:], moment, content_id))
            if before.state == ContentState.CLOSING:
                taken_out.append((after.state, None, content_id))
            elif after.state != before.state:
                reopened.append((after.state, one.first_reported_at, None, content_id))
        rows.update(Content, _JOINED, joined)
        rows.update(Content, _REOPENED, reopened)
        rows.update(Content, _TAKEN_OUT, taken_out)

    @property
    def facts(self) -> dict[bytes, Event]:
        """What is to be written down of them, by identity key. After `join`."""
        found = {identity: self.reported[identity].fact for identity in self.known}
        return {identity: fact for identity, fact in found.items() if fact}

    @property
    def decided(self) -> set[bytes]:
        """Those that have their verdict, by identity key. After `join`."""
        return {key for key in self.known if self.reported[key].standing.is_decided}

    def write(self, sealer: BatchSealer) -> list[tuple[object, ...]]:
        """Write the new ones and all the mentions; return the wraps that are still to be written.

        They are in the order of `WRAP_COLUMNS`. After `join`; what someone else writes at the same
        moment is an IntegrityError.
        """
        new = [
            self._sealed.get(identity) or self._seal(identity, one, sealer)
            for identity, one in self.reported.items()
            if identity not in self.known
        ]
        rows.insert(Content, FIELDS, [row for row, _wrap in new])
        mentions = [
            (arrival.key.record, self.reported[identity].id)
            for arrival in self._arrivals
            for identity in arrival.identities
        ]
        rows.insert(Mention, ("report", "content"), mentions)
        return [wrap for _row, wrap in new]

    def _select(self, fields: tuple[str, ...], *, lock: bool = False) -> Iterator[tuple[Any, ...]]:
        for some in batched(self.reported, LOOKED_UP_AT_ONCE, strict=False):
            yield from rows.select(Content, fields, among=some, lock=lock)

    def _seal(self, identity: bytes, one: Reported, sealer: BatchSealer) -> _Sealed:
        """Return a new content's values, in the order of `FIELDS`, and the wrap of its key."""
        key, place = new_key(LINE, one.id), one.place
        country, network = country_and_network(place.host) if place.is_ip else ("", None)
        sealed = key.seal(to_fields(place), where=CONTENT_BODY, row=one.id)
        blinded = (identity, self._host[place.host], self._domain[place.domain])
        row = (one.id, place.kind.value, *blinded, sealed, one.first_reported_at)
        return (*row, country, network, "", "", *one.joined(NOTHING)), sealer.columns(key)


class _Remembered(dict[str, bytes]):
    """Blind indexes of hosts or domains, which come again and again within one batch."""

    def __init__(self, blinded: Blinded) -> None:
        super().__init__({"": b""})
        self._blinded = blinded

    def __missing__(self, value: str) -> bytes:
        self[value] = found = self._blinded(value)
        return found


# A batch of reports: made ready first, then written in one short transaction.
#
# Sealing takes longer than writing. On SQLite, where one may write at a time, whoever reports
# meanwhile waits for the writing alone.


_FIELDS = (
    *("id", "intake_key", "said_key", "channel", "partner", "language", "category", "age_band"),
    *("danger", "is_finished", "follow_up", "sealed", "received_at", "last_answer_at"),
    *("certificate_key", "certificate_signature", "to_read"),
)


class Batch:
    """Reports that nobody has taken in yet, ready to be written."""

    def __init__(self, incoming: Sequence[Incoming]) -> None:
        ids, identify = Neighbours(), blinder(LINE, "identity")
        self._sealer = BatchSealer(LINE)
        self._incoming = incoming
        self.arrivals = [
            Arrival(one.answers, new_key(LINE, next(ids)), one.received_at, identify=identify)
            for one in incoming
        ]
        self.contents = Contents(self.arrivals, ids=ids)
        self.contents.seal(self._sealer)
        keys = [arrival.key for arrival in self.arrivals]
        brought = list(zip(incoming, keys, strict=True))
        self._reports = [_row(one, key) for one, key in brought]
        self._wraps = [self._sealer.columns(key) for key in keys]
        self._wraps += [
            receipt_columns(key, one.receipt) for one, key in brought if one.receipt is not None
        ]

    def join(self) -> None:
        """Join the contents that are known. Before `write`."""
        self.contents.join()
        if decided := self.contents.decided:
            # Nobody would come upon these reports in the queue: someone may have to read them.
            self._reports = [
                row
                if decided.isdisjoint(arrival.identities)
                else (*row[:-1], to_read(one.answers).value)
                for one, arrival, row in zip(
                    self._incoming, self.arrivals, self._reports, strict=True
                )
            ]

    def write(self) -> None:
        """Write it all.

        What someone else writes at the same moment is an IntegrityError: the batch is to be made
        anew.
        """
        rows.insert(Report, _FIELDS, self._reports)
        wraps = [self._sealer.own_columns(), *self._wraps, *self.contents.write(self._sealer)]
        rows.insert(KeyWrap, WRAP_COLUMNS, wraps)


def _row(incoming: Incoming, key: RecordKey) -> tuple[object, ...]:
    """Return a report's values, in the order of `_FIELDS`; what was said is sealed."""
    answers = incoming.answers
    return (
        key.record,
        incoming.key,
        incoming.said_key,
        incoming.channel.value,
        incoming.partner,
        incoming.language,
        answers.category,
        answers.age_band,
        answers.in_danger,
        incoming.is_finished,
        incoming.receipt is not None or incoming.has_reader,
        key.seal(answers.to_fields(), where=REPORT_BODY, row=key.record),
        incoming.received_at,
        incoming.received_at,
        "",
        b"",
        ToRead.NOTHING.value,
    )
