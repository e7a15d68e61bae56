"""Who is planned, a week's rota with what it leaves open, and one's own week."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from balise.foundation.accounts import queries as accounts
from balise.foundation.actors import Actor
from balise.foundation.clock import now, today, zone
from balise.helpline.staffing import access
from balise.helpline.staffing.models import Contract, Rota, Shift
from balise.helpline.staffing.queries import history, members, planning
from balise.helpline.staffing.rules import rota as rules
from balise.helpline.staffing.rules.forecast import monday_of, week_of
from balise.helpline.staffing.rules.needs import HALF, HALVES
from balise.helpline.staffing.rules.rota import Gap, GapKind
from balise.helpline.staffing.rules.states import RotaState

_IN_THE_MAKING = (RotaState.ASKED, RotaState.DRAFT, RotaState.FAILED)


@dataclass(frozen=True, slots=True)
class Turn:
    """A shift as a page shows it."""

    id: UUID
    day: date
    begins: int
    ends: int
    break_at: int | None
    is_offered: bool
    account: str
    name: str = ""
    is_away: bool = False

    @property
    def given(self) -> dict[str, int]:
        """Return it as a form asks for it: from when, and for how many half hours."""
        return {"begins": self.begins, "halves": self.ends - self.begins}

    @property
    def words(self) -> str:
        return f"{history.words_of(self.begins)}–{history.words_of(self.ends)}"

    @property
    def break_words(self) -> str:
        return "" if self.break_at is None else history.words_of(self.break_at)


@dataclass(frozen=True, slots=True)
class Left:
    """One thing that a rota leaves open, with a day or a name to say it by."""

    gap: Gap
    day: date
    name: str

    @property
    def begins(self) -> str:
        return history.words_of(self.gap.begins)

    @property
    def ends(self) -> str:
        return history.words_of(self.gap.ends)

    @property
    def hours(self) -> float:
        return self.gap.many / 2


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One listener's week."""

    account: str
    name: str
    hours: float
    turns: tuple[tuple[date, Turn | None], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A week's rota: rows of listeners, what is covered by half hour of each day, what is open."""

    id: UUID
    monday: date
    state: RotaState
    is_best: bool
    published_at: datetime | None
    days: tuple[date, ...]
    rows: tuple[WeekRow, ...]
    covered: tuple[tuple[int, ...], ...]
    needed: tuple[tuple[int, ...], ...]
    halves: tuple[tuple[int, ...], ...]
    left: tuple[Left, ...]

    @property
    def short(self) -> int:
        return _short(self.covered, self.needed)

    @property
    def short_hours(self) -> float:
        return self.short / 2

    def of_kind(self, kind: GapKind) -> list[Left]:
        """Return what is open of one kind."""
        return [each for each in self.left if each.gap.kind is kind]


@dataclass(frozen=True, slots=True)
class Place:
    """Someone's day in a rota: their shift, if any, and the half hours that are open."""

    name: str
    monday: date
    turn: Turn | None
    halves: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OwnWeek:
    """One's own week: shifts, and what colleagues offer."""

    monday: date
    is_published: bool
    turns: tuple[Turn, ...]
    offered: tuple[Turn, ...]
    hours: float


def sheet(monday: date, *, seen_by: Actor) -> tuple[Sheet | None, Sheet | None]:
    """Return a week's rota in force, and the one in the making."""
    access.require(seen_by, access.PLAN)
    found = Rota.objects.filter(monday=monday_of(monday))
    in_force = found.filter(state=RotaState.PUBLISHED).first()
    making = found.filter(state__in=_IN_THE_MAKING).first()
    return (_sheet(in_force) if in_force else None, _sheet(making) if making else None)


def place(rota_id: UUID, account: UUID, day: date, *, seen_by: Actor) -> Place | None:
    """Return someone's day in a rota; None without a contract, or for a day of another week."""
    access.require(seen_by, access.PLAN)
    one = Rota.objects.filter(id=rota_id, state__in=(RotaState.DRAFT, RotaState.PUBLISHED)).first()
    key = str(account)
    if one is None or day not in week_of(one.monday):
        return None
    if not Contract.objects.filter(account=key).exists():
        return None
    names = accounts.names_of({key})
    shift = one.shifts.filter(account=key, day=day).first()
    needs = one.needs[(day - one.monday).days]
    return Place(
        name=names.get(key, ""),
        monday=one.monday,
        turn=_turn(shift, names) if shift else None,
        halves=tuple(half for half, need in enumerate(needs) if need is not None),
    )


def own_week(monday: date, *, seen_by: Actor) -> OwnWeek:
    """Return one's own shifts of a week, once it is published; nobody else's but those offered."""
    access.require(seen_by, access.OWN)
    monday = monday_of(monday)
    one = Rota.objects.filter(monday=monday, state=RotaState.PUBLISHED).first()
    mine: Sequence[Shift] = ()
    offered: Sequence[Shift] = ()
    if one is not None:
        every = one.shifts.order_by("day", "begins")
        mine = [shift for shift in every if shift.account == seen_by.key]
        offered = [
            shift
            for shift in every
            if shift.is_offered and shift.account != seen_by.key and shift.day >= today()
        ]
    names = accounts.names_of({shift.account for shift in offered})
    plan, away = history.plan(), members.absences(monday)
    worked = sum(len(members.rule_shift(shift, monday).worked(plan)) for shift in mine)
    return OwnWeek(
        monday=monday,
        is_published=one is not None,
        turns=tuple(_turn(shift, names, is_away=_is_away(shift, monday, away)) for shift in mine),
        offered=tuple(_turn(shift, names) for shift in offered),
        hours=worked / 2,
    )


def planned_now() -> int | None:
    """Return how many are planned to be there now, a number; None where no rota is in force."""
    local = now().astimezone(zone())
    counts = planned_on(local.date())
    return None if counts is None else counts[(local.hour * 60 + local.minute) // HALF]


def planned_on(day: date) -> list[int] | None:
    """Return how many are planned in each half hour of a day; None where no rota is in force."""
    one = Rota.objects.filter(monday=monday_of(day), state=RotaState.PUBLISHED).first()
    if one is None:
        return None
    plan, there = history.plan(), [0] * HALVES
    shifts = list(one.shifts.filter(day=day))
    away = members.away_on(day, of={shift.account for shift in shifts})
    for shift in shifts:
        if shift.account in away:
            continue
        for half in members.rule_shift(shift, one.monday).worked(plan):
            there[half] += 1
    return there


def turns_on(day: date) -> dict[str, Turn]:
    """Return each account's shift of a day in the rota in force; for whom has asked already."""
    found = Shift.objects.filter(day=day, rota__state=RotaState.PUBLISHED)
    return {shift.account: _turn(shift, {}) for shift in found}


def own_planned_on(day: date, *, seen_by: Actor) -> set[int]:
    """Return the half hours of a day in which one is planned to be there."""
    access.require(seen_by, access.OWN)
    found = Shift.objects.filter(account=seen_by.key, day=day, rota__state=RotaState.PUBLISHED)
    if members.away_on(day, of={seen_by.key}):
        return set()
    plan, monday = history.plan(), monday_of(day)
    return {half for shift in found for half in members.rule_shift(shift, monday).worked(plan)}


def needs_of(monday: date) -> list[list[int | None]]:
    """Return how many to plan by half hour for each day of a week; None where it is closed."""
    week = planning.forecast_week(monday)
    needs: list[list[int | None]] = []
    for day in week.days:
        halves: list[int | None] = [None] * HALVES
        for half in day.halves:
            halves[half.half] = half.planned
        needs.append(halves)
    return needs


def shifts_in(one: Rota) -> list[rules.Shift]:
    """Return a rota's shifts as the rules read them."""
    return [members.rule_shift(shift, one.monday) for shift in one.shifts.all()]


def short_of(one: Rota) -> int:
    """Return how many half hours of seats a rota is short of."""
    there, _skilled = rules.covered(shifts_in(one), members.members_in(one), history.plan())
    return _short(there, [[need or 0 for need in day] for day in one.needs])


def problem_of(rota_id: UUID, *, seconds: float) -> dict[str, Any] | None:
    """Return what the solver is asked; None where nobody waits for it any more."""
    one = Rota.objects.filter(id=rota_id, state=RotaState.ASKED).first()
    if one is None:
        return None
    known = members.members_in(one)
    return rules.asked_of_solver(known, one.needs, history.plan(), seconds=seconds)


def is_waited_for(rota_id: UUID) -> bool:
    """Return whether a rota still waits for its shifts."""
    return Rota.objects.filter(id=rota_id, state=RotaState.ASKED).exists()


def _short(there: Sequence[Sequence[int]], needed: Sequence[Sequence[int]]) -> int:
    return sum(
        max(need - have, 0)
        for haves, needs in zip(there, needed, strict=True)
        for have, need in zip(haves, needs, strict=True)
    )


def _sheet(one: Rota) -> Sheet:
    days = week_of(one.monday)
    known = members.members_in(one)
    shifts = list(one.shifts.all())
    plan = history.plan()
    as_rules = [members.rule_shift(shift, one.monday) for shift in shifts]
    away = members.away_in(one)
    there, _skilled = rules.covered(rules.worked(as_rules, away), known, plan)
    names = accounts.names_of(
        {member.key for member in known} | {shift.account for shift in shifts}
    )
    of_day = {
        (shift.account, shift.day): _turn(shift, names, is_away=_is_away(shift, one.monday, away))
        for shift in shifts
    }
    rows = [
        WeekRow(
            account=key,
            name=names.get(key, ""),
            hours=sum(len(each.worked(plan)) for each in as_rules if each.key == key) / 2,
            turns=tuple((day, of_day.get((key, day))) for day in days),
        )
        for key in sorted(
            {member.key for member in known} | {shift.account for shift in shifts},
            key=lambda key: (names.get(key, ""), key),
        )
    ]
    is_shown = RotaState(one.state) in {RotaState.DRAFT, RotaState.PUBLISHED}
    gaps = rules.gaps(as_rules, known, one.needs, plan, away=away) if is_shown else []
    return Sheet(
        id=one.id,
        monday=one.monday,
        state=RotaState(one.state),
        is_best=one.is_best,
        published_at=one.published_at,
        days=days,
        rows=tuple(rows),
        covered=tuple(tuple(day) for day in there),
        needed=tuple(tuple(need or 0 for need in day) for day in one.needs),
        halves=tuple(
            tuple(half for half, need in enumerate(day) if need is not None) for day in one.needs
        ),
        left=tuple(
            Left(gap, one.monday + timedelta(days=gap.day), names.get(gap.key, "")) for gap in gaps
        ),
    )


def _is_away(shift: Shift, monday: date, away: rules.Away) -> bool:
    return (shift.day - monday).days in away.get(shift.account, ())


def _turn(shift: Shift, names: Mapping[str, str], *, is_away: bool = False) -> Turn:
    return Turn(
        id=shift.id,
        day=shift.day,
        begins=shift.begins,
        ends=shift.ends,
        break_at=shift.break_at,
        is_offered=shift.is_offered,
        account=shift.account,
        name=names.get(shift.account, ""),
        is_away=is_away,
    )
