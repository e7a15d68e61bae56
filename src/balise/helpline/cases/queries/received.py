"""Referrals received that wait, without a word of what people said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from balise.foundation.accounts import queries as accounts
from balise.foundation.actors import Actor
from balise.foundation.finding import find
from balise.helpline.cases import access
from balise.helpline.cases.models import Referral
from balise.helpline.cases.rules.received import AgeBand, Outcome, ReferralState

PAGE = 50


class Which(StrEnum):
    """The piles of referrals: those that a listener looks at, and what the others have."""

    WAITING = "waiting"
    MINE = "mine"
    OTHERS = "others"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """One referral: codes and moments only."""

    id: UUID
    origin_line: str
    age_band: AgeBand | None
    is_child: bool
    state: ReferralState
    received_at: datetime
    taken_by: str
    taken_name: str
    taken_at: datetime | None
    is_mine: bool
    closed_at: datetime | None
    outcome: Outcome | None
    case_id: UUID | None


@dataclass(frozen=True, slots=True)
class Pile:
    """The first PAGE referrals of a pile, and how many there are."""

    rows: tuple[ReferralRow, ...]
    count: int

    @property
    def hidden_count(self) -> int:
        """Return how many are not shown yet."""
        return self.count - len(self.rows)


def pile(which: Which, *, seen_by: Actor) -> Pile:
    """Return a pile: children first, the oldest first; among the closed, the latest first.

    What others have taken is for people who may release it, because a colleague may have left or be
    ill; first taken, first listed.
    """
    access.require(seen_by, access.GIVE_BACK_OTHERS if which is Which.OTHERS else access.READ)
    found = Referral.objects.filter(state=ReferralState.WAITING)
    order: tuple[str, ...] = ("-is_child", "received_at", "id")
    if which is Which.MINE:
        found = Referral.objects.filter(state=ReferralState.TAKEN, taken_by=seen_by.key)
    elif which is Which.OTHERS:
        found = Referral.objects.filter(state=ReferralState.TAKEN).exclude(taken_by=seen_by.key)
        order = ("taken_at", "id")
    elif which is Which.CLOSED:
        found = Referral.objects.filter(state=ReferralState.CLOSED, taken_by=seen_by.key)
        order = ("-closed_at", "id")
    rows = list(found.defer("sealed", "sealed_note").order_by(*order)[:PAGE])
    names = accounts.names_of({one.taken_by for one in rows if one.taken_by})
    return Pile(tuple(_row(one, names, seen_by) for one in rows), found.count())


def referral(referral_id: UUID, *, seen_by: Actor) -> ReferralRow:
    """Return one referral as a pile shows it. Raises NotHere."""
    access.require(seen_by, access.READ)
    found = find(Referral.objects.defer("sealed", "sealed_note"), id=referral_id)
    return _row(found, accounts.names_of({found.taken_by} - {""}), seen_by)


def _row(one: Referral, names: Mapping[str, str], seen_by: Actor) -> ReferralRow:
    return ReferralRow(
        id=one.id,
        origin_line=one.origin_line,
        age_band=AgeBand(one.age_band) if one.age_band else None,
        is_child=one.is_child,
        state=ReferralState(one.state),
        received_at=one.received_at,
        taken_by=one.taken_by,
        taken_name=names.get(one.taken_by, ""),
        taken_at=one.taken_at,
        is_mine=bool(one.taken_by) and one.taken_by == seen_by.key,
        closed_at=one.closed_at,
        outcome=Outcome(one.outcome) if one.outcome else None,
        case_id=one.case_id,
    )
