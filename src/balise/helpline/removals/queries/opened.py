"""One request, with all that is sealed of it in clear."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from balise.foundation.accounts import queries as accounts
from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import key_of_line
from balise.helpline.removals import access
from balise.helpline.removals.models import LINE, SAID, TOLD, Item, Request, Word
from balise.helpline.removals.queries.desk import (
    ItemTold,
    Platform,
    clock_of,
    next_of,
    platform,
    steps_open,
    told_of,
)
from balise.helpline.removals.rules.next_steps import LETTERS, PROMISES, STEPS, TARGETS, Next
from balise.helpline.removals.rules.requests import (
    ConsentBy,
    ContentType,
    ItemKind,
    Part,
    missing,
    score,
)
from balise.helpline.removals.rules.states import WAITING, RemovalState, Step
from balise.takedown.directory import queries as directory
from balise.takedown.directory.rules.contacts import ContactKind
from balise.takedown.law.rules import Facts
from balise.takedown.notices import queries as notices
from balise.takedown.notices.queries.values import NoticeRow, rows
from balise.takedown.notices.rules.clocks import Urgency
from balise.takedown.notices.rules.ladder import Step as Rise
from balise.takedown.notices.rules.outcomes import Outcome
from balise.takedown.notices.rules.states import WAITING as AT_PLATFORM, begins_at

# What the worker looks for, and what a conversation's page asks.


# The notices of an item: those of this round, and the one that stands for it.


def of_round(item: Item, *, seen_by: Actor) -> list[NoticeRow]:
    """Return the notices of this round, one for each way that was tried; the latest first."""
    since = item.round_at
    if since is None:
        return []
    found = notices.about(line=LINE, subject=item.id, seen_by=seen_by)
    return [one for one in found if one.drafted_at >= since]


def at_platform(item: Item, *, seen_by: Actor) -> list[NoticeRow]:
    """Return the notices of this round that a platform has, and can act on; the latest first.

    Whatever was drafted for a second way, and never left, is none.
    """
    return [one for one in of_round(item, seen_by=seen_by) if one.stands in AT_PLATFORM]


def unsent(item: Item) -> NoticeRow | None:
    """Return the notice of an item on its way, or that waits, if it has yet to leave."""
    if item.stands is not RemovalState.SENDING and item.stands not in WAITING:
        return None
    found = by_notice(item.notice)
    return found if found is not None and begins_at("send", found.stands) else None


def by_notice(notice_id: UUID | None) -> NoticeRow | None:
    """Return one of the helpline's notices, or None: there is none, or it is no notice of ours."""
    found = rows([notice_id]).get(notice_id) if notice_id is not None else None
    return found if found is not None and found.line == LINE else None


def answers_to_read(*, seen_by: Actor) -> int:
    """Return how many answers of platforms wait for a person to say what they mean."""
    return len(notices.answers_that_wait(seen_by=seen_by))


_MOST = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """Where a platform's API is asked, under the platform's own number for a notice."""

    address: str
    number: str
    notice: UUID


def ticket_of(item_id: UUID) -> Asked | None:
    """Return where to ask about an item, or None where there is nothing to ask any more.

    That is where its number was given, whatever way was tried since.
    """
    item = Item.objects.filter(id=item_id, state__in=sorted(WAITING)).exclude(ticket="").first()
    notice = by_notice(item.ticket_notice) if item is not None else None
    if item is None or notice is None or notice.stands not in AT_PLATFORM:
        return None
    contact = directory.contact(notice.contact)
    if contact is None or contact.contact_kind is not ContactKind.API or not contact.is_open:
        return None
    return Asked(contact.address, item.ticket, notice.id)


def answer_to_tell(item_id: UUID, word_id: UUID) -> tuple[Asked, str] | None:
    """Return where our answer goes and what it says, or None: it went by mail, or is forgotten."""
    asked = ticket_of(item_id)
    word = Word.objects.select_related("item").filter(id=word_id, item=item_id).first()
    if asked is None or word is None:
        return None
    key = key_of_line(LINE, word.item.request_id)
    return asked, str(key.open(word.sealed, where=SAID, row=word.id)["text"])


def with_ticket() -> list[UUID]:
    """Return the items whose platform can be asked for their state, by its own number."""
    found = Item.objects.filter(state__in=sorted(WAITING)).exclude(ticket="")
    return list(found.order_by("round_at").values_list("id", flat=True)[:_MOST])


def left_behind() -> list[UUID]:
    """Return the items that wait to be told to an API: the worker may have stopped on the way."""
    found = Item.objects.filter(state=RemovalState.SENDING, way_kind=ContactKind.API)
    return list(found.values_list("id", flat=True)[:_MOST])


def requests_of(contact_id: UUID, *, seen_by: Actor) -> list[tuple[UUID, datetime]]:
    """Return (request, when) of those that began in a contact, the latest first."""
    access.require(seen_by, access.READ)
    found = Request.objects.filter(contact=contact_id).order_by("-asked_at")
    return list(found.values_list("id", "asked_at"))


def items_of(request_id: UUID) -> list[UUID]:
    """Return the items of a request, in order."""
    found = Item.objects.filter(request=request_id).order_by("number")
    return list(found.values_list("id", flat=True))


def request_of(item_id: UUID) -> UUID | None:
    """Return which request an item belongs to, or None: it is not there."""
    return Item.objects.filter(id=item_id).values_list("request", flat=True).first()


@dataclass(frozen=True, slots=True)
class Said:
    """What a platform said, or we to it."""

    is_ours: bool
    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemShown:
    """An item as its page shows it. `left` are seconds until its target, negative beyond."""

    id: UUID
    number: int
    kind: ItemKind
    content_type: ContentType
    offence: str
    days: Facts
    is_sensitive: bool
    told: ItemTold
    score: int
    missing: tuple[Part, ...]
    state: RemovalState
    decision: Outcome | None
    next: Next
    may_see_gone: bool
    may_hear: bool
    may_close: bool
    needs_second: bool
    written_by: str
    approved_by: str
    written_name: str
    approved_name: str
    way: UUID | None
    is_by_hand: bool
    waits_for_hand: bool
    notice: UUID | None
    ticket: str
    failure: str
    sent_at: datetime | None
    decided_at: datetime | None
    gone_at: datetime | None
    ran_s: int | None
    left_s: int | None
    stands_still: bool
    open: tuple[Rise, ...]
    climbed: Rise | None
    letters: tuple[Rise, ...]
    back_count: int
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A request: who agreed and when, what is asked of whom."""

    id: UUID
    platform: Platform | None
    contact: UUID | None
    conversation: UUID | None
    consent: ConsentBy
    agreed_at: datetime
    urgency: Urgency
    asked_by: str
    asked_name: str
    asked_at: datetime
    closed_at: datetime | None
    words: str
    items: tuple[ItemShown, ...]

    @property
    def promise(self) -> str:
        """How soon it must be gone, in words."""
        return str(PROMISES[self.urgency])


def opened(request: Request) -> Opened:
    """Return a request in clear. The caller has logged who reads it."""
    key = key_of_line(LINE, request.id)
    items = list(request.items.prefetch_related("said"))
    for item in items:
        item.request = request
    accounts_met = {request.asked_by}
    accounts_met |= {one for item in items for one in (item.written_by, item.approved_by)}
    names = accounts.names_of({one for one in accounts_met if one})
    at = now()
    shown = []
    for item in items:
        told = told_of(item, key)
        clock, target = clock_of(item), TARGETS[request.how_urgent]
        # What came back has no clock until it is asked for again.
        until = (
            None if item.stands is RemovalState.REAPPEARED else item.gone_at or item.ended_at or at
        )
        ran = clock.has_run(until) if clock is not None and until is not None else None
        has = {"url": told.url, "handle": told.handle, "kind": told.kind, "words": told.words}
        shown.append(
            ItemShown(
                id=item.id,
                number=item.number,
                kind=told.kind,
                content_type=ContentType(item.content_type),
                offence=item.offence,
                days=item.days,
                is_sensitive=item.is_sensitive,
                told=told,
                score=score(**has),  # type: ignore[arg-type]
                missing=missing(**has),  # type: ignore[arg-type]
                state=item.stands,
                decision=item.decided_as,
                next=next_of(item),
                may_see_gone=item.may(Step.SEE_GONE),
                may_hear=item.may(Step.DECIDE),
                may_close=item.may(Step.CLOSE),
                needs_second=item.needs_second,
                written_by=item.written_by,
                approved_by=item.approved_by,
                written_name=names.get(item.written_by, ""),
                approved_name=names.get(item.approved_by, ""),
                way=item.way,
                is_by_hand=item.is_by_hand,
                waits_for_hand=item.is_by_hand and unsent(item) is not None,
                notice=item.notice,
                ticket=item.ticket,
                failure=item.failure,
                sent_at=clock.starts_at if clock is not None else None,
                decided_at=item.decided_at,
                gone_at=item.gone_at,
                ran_s=None if ran is None else int(ran.total_seconds()),
                left_s=None if ran is None else int((target - ran).total_seconds()),
                stands_still=item.stands is RemovalState.INFO_REQUESTED,
                open=steps_open(item),
                climbed=STEPS[item.climbed] if item.climbed is not None else None,
                letters=tuple(STEPS[rung] for rung in STEPS if rung in item.rungs_taken & LETTERS),
                back_count=item.back_count,
                said=tuple(
                    Said(
                        word.is_ours,
                        word.at,
                        str(key.open(word.sealed, where=SAID, row=word.id)["text"]),
                    )
                    for word in item.said.all()
                ),
            )
        )
    return Opened(
        id=request.id,
        platform=platform(request.platform),
        contact=request.contact,
        conversation=request.conversation,
        consent=ConsentBy(request.consent),
        agreed_at=request.agreed_at,
        urgency=request.how_urgent,
        asked_by=request.asked_by,
        asked_name=names.get(request.asked_by, ""),
        asked_at=request.asked_at,
        closed_at=request.closed_at,
        words=str(key.open(request.sealed, where=TOLD, row=request.id)["words"]),
        items=tuple(shown),
    )
