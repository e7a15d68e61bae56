"""What reports speak of: contents that are known and joined, or new and written.

It runs inside an action's transaction. What needs an address in clear (canonical form, blind
indexes, offline trace) is computed while it is in memory; what is kept is sealed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import batched
from uuid import UUID

from django.conf import settings

from balise.foundation import rows
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import BatchSealer, RecordKey, blinder, new_key
from balise.foundation.journal.events import Event
from balise.hotline.reports.events import ClosingLeft, ContentReopened, RemovedReported
from balise.hotline.reports.models import CONTENT_BODY, LINE, Content, Mention
from balise.hotline.reports.queries.keys import LOOKED_UP_AT_ONCE, identity_key
from balise.hotline.reports.rules.answers import Answers
from balise.hotline.reports.rules.joining import NOTHING, Said, Standing, join
from balise.hotline.reports.rules.places import Place, to_fields
from balise.hotline.reports.rules.words import State, Verdict
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

type Blinded = Callable[[str], bytes]


class Arrival:
    """What a report says, and of which contents: its data key, the identity keys of its places.

    `is_new`: its contents do not count it yet.
    """

    __slots__ = ("identities", "key", "received_at", "said")

    def __init__(
        self,
        answers: Answers,
        key: RecordKey,
        received_at: datetime,
        *,
        identify: Blinded = identity_key,
        is_new: bool = True,
    ) -> None:
        self.key = key
        self.received_at = received_at
        self.said = Said.of(answers, is_new=is_new)
        # Two places of one report may be the same content; the order is the reporter's.
        self.identities = {
            identify(place.identity_in(key.record)): place for place in answers.places
        }


class Reported:
    """A content of which some reports speak: what each says, and where it stands after that."""

    __slots__ = ("before", "first_reported_at", "id", "place", "said", "standing")

    def __init__(self, content_id: UUID, place: Place, arrival: Arrival) -> None:
        self.id = content_id
        self.place = place
        self.said = [arrival.said]
        self.first_reported_at = arrival.received_at
        self.before = self.standing = NOTHING

    def add(self, arrival: Arrival) -> None:
        """Let another report speak of it too."""
        self.said.append(arrival.said)
        self.first_reported_at = min(self.first_reported_at, arrival.received_at)

    def join(self, known: Standing) -> Standing:
        """Let the reports join what is known of it; return where it stands then."""
        country, self.before = settings.COUNTRY, known
        for said in self.said:
            known = join(known, said, country=country)
        self.standing = known
        return known

    @property
    def fact(self) -> Event | None:
        """What is to be written down of it: that it waits again, or was seen although removed."""
        before, after = self.before, self.standing
        if before.state == State.CLOSING:
            return ClosingLeft(subject=self.id)
        if before.is_decided and not after.is_decided:
            return ContentReopened(subject=self.id, verdict=Verdict(before.verdict))
        if before.state == State.REMOVED and after.report_count > before.report_count:
            return RemovedReported(subject=self.id)
        return None


def spoken_of(arrivals: Sequence[Arrival], *, ids: Iterator[UUID]) -> dict[bytes, Reported]:
    """Return the contents that the reports speak of, by identity key, in the order of the keys.

    One order for everyone: two transactions that meet the same contents never wait on each other
    crosswise.
    """
    found: dict[bytes, Reported] = {}
    for arrival in arrivals:
        for identity, place in arrival.identities.items():
            if identity in found:
                found[identity].add(arrival)
            else:
                found[identity] = Reported(next(ids), place, arrival)
    return dict(sorted(found.items())) if len(found) > 1 else found


def join_known(reported: Mapping[bytes, Reported]) -> set[bytes]:
    """Let reports join the contents that are known; return their identity keys.

    `Reported.fact` is then to be written down of each.
    """
    known: set[bytes] = set()
    moment = now()
    joined: list[tuple[object, ...]] = []
    reopened: list[tuple[object, ...]] = []
    taken_out: list[tuple[object, ...]] = []
    for some in batched(reported, LOOKED_UP_AT_ONCE, strict=False):
        for key, content_id, *columns in rows.select(Content, _KNOWN, among=some, lock=True):
            identity = bytes(key)
            known.add(identity)
            one = reported[identity]
            one.id = content_id
            before = Standing._make(columns)
            after = one.join(before)
            if after.is_decided and after == before:
                continue  # a report that it counts already says more: a verdict heeds none of it
            joined.append((*after[2:], moment, content_id))
            if before.state == State.CLOSING:
                taken_out.append((after.state, None, content_id))
            elif after.state != before.state:
                reopened.append((after.state, one.first_reported_at, None, content_id))
    rows.update(Content, _JOINED, joined)
    rows.update(Content, _REOPENED, reopened)
    rows.update(Content, _TAKEN_OUT, taken_out)
    return known


class Contents:
    """The contents of which some reports speak, the new ones sealed before the transaction.

    `join`, then `write`: what someone else writes at the same moment is an IntegrityError.
    """

    def __init__(
        self, arrivals: Sequence[Arrival], *, ids: Iterator[UUID], sealer: BatchSealer
    ) -> None:
        self.reported = spoken_of(arrivals, ids=ids)
        self._arrivals = arrivals
        self._sealer = sealer
        self._host = _Remembered(blinder(LINE, "host"))
        self._domain = _Remembered(blinder(LINE, "domain"))
        known = _known(list(self.reported))
        self._made = {
            identity: self._make(identity, one)
            for identity, one in self.reported.items()
            if identity not in known
        }

    def join(self) -> None:
        """Join those that are `known`, by identity key."""
        self.known = known = join_known(self.reported)
        self._new = [
            self._made.get(identity) or self._make(identity, one)
            for identity, one in self.reported.items()
            if identity not in known
        ]

    @property
    def facts(self) -> dict[bytes, Event]:
        """What is to be written down of them, by identity key. After `join`."""
        found = {identity: self.reported[identity].fact for identity in self.known}
        return {identity: fact for identity, fact in found.items() if fact}

    @property
    def decided(self) -> set[bytes]:
        """Those that have their verdict, by identity key. After `join`."""
        return {key for key in self.known if self.reported[key].standing.is_decided}

    def write(self) -> list[tuple[object, ...]]:
        """Write the new ones and all the mentions; return the wraps that are still to be written.

        They are in the order of `WRAP_COLUMNS`.
        """
        rows.insert(Content, FIELDS, [row for row, _wrap in self._new])
        mentions = [
            (arrival.key.record, self.reported[identity].id)
            for arrival in self._arrivals
            for identity in arrival.identities
        ]
        rows.insert(Mention, ("report", "content"), mentions)
        return [wrap for _row, wrap in self._new]

    def _make(
        self, identity: bytes, one: Reported
    ) -> tuple[tuple[object, ...], tuple[object, ...]]:
        """Return a new content's values, in the order of `FIELDS`, and the wrap of its key."""
        key, place = new_key(LINE, one.id), one.place
        country, network = country_and_network(place.host) if place.is_ip else ("", None)
        sealed = key.seal(to_fields(place), where=CONTENT_BODY, row=one.id)
        blinded = (identity, self._host[place.host], self._domain[place.domain])
        row = (one.id, place.kind.value, *blinded, sealed, one.first_reported_at)
        return (*row, country, network, "", "", *one.join(NOTHING)), self._sealer.columns(key)


class _Remembered(dict[str, bytes]):
    """Blind indexes of hosts or domains, which come again and again within one batch."""

    def __init__(self, blinded: Blinded) -> None:
        super().__init__({"": b""})
        self._blinded = blinded

    def __missing__(self, value: str) -> bytes:
        self[value] = found = self._blinded(value)
        return found


def _known(identities: Sequence[bytes]) -> set[bytes]:
    return {
        bytes(identity)
        for some in batched(identities, LOOKED_UP_AT_ONCE, strict=False)
        for (identity,) in rows.select(Content, ("identity_key",), among=some)
    }
