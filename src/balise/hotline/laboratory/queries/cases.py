"""Cases and disputes for the team: kinds, counts, sizes and answers. There is no picture to see."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from balise.foundation.actors import Actor
from balise.foundation.encryption.sealing import key_of_line
from balise.foundation.finding import find
from balise.hotline.laboratory import access
from balise.hotline.laboratory.models import ANSWER, LINE, Case, Dispute, Heard
from balise.hotline.laboratory.queries.tracking import (
    Print,
    Reached,
    prints_as_shown,
    reached,
)
from balise.hotline.laboratory.rules.words import CaseState, Ground, ItemState, Outcome, Source

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
