"""The hot path's own statements: reports, contents, mentions and wraps written as rows.

Everything here runs inside an action's transaction. What needs an address in clear (canonical form,
blind indexes, offline trace) is computed while it is in memory; what is kept is sealed.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import batched
from typing import NamedTuple
from uuid import UUID, uuid4

from django.conf import settings

from balise.foundation import rows
from balise.foundation.clock import now
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.encryption.sealing import (
    WRAP_COLUMNS,
    RecordKey,
    blind,
    blinder,
    new_key,
    wraps_for,
)
from balise.foundation.journal.events import Event
from balise.hotline.reports.events import ClosingLeft, ContentReopened, RemovedReported
from balise.hotline.reports.models import Content, Mention, Report
from balise.hotline.reports.models.weighing import points_of
from balise.hotline.reports.rules.categories import more_urgent
from balise.hotline.reports.rules.incoming import Incoming
from balise.hotline.reports.rules.places import Place, to_fields
from balise.hotline.reports.rules.reading import comes_back, to_read
from balise.hotline.reports.rules.words import State, ToRead, Verdict
from balise.takedown.tracing.queries import country_and_network

LINE = "hotline"
REPORT_BODY = "hotline_reports.report.sealed"
CONTENT_BODY = "hotline_reports.content.sealed"
MESSAGE_BODY = "hotline_reports.message.sealed"
RATIONALE = "hotline_reports.assessment.sealed"
DRAFTED = "hotline_reports.verdictdraft.sealed"

REPORT_FIELDS = (
    "id",
    "intake_key",
    "said_key",
    "channel",
    "partner",
    "language",
    "category",
    "age_band",
    "danger",
    "is_finished",
    "follow_up",
    "sealed",
    "received_at",
    "last_answer_at",
    "to_read",
    "certificate_key",
    "certificate_signature",
)
CONTENT_FIELDS = (
    *("id", "kind", "identity_key", "host_key", "domain_key", "sealed", "state", "category"),
    *("danger", "concerned", "minor", "waited_points", "priority", "report_count"),
    *("first_reported_at", "country", "network", "claimed_by", "verdict", "offence"),
)
_TO_READ = REPORT_FIELDS.index("to_read")
_WAITING = State.WAITING.value
_SECOND_LOOK = State.SECOND_LOOK.value
_CLOSING = State.CLOSING.value
_JOINED_FIELDS = ("report_count", "category", "danger", "concerned", "minor", "priority")
_TAKEN_OUT_FIELDS = ("state", "closing")
_REOPENED_FIELDS = ("state", "decided_at", "waited_points", "reopened_at")
LOOKED_UP_AT_ONCE = 500

type Blinded = Callable[[str], bytes]


def identity_key(identity: str) -> bytes:
    """Return the blind index (16 bytes) of what makes a place one content."""
    return blind(LINE, "identity", identity)


def import_keys(file: str, lines: Iterable[int]) -> list[bytes]:
    """Return what makes each line of a file (its SHA-256, hexadecimal) one report: 16 bytes.

    Ten are the file's blind index, six the line: lines of one file are neighbours in the index.
    """
    ours = blind(LINE, "import", file)[:10]
    return [ours + line.to_bytes(6) for line in lines]


class Arrival:
    """A report being written: its data key, and the identity keys of its places."""

    __slots__ = ("identities", "incoming", "key")

    def __init__(
        self, incoming: Incoming, key: RecordKey, *, identify: Blinded = identity_key
    ) -> None:
        self.incoming = incoming
        self.key = key
        # Two places of one report may be the same content; the order is the reporter's.
        self.identities = {
            identify(place.identity_in(key.record)): place for place in incoming.answers.places
        }


class Reported:
    """A content as this batch of reports speaks of it, to be joined with what is known of it.

    `is_decided`: it has its verdict, which these reports take over. `reopened`: the verdict that
    they put in question, or empty. `was_removed`: it was gone, and somebody saw it. `was_closing`:
    it was about to be closed with others.
    """

    __slots__ = (
        "category",
        "concerned",
        "danger",
        "first_reported_at",
        "id",
        "is_decided",
        "minor",
        "place",
        "reopened",
        "report_count",
        "was_closing",
        "was_removed",
    )

    def __init__(self, content_id: UUID, place: Place, incoming: Incoming) -> None:
        self.id = content_id
        self.place = place
        self.category = incoming.answers.category
        self.danger = incoming.answers.danger
        self.concerned = incoming.answers.is_concerned
        self.minor = incoming.answers.is_minor
        self.report_count = 1
        self.first_reported_at = incoming.received_at
        self.is_decided = False
        self.reopened = ""
        self.was_closing = False
        self.was_removed = False

    def join(self, incoming: Incoming) -> None:
        """Let another report of the batch speak of it too."""
        answers = incoming.answers
        if answers.category != self.category:
            self.category = more_urgent(self.category, answers.category, country=settings.COUNTRY)
        self.danger = self.danger or answers.danger
        self.concerned = self.concerned or answers.is_concerned
        self.minor = self.minor or answers.is_minor
        self.report_count += 1
        self.first_reported_at = min(self.first_reported_at, incoming.received_at)

    def priority(self, *, waited_points: int = 0) -> int:
        signals = (self.danger, self.concerned, self.minor)
        own = points_of(settings.COUNTRY, self.category, signals, self.report_count)
        return own + waited_points


def contents_of(
    arrivals: Sequence[Arrival], *, ids: Iterator[UUID] | None = None
) -> dict[bytes, Reported]:
    """Return the contents that the reports speak of, by identity key, in the order of the keys.

    One order for everyone: two transactions that meet the same contents never wait on each other
    crosswise.
    """
    contents: dict[bytes, Reported] = {}
    for arrival in arrivals:
        for identity, place in arrival.identities.items():
            reported = contents.get(identity)
            if reported is None:
                content_id = next(ids) if ids else uuid4()
                contents[identity] = Reported(content_id, place, arrival.incoming)
            else:
                reported.join(arrival.incoming)
    return dict(sorted(contents.items())) if len(contents) > 1 else contents


def report_row(arrival: Arrival) -> tuple[object, ...]:
    """Return a report's values, in the order of `REPORT_FIELDS`; what was said is sealed."""
    incoming, key = arrival.incoming, arrival.key
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
        answers.danger,
        incoming.is_finished,
        incoming.receipt is not None or incoming.has_reader,
        key.seal(answers.to_fields(), where=REPORT_BODY, row=key.record),
        incoming.received_at,
        incoming.received_at,
        ToRead.NOTHING.value,
        "",
        b"",
    )


def row_to_be_read(arrival: Arrival, row: tuple[object, ...]) -> tuple[object, ...]:
    """Return a report's values, with why someone has to read it: its content is decided."""
    return (*row[:_TO_READ], to_read(arrival.incoming.answers).value, *row[_TO_READ + 1 :])


def insert_contents(contents: dict[bytes, Reported]) -> set[bytes]:
    """Write the contents that are new, join those that are known; return the keys of the latter."""
    known = join_known(contents)
    new = {identity: one for identity, one in contents.items() if identity not in known}
    if not new:
        return known
    keys = [new_key(LINE, one.id) for one in new.values()]
    hide = Hiding()
    made = [
        content_row(identity, one, key, hide)
        for (identity, one), key in zip(new.items(), keys, strict=True)
    ]
    if rows.insert(Content, CONTENT_FIELDS, made, unless_known=True) < len(new):
        # Someone else wrote one of them a moment ago: join it as known.
        ours = {one.id for one in new.values()}
        raced = join_known(new, except_ids=ours)
        known |= raced
        keys = [key for identity, key in zip(new, keys, strict=True) if identity not in raced]
    insert_wraps([wrap for key in keys for wrap in wraps_for(key)])
    return known


class Hiding:
    """Blind indexes of hosts and domains, which come again and again within one batch."""

    def __init__(self) -> None:
        self.host = _Remembered(blinder(LINE, "host"))
        self.domain = _Remembered(blinder(LINE, "domain"))


class _Remembered(dict[str, bytes]):
    def __init__(self, blinded: Blinded) -> None:
        super().__init__({"": b""})
        self._blinded = blinded

    def __missing__(self, value: str) -> bytes:
        self[value] = found = self._blinded(value)
        return found


def content_row(identity: bytes, one: Reported, key: RecordKey, hide: Hiding) -> tuple[object, ...]:
    """Return a new content's values, in the order of `CONTENT_FIELDS`; sealed, and found again."""
    place = one.place
    country, network = country_and_network(place.host) if place.is_ip else ("", None)
    return (
        one.id,
        place.kind.value,
        identity,
        hide.host[place.host],
        hide.domain[place.domain],
        key.seal(to_fields(place), where=CONTENT_BODY, row=one.id),
        _WAITING,
        one.category,
        one.danger,
        one.concerned,
        one.minor,
        0,
        one.priority(),
        one.report_count,
        one.first_reported_at,
        country,
        network,
        "",
        "",
        "",
    )


class _Known(NamedTuple):
    """A content that was reported before, as its columns say."""

    identity_key: bytes
    id: UUID
    state: str
    verdict: str
    waited_points: int
    report_count: int
    category: str
    danger: bool
    concerned: bool
    minor: bool
    priority: int


_JOINED_FROM = _Known._fields.index(_JOINED_FIELDS[1])


def join_known(
    contents: dict[bytes, Reported], *, except_ids: frozenset[UUID] | set[UUID] = frozenset()
) -> set[bytes]:
    """Join reports to contents that are known: count them, and let them wait nearer the front.

    One whose verdict may have passed is back in the queue, its file kept: `Reported.reopened`. One
    that was about to be closed with others is no longer: what is new of it was not read.
    """
    known: set[bytes] = set()
    moment = now()
    taken_out: list[tuple[object, ...]] = []
    joined: list[tuple[object, ...]] = []
    reopened: list[tuple[object, ...]] = []
    for some in batched(contents, LOOKED_UP_AT_ONCE, strict=False):
        for found in map(_Known._make, rows.select(Content, _Known._fields, among=some, lock=True)):
            if found.id in except_ids:
                continue
            identity = bytes(found.identity_key)
            reported = contents[identity]
            known.add(identity)
            reported.id = found.id
            reported.was_removed = found.state == State.REMOVED
            reported.was_closing = found.state == _CLOSING
            if reported.was_closing:
                taken_out.append((_WAITING, None, found.id))
            if comes_back(found.state, found.verdict):
                reported.reopened = found.verdict
                reopened.append((_WAITING, None, 0, reported.first_reported_at, found.id))
            joined.append((*_joined(reported, found), moment, found.id))
    rows.update(Content, (*_JOINED_FIELDS, "changed_at"), joined)
    rows.update(Content, _REOPENED_FIELDS, reopened)
    rows.update(Content, _TAKEN_OUT_FIELDS, taken_out)
    return known


def _joined(reported: Reported, known: _Known) -> tuple[object, ...]:
    """Join what is known of a content; return its `_JOINED_FIELDS`. Decided, it only counts."""
    reported.report_count += known.report_count
    if known.state == _SECOND_LOOK:
        reported.category = known.category  # the first analyst named it
    elif known.state not in {_WAITING, _CLOSING} and not reported.reopened:
        reported.is_decided = True
        return (reported.report_count, *known[_JOINED_FROM:])
    elif known.category != reported.category:
        reported.category = more_urgent(known.category, reported.category, country=settings.COUNTRY)
    reported.danger = bool(reported.danger or known.danger)
    reported.concerned = bool(reported.concerned or known.concerned)
    reported.minor = bool(reported.minor or known.minor)
    return (
        reported.report_count,
        reported.category,
        reported.danger,
        reported.concerned,
        reported.minor,
        reported.priority(waited_points=0 if reported.reopened else known.waited_points),
    )


def facts_of_known(contents: dict[bytes, Reported]) -> list[Event]:
    """Return the facts of contents that are in the queue again, or seen although removed."""
    back = (one for one in contents.values() if one.reopened)
    seen = (one for one in contents.values() if one.was_removed)
    out = (one for one in contents.values() if one.was_closing)
    return [
        *(ClosingLeft(subject=one.id) for one in out),
        *(ContentReopened(subject=one.id, verdict=Verdict(one.reopened)) for one in back),
        *(RemovedReported(subject=one.id) for one in seen),
    ]


def insert_mentions(arrivals: Sequence[Arrival], contents: dict[bytes, Reported]) -> None:
    rows.insert(
        Mention,
        ("report", "content"),
        [
            (arrival.key.record, contents[identity].id)
            for arrival in arrivals
            for identity in arrival.identities
        ],
    )


def insert_wraps(wraps: Sequence[KeyWrap]) -> None:
    rows.insert(
        KeyWrap,
        WRAP_COLUMNS,
        [(wrap.record, wrap.line, wrap.kind, wrap.key_id, wrap.wrapped) for wrap in wraps],
    )


def known_intake_keys(keys: Sequence[bytes]) -> dict[bytes, UUID]:
    return {
        bytes(key): report_id
        for some in batched(keys, LOOKED_UP_AT_ONCE, strict=False)
        for key, report_id in rows.select(Report, ("intake_key", "id"), among=some)
    }
