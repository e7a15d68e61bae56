"""How far a case is, for the bearer of its code: fingerprints, partners, and the removal."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from balise.foundation.actors import Actor
from balise.foundation.encryption.sealing import RecordKey, key_of_line
from balise.foundation.encryption.worded import Receipt
from balise.foundation.finding import find
from balise.hotline.laboratory import access
from balise.hotline.laboratory.models import ANSWER, LINE, Case, Dispute, Heard, Item, Partner
from balise.hotline.laboratory.queries.coded import opened, prints_of
from balise.hotline.laboratory.rules.prints import HASH_BYTES, CodeUnknown, hashes_of
from balise.hotline.laboratory.rules.standing import (
    WITHDRAWABLE,
    Band,
    CaseState,
    Ground,
    ItemKind,
    ItemState,
    Outcome,
    Said,
    Source,
    Word,
    joined,
)
from balise.hotline.matching.signals.rules.kinds import Turn
from balise.hotline.reports.queries import receipts
from balise.hotline.reports.rules.receipts import ReceiptUnknown
from balise.hotline.reports.rules.status import Status


@dataclass(frozen=True, slots=True)
class Print:
    """A fingerprint as the one mark shows it: kind, number among its kind, count, size, state.

    `confirmed` of the `told` partners said that they forgot it.
    """

    id: UUID
    kind: ItemKind
    number: int
    count: int
    seconds: int
    band: Band
    state: ItemState
    since: datetime | None
    told: int
    confirmed: int

    @property
    def size(self) -> int:
        """How many bytes of hashes it is."""
        return self.count * HASH_BYTES

    @property
    def can_leave(self) -> bool:
        """Whether it can still be withdrawn."""
        return self.state in WITHDRAWABLE


@dataclass(frozen=True, slots=True)
class Reached:
    """A partner and its last word on this case; None while it has said nothing."""

    name: str
    holds: bool
    said: Said | None
    count: int
    turn: Turn | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Question:
    """An open dispute: what is said of which fingerprint, and whether it was answered."""

    id: UUID
    print: Print
    ground: Ground
    is_answered: bool


@dataclass(frozen=True, slots=True)
class Tracked:
    """All that the bearer of a code is shown. A draft has `waiting` fingerprints on no list."""

    state: CaseState
    sent_at: datetime | None
    is_threat: bool
    waiting: int
    prints: tuple[Print, ...]
    partners: tuple[Reached, ...]
    questions: tuple[Question, ...]
    removals: tuple[Status, ...]

    @property
    def can_leave(self) -> int:
        """How many fingerprints can still be withdrawn."""
        return sum(one.can_leave for one in self.prints)


def tracked(receipt: Receipt) -> Tracked:
    """Return what a code opens. Raises CodeUnknown."""
    case, key = opened(receipt)
    items = list(case.items.all())
    heard = list(Heard.objects.filter(item__in=items))
    prints = prints_as_shown(items, heard)
    return Tracked(
        state=case.stands,
        sent_at=case.sent_at,
        is_threat=case.is_threat,
        waiting=_waiting(case, key) if case.stands is CaseState.DRAFT else 0,
        prints=prints,
        partners=_partners(case, heard),
        questions=_questions(case, prints),
        removals=_removals(receipt) if case.has_report else (),
    )


def _waiting(case: Case, key: RecordKey) -> int:
    return sum(map(hashes_of, prints_of(case, key)))


def partners() -> tuple[Reached, ...]:
    """Return the partners to which fingerprints go now; those that hold the list first."""
    return tuple(Reached(one.name, one.holds, None, 0, None, None) for one in Partner.objects.all())


def prints_as_shown(items: list[Item], heard: list[Heard]) -> tuple[Print, ...]:
    """Return items as the one mark shows them, numbered among their kind."""
    told: defaultdict[UUID, list[Heard]] = defaultdict(list)
    for one in heard:
        told[one.item_id].append(one)
    numbers: defaultdict[str, int] = defaultdict(int)
    shown = []
    for item in items:
        numbers[item.kind] += 1
        said = told[item.id]
        shown.append(
            Print(
                id=item.id,
                kind=ItemKind(item.kind),
                number=numbers[item.kind],
                count=item.count,
                seconds=item.seconds,
                band=Band(item.band),
                state=item.stands,
                since=item.ended_at or item.active_at,
                told=len(said),
                confirmed=sum(one.confirmed_at is not None for one in said),
            )
        )
    return tuple(shown)


def reached(heard: list[Heard]) -> tuple[Reached, ...]:
    """Return each partner with what it said of these items, and those that said nothing yet."""
    said: defaultdict[UUID, list[Heard]] = defaultdict(list)
    for one in heard:
        said[one.partner].append(one)
    known = {one.id: one for one in Partner.objects.all()}
    names = {partner: words[-1].name for partner, words in said.items()}
    names |= {partner: one.name for partner, one in known.items()}
    found = [
        _reached(name, known.get(partner), said.get(partner, [])) for partner, name in names.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.said is not Said.BLOCKED, one.name)))


def _reached(name: str, partner: Partner | None, words: list[Heard]) -> Reached:
    holds = partner.holds if partner is not None else True
    if not words:
        return Reached(name, holds, None, 0, None, None)
    word = joined([Word(Said(o.said), o.turn, o.count, o.at, o.blocked_at) for o in words])
    turn = Turn(word.turn) if word.turn is not None and word.blocked_at else None
    count = sum(one.count for one in words)
    return Reached(name, holds, word.said, count, turn, word.blocked_at or word.at)


def _partners(case: Case, heard: list[Heard]) -> tuple[Reached, ...]:
    """Return the partners of a case; of one that is over, those that said something of it."""
    is_over = case.stands is CaseState.ENDED
    return tuple(one for one in reached(heard) if one.said is not None or not is_over)


def _questions(case: Case, prints: tuple[Print, ...]) -> tuple[Question, ...]:
    by_id = {one.id: one for one in prints}
    found = Dispute.objects.filter(item__case=case, outcome="")
    return tuple(
        Question(one.id, by_id[one.item_id], Ground(one.ground), one.answered_at is not None)
        for one in found
    )


def _removals(receipt: Receipt) -> tuple[Status, ...]:
    try:
        return receipts.followed(receipt).standings
    except ReceiptUnknown:  # it was erased, as reports are
        return ()


def is_draft(receipt: Receipt) -> bool:
    """Return whether a code opens a case that was not sent yet; False for an unknown one."""
    try:
        return opened(receipt)[0].stands is CaseState.DRAFT
    except CodeUnknown:
        return False


# Cases and disputes for the team: kinds, counts, sizes and answers. There is no picture to see.


_MOST = 200


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in a list."""

    id: UUID
    state: CaseState
    sent_at: datetime | None
    is_threat: bool
    prints: int
    held: int
    first_blocked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Disputed:
    """A dispute, with what the bearer of the code answered, once they did."""

    id: UUID
    case: UUID
    print: Print
    ground: Ground
    source: Source
    opened_at: datetime
    answered_at: datetime | None
    answer: str
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A case as the team sees it."""

    row: CaseRow
    prints: tuple[Print, ...]
    partners: tuple[Reached, ...]
    disputes: tuple[Disputed, ...]


def open_disputes(*, seen_by: Actor) -> list[Disputed]:
    """Return the disputes to decide, those that were answered first."""
    access.require(seen_by, access.LOOK)
    found = Dispute.objects.filter(outcome="").select_related("item__case")[:_MOST]
    rows = [_disputed(one, prints_as_shown([one.item], [])[0], opens=False) for one in found]
    return sorted(rows, key=lambda one: (one.answered_at is None, one.opened_at))


def waiting(actor: Actor) -> int:
    """Return how many disputes wait for a decision."""
    return Dispute.objects.filter(outcome="").count() if actor.may(access.DECIDE) else 0


def latest(*, seen_by: Actor) -> list[CaseRow]:
    """Return the cases that were sent, the latest first. A draft is nobody's but its sender's."""
    access.require(seen_by, access.LOOK)
    found = Case.objects.exclude(state=CaseState.DRAFT).prefetch_related("items")
    return [_row(case) for case in found.order_by("-sent_at")[:_MOST]]


def case(case_id: UUID, *, seen_by: Actor) -> Shown:
    """Return one case. Raises NotHere, for a draft too."""
    access.require(seen_by, access.LOOK)
    one = find(Case.objects.exclude(state=CaseState.DRAFT), id=case_id)
    items = list(one.items.all())
    heard = list(Heard.objects.filter(item__in=items))
    prints = prints_as_shown(items, heard)
    by_id = {shown.id: shown for shown in prints}
    disputes = Dispute.objects.filter(item__case=one).select_related("item")
    may_open = seen_by.may(access.DECIDE)
    return Shown(
        row=_row(one),
        prints=prints,
        partners=reached(heard),
        disputes=tuple(_disputed(each, by_id[each.item_id], opens=may_open) for each in disputes),
    )


def _row(one: Case) -> CaseRow:
    items = list(one.items.all())
    return CaseRow(
        id=one.id,
        state=one.stands,
        sent_at=one.sent_at,
        is_threat=one.is_threat,
        prints=len(items),
        held=sum(item.stands is ItemState.HELD for item in items),
        first_blocked_at=one.first_blocked_at,
    )


def _disputed(one: Dispute, shown: Print, *, opens: bool) -> Disputed:
    return Disputed(
        id=one.id,
        case=one.item.case_id,
        print=shown,
        ground=Ground(one.ground),
        source=Source(one.source),
        opened_at=one.opened_at,
        answered_at=one.answered_at,
        answer=_answer(one) if opens and one.sealed else "",
        outcome=Outcome(one.outcome) if one.outcome else None,
    )


def _answer(one: Dispute) -> str:
    key = key_of_line(LINE, one.item.case_id)
    return str(key.open(one.sealed, where=ANSWER, row=one.id)["text"])
