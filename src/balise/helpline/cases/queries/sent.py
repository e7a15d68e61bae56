"""Referrals sent, for members of their case; receivers and their contacts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from balise.foundation.accounts import queries as accounts
from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import RecordKey, receipt_index
from balise.foundation.encryption.worded import Receipt
from balise.foundation.finding import find
from balise.helpline.cases import access
from balise.helpline.cases.models import AGREED, ANSWERED, LINE, TOLD, ReceiverContact, SentReferral
from balise.helpline.cases.queries.files import require_on
from balise.helpline.cases.rules.files import CaseState, reference
from balise.helpline.cases.rules.receivers import (
    Ground,
    Receiver,
    Territory,
    Way,
    receiver as receiver_of_code,
    receivers as receivers_of,
)
from balise.helpline.cases.rules.sendings import (
    MOST_OPENINGS,
    ConsentHow,
    ConsentOf,
    Refusal,
    SentState,
    link_over,
)

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class SentRow:
    """A referral sent: codes and moments, no word of anyone."""

    id: UUID
    case_id: UUID
    reference: str
    receiver: Receiver
    territory: Territory | None
    way: Way
    ground: Ground
    consent_of: ConsentOf | None
    consent_how: ConsentHow | None
    consent_on: date | None
    state: SentState
    refusal: Refusal | None
    sent_by: str
    sent_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    link_ends_at: datetime | None
    opened_count: int
    is_late: bool

    @property
    def openings_left(self) -> int:
        return max(MOST_OPENINGS - self.opened_count, 0)

    @property
    def has_link(self) -> bool:
        return self.link_ends_at is not None


@dataclass(frozen=True, slots=True)
class ToldItem:
    """One thing that a receiver is told; `rows` are (label, words)."""

    title: str
    rows: tuple[tuple[str, str], ...]
    has_document: bool


@dataclass(frozen=True, slots=True)
class ReferralTold:
    """What a receiver is told: to whom, item by item, and in the listener's words."""

    to: str
    items: tuple[ToldItem, ...]
    words: str


@dataclass(frozen=True, slots=True)
class ToldDocument:
    """A document that goes along with what is told: what it is called, and its key."""

    name: str
    key: RecordKey


@dataclass(frozen=True, slots=True)
class Said:
    """What a receiver said at one step: who of theirs, and their words."""

    at: datetime
    state: SentState
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class OpenedSent:
    """A referral sent, in clear."""

    row: SentRow
    told: ReferralTold
    agreed: str
    answers: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class ReceiverRow:
    """The contact at a receiver in a territory; empty until the centre fills it in."""

    receiver: Receiver
    territory: Territory | None
    who: str
    email: str
    phone: str
    checked_on: date | None

    @property
    def is_filled_in(self) -> bool:
        return bool(self.email or self.phone)

    @property
    def is_missing(self) -> bool:
        return not self.is_filled_in and Way.HOTLINE not in self.receiver.ways


@dataclass(frozen=True, slots=True)
class PartnerPage:
    """What the page behind a link says before it is opened: codes, no word of anyone."""

    state: SentState
    sent_at: datetime
    ends_at: datetime
    openings_left: int


def receivers() -> tuple[Receiver, ...]:
    """Return whom the centre can refer someone to."""
    return receivers_of(settings.COUNTRY)


def receiver(code: str) -> Receiver:
    """Return a receiver, or refuse (ReceiverUnknown)."""
    return receiver_of_code(code, country=settings.COUNTRY)


def sent_of_case(case_id: UUID, *, seen_by: Actor) -> tuple[SentRow, ...]:
    """Return the referrals sent of a case, the last first; for its members."""
    access.require(seen_by, access.READ)
    require_on(case_id, who=seen_by)
    return _rows(SentReferral.objects.filter(case=case_id).order_by("-sent_at"))


def own_waiting(*, seen_by: Actor) -> tuple[SentRow, ...]:
    """Return the referrals from one's own files that nobody has ended, the oldest first."""
    access.require(seen_by, access.READ)
    found = SentReferral.objects.filter(
        case__members__account=seen_by.key,
        state__in=(SentState.SENT, SentState.ACCEPTED, SentState.EXPIRED),
    ).exclude(case__state=CaseState.CLOSED)
    return _rows(found.order_by("sent_at")[:_AT_ONCE])


def sent_row(referral_id: UUID, *, seen_by: Actor) -> SentRow:
    """Return one referral sent, to a member of its case. Raises NotHere."""
    access.require(seen_by, access.READ)
    one = find(SentReferral, id=referral_id)
    require_on(one.case_id, who=seen_by)
    return _rows([one])[0]


def directory(*, seen_by: Actor) -> tuple[ReceiverRow, ...]:
    """Return every receiver, in each of its territories."""
    access.require(seen_by, access.READ)
    kept = {(one.receiver, one.territory): one for one in ReceiverContact.objects.all()}
    return tuple(
        _receiver_row(one, territory, kept)
        for one in receivers()
        for territory in one.territories or (None,)
    )


def contact_of(code: str, territory: str, *, seen_by: Actor) -> ReceiverRow:
    """Return the contact at a receiver in a territory; refuses an unknown code."""
    access.require(seen_by, access.READ)
    one = receiver(code)
    found = ReceiverContact.objects.filter(receiver=code, territory=territory)
    kept = {(each.receiver, each.territory): each for each in found}
    return _receiver_row(one, one.territory(territory), kept)


def by_link(token: Receipt) -> SentReferral:
    """Return the referral of a link that still opens one, or refuse (LinkOver)."""
    found = SentReferral.objects.filter(token_key=receipt_index(token)).first()
    if found is None or found.link_ends_at is None or found.link_ends_at <= now():
        raise link_over()
    if found.state in {SentState.WITHDRAWN, SentState.EXPIRED}:
        raise link_over()
    return found


def partner_page(token: Receipt) -> PartnerPage:
    """Return what the page behind a link says unopened, or refuse (LinkOver)."""
    found = by_link(token)
    return PartnerPage(
        state=SentState(found.state),
        sent_at=found.sent_at,
        ends_at=found.link_ends_at or found.sent_at,
        openings_left=openings_left(found),
    )


def openings_left(one: SentReferral) -> int:
    """Return how often a link may still be opened; 0 after a refusal."""
    if one.state == SentState.REFUSED:
        return 0
    return max(MOST_OPENINGS - one.opened_count, 0)


def to_remind(at: datetime) -> list[UUID]:
    """Return the referrals whose sender is to be told that nobody has answered."""
    found = SentReferral.objects.filter(state=SentState.SENT, remind_at__lte=at)
    return list(found.order_by("remind_at").values_list("id", flat=True)[:_AT_ONCE])


def links_over(at: datetime) -> list[UUID]:
    """Return the referrals whose link is over, or was refused, and still could be opened."""
    found = SentReferral.objects.exclude(token_key=b"")
    found = found.filter(Q(link_ends_at__lte=at) | Q(state=SentState.REFUSED))
    return list(found.order_by("link_ends_at").values_list("id", flat=True)[:_AT_ONCE])


def sender_of(referral_id: UUID) -> str:
    """Return the account of who sent a referral, "" for one that is gone."""
    found = SentReferral.objects.filter(id=referral_id).values_list("sent_by", flat=True)
    return found.first() or ""


def reference_of(referral_id: UUID) -> str:
    """Return what the file of a referral is called aloud, "" for one that is gone."""
    found = SentReferral.objects.filter(id=referral_id).values_list("case_id", flat=True).first()
    return reference(found.hex) if found else ""


def told(one: SentReferral, key: RecordKey) -> ReferralTold:
    """Return what was told, in clear; the caller has written the reading down."""
    kept: Mapping[str, Any] = key.open(bytes(one.sealed), where=TOLD, row=one.id)
    return ReferralTold(
        to=str(kept["to"]),
        items=tuple(
            ToldItem(
                title=str(item["title"]),
                rows=tuple((str(label), str(words)) for label, words in item["rows"]),
                has_document="document" in item,
            )
            for item in kept["items"]
        ),
        words=str(kept["words"]),
    )


def told_document(one: SentReferral, key: RecordKey, item: int) -> ToldDocument | None:
    """Return the document of the item with this place (from 0), or None; as `told`."""
    kept: Mapping[str, Any] = key.open(bytes(one.sealed), where=TOLD, row=one.id)
    items = kept["items"]
    document = items[item].get("document") if 0 <= item < len(items) else None
    if document is None:
        return None
    of_file = RecordKey.taken_over(LINE, UUID(document["file"]), document["key"])
    return ToldDocument(name=str(document["name"]), key=of_file)


def opened(one: SentReferral, key: RecordKey) -> OpenedSent:
    """Return a referral sent, in clear; the caller has written the reading down."""
    agreed = (
        str(key.open(bytes(one.sealed_consent), where=AGREED, row=one.id)["text"])
        if one.sealed_consent
        else ""
    )
    return OpenedSent(_rows([one])[0], told(one, key), agreed, answers(one, key))


def answers(one: SentReferral, key: RecordKey) -> tuple[Said, ...]:
    """Return what the receiver said, step by step."""
    if not one.sealed_answer:
        return ()
    kept = key.open(bytes(one.sealed_answer), where=ANSWERED, row=one.id)["said"]
    return tuple(
        Said(
            at=datetime.fromisoformat(each["at"]),
            state=SentState(each["state"]),
            name=str(each["name"]),
            words=str(each["words"]),
        )
        for each in kept
    )


def _rows(found: Iterable[SentReferral]) -> tuple[SentRow, ...]:
    kept = list(found)
    names = accounts.names_of({one.sent_by for one in kept})
    moment = now()
    rows = []
    for one in kept:
        to = receiver(one.receiver)
        rows.append(
            SentRow(
                id=one.id,
                case_id=one.case_id,
                reference=reference(one.case_id.hex),
                receiver=to,
                territory=to.territory(one.territory),
                way=Way(one.way),
                ground=to.ground(one.ground),
                consent_of=ConsentOf(one.consent_of) if one.consent_of else None,
                consent_how=ConsentHow(one.consent_how) if one.consent_how else None,
                consent_on=one.consent_on,
                state=SentState(one.state),
                refusal=Refusal(one.refusal) if one.refusal else None,
                sent_by=names.get(one.sent_by, ""),
                sent_at=one.sent_at,
                answered_at=one.answered_at,
                ended_at=one.ended_at,
                link_ends_at=one.link_ends_at,
                opened_count=one.opened_count,
                is_late=one.state == SentState.SENT
                and one.remind_at is not None
                and (one.remind_at <= moment or one.reminded_count > 0),
            )
        )
    return tuple(rows)


def _receiver_row(
    one: Receiver,
    territory: Territory | None,
    kept: Mapping[tuple[str, str], ReceiverContact],
) -> ReceiverRow:
    found = kept.get((one.code, territory.code if territory else ""))
    return ReceiverRow(
        receiver=one,
        territory=territory,
        who=found.who if found else "",
        email=found.email if found else "",
        phone=found.phone if found else "",
        checked_on=found.checked_on if found else None,
    )
