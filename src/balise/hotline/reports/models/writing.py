"""The hot path's own statements: reports, contents, mentions and wraps written as rows.

Everything here runs inside an action's transaction. What needs an address in clear (canonical form,
blind indexes, offline trace) is computed while it is in memory; what is kept is sealed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings

from balise.foundation import rows
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.encryption.receipts import Receipt
from balise.foundation.encryption.sealing import (
    BatchSealer,
    RecordKey,
    blind,
    new_key,
    wraps_for,
)
from balise.hotline.reports.models import Content, Mention, Report
from balise.hotline.reports.rules import priority
from balise.hotline.reports.rules.answers import Answers
from balise.hotline.reports.rules.categories import category, more_urgent
from balise.hotline.reports.rules.places import Place, to_fields
from balise.hotline.reports.rules.words import Channel, State
from balise.takedown.tracing.queries import country_and_network

LINE = "hotline"
REPORT_BODY = "hotline_reports.report.sealed"
CONTENT_BODY = "hotline_reports.content.sealed"
MESSAGE_BODY = "hotline_reports.message.sealed"
RATIONALE = "hotline_reports.assessment.sealed"

_REPORT_FIELDS = (
    "id",
    "intake_key",
    "channel",
    "partner",
    "language",
    "category",
    "age_band",
    "is_finished",
    "follow_up",
    "sealed",
    "received_at",
    "last_answer_at",
    "certificate_key",
    "certificate_signature",
)
_CONTENT_FIELDS = (
    "id",
    "kind",
    "identity_key",
    "host_key",
    "domain_key",
    "sealed",
    "state",
    "category",
    "danger",
    "concerned",
    "minor",
    "waited_points",
    "priority",
    "report_count",
    "first_reported_at",
    "country",
    "network",
    "claimed_by",
    "verdict",
    "offence",
)
_WRAP_FIELDS = ("record", "line", "kind", "key_id", "wrapped")
_LOOKED_UP_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A report on its way in. `key` (16 bytes) is what makes it one report however often sent."""

    key: bytes
    channel: Channel
    answers: Answers
    language: str
    received_at: datetime
    is_finished: bool
    receipt: Receipt | None = None
    partner: UUID | None = None


def identity_key(identity: str) -> bytes:
    """Return the blind index (16 bytes) of what makes a place one content."""
    return blind(LINE, "identity", identity)


def signals_of(content: Content) -> priority.Signals:
    """Return what bears on a content's place in the queue, but for how long it has waited."""
    return priority.Signals(
        category_points=category(content.category, country=settings.COUNTRY).points,
        danger=content.danger,
        concerned=content.concerned,
        minor=content.minor,
        reports=content.report_count,
    )


def priority_of(content: Content) -> int:
    """Return a content's priority from what its columns say."""
    return priority.total(priority.points(signals_of(content))) + content.waited_points


class Arrival:
    """A report being written: its data key, and the identity keys of its places."""

    __slots__ = ("identities", "incoming", "key")

    def __init__(self, incoming: Incoming, key: RecordKey) -> None:
        self.incoming = incoming
        self.key = key
        # Two places of one report may be the same content; the order is the reporter's.
        self.identities = {identity_key(place.identity): place for place in incoming.answers.places}


class Reported:
    """A content as this batch of reports speaks of it, to be joined with what is known of it."""

    __slots__ = (
        "category",
        "concerned",
        "danger",
        "first_reported_at",
        "id",
        "minor",
        "place",
        "report_count",
    )

    def __init__(self, place: Place, incoming: Incoming) -> None:
        self.id = uuid4()
        self.place = place
        self.category = incoming.answers.category
        self.danger = incoming.answers.danger
        self.concerned = incoming.answers.is_concerned
        self.minor = incoming.answers.is_minor
        self.report_count = 1
        self.first_reported_at = incoming.received_at

    def join(self, incoming: Incoming) -> None:
        """Let another report of the batch speak of it too."""
        answers = incoming.answers
        self.category = more_urgent(self.category, answers.category, country=settings.COUNTRY)
        self.danger = self.danger or answers.danger
        self.concerned = self.concerned or answers.is_concerned
        self.minor = self.minor or answers.is_minor
        self.report_count += 1
        self.first_reported_at = min(self.first_reported_at, incoming.received_at)

    def priority(self, *, waited_points: int = 0) -> int:
        signals = priority.Signals(
            category_points=category(self.category, country=settings.COUNTRY).points,
            danger=self.danger,
            concerned=self.concerned,
            minor=self.minor,
            reports=self.report_count,
        )
        return priority.total(priority.points(signals)) + waited_points


def contents_of(arrivals: Sequence[Arrival]) -> dict[bytes, Reported]:
    """Return the contents that the reports speak of, by identity key, in the order of the keys.

    One order for everyone: two transactions that meet the same contents never wait on each other
    crosswise.
    """
    contents: dict[bytes, Reported] = {}
    for arrival in arrivals:
        for identity, place in arrival.identities.items():
            reported = contents.get(identity)
            if reported is None:
                contents[identity] = Reported(place, arrival.incoming)
            else:
                reported.join(arrival.incoming)
    return dict(sorted(contents.items())) if len(contents) > 1 else contents


def insert_reports(arrivals: Sequence[Arrival]) -> int:
    return rows.insert(
        Report,
        _REPORT_FIELDS,
        [_report_row(arrival) for arrival in arrivals],
        unless_known=True,
    )


def _report_row(arrival: Arrival) -> tuple[object, ...]:
    incoming, key = arrival.incoming, arrival.key
    answers = incoming.answers
    return (
        key.record,
        incoming.key,
        incoming.channel.value,
        incoming.partner,
        incoming.language,
        answers.category,
        answers.age_band,
        incoming.is_finished,
        incoming.receipt is not None,
        key.seal(answers.to_fields(), where=REPORT_BODY, row=key.record),
        incoming.received_at,
        incoming.received_at,
        "",
        b"",
    )


def insert_contents(
    contents: dict[bytes, Reported], *, seal_with: BatchSealer | None
) -> set[bytes]:
    """Write the contents that are new, join those that are known; return the keys of the latter."""
    known = _join_known(contents)
    new = {identity: one for identity, one in contents.items() if identity not in known}
    if not new:
        return known
    keys = [new_key(LINE, one.id) for one in new.values()]
    written = rows.insert(
        Content,
        _CONTENT_FIELDS,
        [
            _content_row(identity, one, key)
            for (identity, one), key in zip(new.items(), keys, strict=True)
        ],
        unless_known=True,
    )
    if written < len(new):  # someone else wrote one of them a moment ago: join it as known
        ours = {one.id for one in new.values()}
        raced = _join_known(new, except_ids=ours)
        known |= raced
        keys = [key for identity, key in zip(new, keys, strict=True) if identity not in raced]
    if seal_with is None:
        insert_wraps([wrap for key in keys for wrap in wraps_for(key)])
    else:
        insert_wraps([seal_with.wrap(key) for key in keys])
    return known


def _content_row(identity: bytes, one: Reported, key: RecordKey) -> tuple[object, ...]:
    place = one.place
    country, network = country_and_network(place.host) if place.is_ip else ("", None)
    return (
        one.id,
        place.kind.value,
        identity,
        blind(LINE, "host", place.host) if place.host else b"",
        blind(LINE, "domain", place.domain) if place.domain else b"",
        key.seal(to_fields(place), where=CONTENT_BODY, row=one.id),
        State.WAITING.value,
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


def _join_known(
    contents: dict[bytes, Reported], *, except_ids: frozenset[UUID] | set[UUID] = frozenset()
) -> set[bytes]:
    """Join reports to contents that are known: count them, and let them wait nearer the front."""
    known: set[bytes] = set()
    identities = list(contents)
    for start in range(0, len(identities), _LOOKED_UP_AT_ONCE):
        found = Content.objects.select_for_update().filter(
            identity_key__in=identities[start : start + _LOOKED_UP_AT_ONCE]
        )
        for content in found.order_by("identity_key"):
            if content.id in except_ids:
                continue
            identity = bytes(content.identity_key)
            reported = contents[identity]
            known.add(identity)
            _join(content, reported)
            reported.id = content.id
    return known


def _join(content: Content, reported: Reported) -> None:
    reported.report_count += content.report_count
    reported.category = more_urgent(content.category, reported.category, country=settings.COUNTRY)
    reported.danger = reported.danger or content.danger
    reported.concerned = reported.concerned or content.concerned
    reported.minor = reported.minor or content.minor
    changes: dict[str, object] = {"report_count": reported.report_count}
    if content.state == State.WAITING:
        changes |= {
            "category": reported.category,
            "danger": reported.danger,
            "concerned": reported.concerned,
            "minor": reported.minor,
            "priority": reported.priority(waited_points=content.waited_points),
        }
    Content.objects.filter(id=content.id).update(**changes)


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
        _WRAP_FIELDS,
        [(wrap.record, wrap.line, wrap.kind, wrap.key_id, wrap.wrapped) for wrap in wraps],
    )


def known_intake_keys(keys: Sequence[bytes]) -> dict[bytes, UUID]:
    known: dict[bytes, UUID] = {}
    for start in range(0, len(keys), _LOOKED_UP_AT_ONCE):
        known |= {
            bytes(key): report_id
            for key, report_id in Report.objects.filter(
                intake_key__in=keys[start : start + _LOOKED_UP_AT_ONCE]
            ).values_list("intake_key", "id")
        }
    return known
