"""A week's shifts: what they must keep, what they leave open, and the words for it.

Times are half hours of a day from 00:00, days count from Monday. Rest is set by the country's pack;
in France 11 hours between two days (code du travail, L3131-1) and 35 together each week (L3132-2).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from balise.foundation.refusals import Refused
from balise.helpline.queue.rules import Skill
from balise.helpline.staffing.rules.needs import HALVES, Work
from balise.helpline.staffing.rules.solver import DAY, DAYS, is_unliked

MOST_WEEK_HOURS = 48  # code du travail, L3121-20
_SUNDAY = 6

type Needs = Sequence[Sequence[int | None]]  # of each day's half hours; None is closed
type Away = Mapping[str, Collection[int]]  # the days of a week on which someone is away


class Wish(TextChoices):
    """At which time of the day someone would rather work."""

    ANY = "any", _("Any time")
    EARLY = "early", _("Mornings")
    LATE = "late", _("Afternoons and evenings")


class Breach(TextChoices):
    """What a rota may not do."""

    AWAY = "away", _("works on a day off")
    TWICE = "twice", _("works twice on a day")
    SHIFT = "shift", _("has a shift that is too long or too short")
    BREAK = "break", _("has no break where one is due")
    CLOSED = "closed", _("works while the helpline is closed")
    HOURS = "hours", _("works more than their contract says")
    DAYS = "days", _("works too many days")
    DAILY_REST = "daily-rest", _("has too short a night between two days")
    WEEKLY_REST = "weekly-rest", _("has no weekly rest")


class GapKind(TextChoices):
    """What a rota leaves open."""

    AWAY = "away", _("Someone is absent on a planned day")
    SEATS = "seats", _("Positions missing")
    PROFESSION = "profession", _("A profession is missing")
    HOURS = "hours", _("Contract hours are left")
    WISH = "wish", _("A wish is not met")


class RotaWrong(Refused, code="rota-wrong"):
    """A rota that breaks a rule is not published."""


@dataclass(frozen=True, slots=True)
class Member:
    """Someone who is planned: what they can do, half hours a week, wish, days they are away.

    `monday_from` is the first half hour at which they may begin on Monday, after the week before;
    `next_begins` how many half hours after this week the next one begins for them, None if nobody
    knows yet.
    """

    key: str
    skills: frozenset[Skill]
    halves: int
    wish: Wish = Wish.ANY
    away: frozenset[int] = frozenset()
    monday_from: int = 0
    next_begins: int | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """Someone's work on one day; `break_at` is None without a break."""

    key: str
    day: int
    begins: int
    ends: int
    break_at: int | None

    def worked(self, rules: Work) -> list[int]:
        """Return the half hours in which they are there, the break left out."""
        if self.break_at is None:
            return list(range(self.begins, self.ends))
        pause = range(self.break_at, self.break_at + rules.break_halves)
        return [half for half in range(self.begins, self.ends) if half not in pause]


def by_hand(key: str, *, day: int, begins: int, ends: int, rules: Work) -> Shift:
    """Return the shift of someone who was put there by hand: its break is in the middle."""
    halves = ends - begins
    middle = begins + (halves - rules.break_halves) // 2
    return Shift(key, day, begins, ends, middle if rules.has_break(halves) else None)


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that a rota leaves open: how many seats, or half hours of a contract.

    Of a day's stretch (seats, profession), of a member (hours, wish), or of both (away).
    """

    kind: GapKind
    many: int = 0
    day: int = 0
    begins: int = 0
    ends: int = 0
    skill: Skill | None = None
    key: str = ""


def breaches(
    shifts: Iterable[Shift], members: Sequence[Member], needs: Needs, rules: Work
) -> list[tuple[str, Breach]]:
    """Return who has what a rota may not do, each once."""
    known = {member.key: member for member in members}
    of_member: dict[str, list[Shift]] = defaultdict(list)
    for shift in shifts:
        of_member[shift.key].append(shift)
    found: list[tuple[str, Breach]] = []
    for key, some in of_member.items():
        ordered = sorted(some, key=lambda each: (each.day, each.begins))
        member = known.get(key)
        reasons = [Breach.AWAY] if member is None else _breaches_of(member, ordered, needs, rules)
        found += [(key, reason) for reason in dict.fromkeys(reasons)]
    return found


def gaps(
    shifts: Sequence[Shift],
    members: Sequence[Member],
    needs: Needs,
    rules: Work,
    *,
    away: Away | None = None,
) -> list[Gap]:
    """Return what is left open: who is away, then stretch by stretch, then member by member.

    A shift of a day on which its person is `away` fills no seat.
    """
    away = away or {}
    there, skilled = covered(worked(shifts, away), members, rules)
    skills = sorted({skill for member in members for skill in member.skills})
    gone = [shift for shift in shifts if shift.day in away.get(shift.key, ())]
    found = [
        Gap(GapKind.AWAY, day=one.day, begins=one.begins, ends=one.ends, key=one.key)
        for one in sorted(gone, key=lambda each: (each.day, each.begins, each.key))
    ]
    for day in range(DAYS):
        missing = [(need or 0) - there[day][half] for half, need in enumerate(needs[day])]
        found += [
            Gap(GapKind.SEATS, many=max(missing[first:last]), day=day, begins=first, ends=last)
            for first, last in _stretches([each > 0 for each in missing])
        ]
        for skill in skills:
            lacks = [
                (need or 0) >= len(skills) and not skilled[day][half][skill]
                for half, need in enumerate(needs[day])
            ]
            found += [
                Gap(GapKind.PROFESSION, day=day, begins=first, ends=last, skill=skill)
                for first, last in _stretches(lacks)
            ]
    return [*found, *_gaps_of_members(shifts, members, rules)]


def worked(shifts: Iterable[Shift], away: Away) -> list[Shift]:
    """Return the shifts whose people are there: not away on that day."""
    return [shift for shift in shifts if shift.day not in away.get(shift.key, ())]


def covered(
    shifts: Iterable[Shift], members: Sequence[Member], rules: Work
) -> tuple[list[list[int]], list[list[dict[Skill, int]]]]:
    """Return how many are there in each half hour of each day, and how many of each profession."""
    can = {member.key: member.skills for member in members}
    there = [[0] * HALVES for _day in range(DAYS)]
    skilled: list[list[dict[Skill, int]]] = [
        [defaultdict(int) for _half in range(HALVES)] for _day in range(DAYS)
    ]
    for shift in shifts:
        for half in shift.worked(rules):
            there[shift.day][half] += 1
            for skill in can.get(shift.key, ()):
                skilled[shift.day][half][skill] += 1
    return there, skilled


def monday_from(before: Iterable[Shift], rules: Work) -> int:
    """Return the first half hour of a Monday after the week before: a night, or a week's rest."""
    last = max(before, key=lambda shift: (shift.day, shift.ends), default=None)
    if last is None:
        return 0
    return max(last.ends + _rest_after(last, rules) - (DAYS - last.day) * DAY, 0)


def next_begins(after: Iterable[Shift]) -> int | None:
    """Return how many half hours after a week the next one begins; None where it has no shift."""
    return min((shift.day * DAY + shift.begins for shift in after), default=None)


def asked_of_solver(
    members: Sequence[Member], needs: Needs, rules: Work, *, seconds: float
) -> dict[str, Any]:
    """Return the problem as the solver reads it: no name, no account."""
    return {
        "seconds": seconds,
        "needs": [list(day) for day in needs],
        "rules": {
            "shift_halves": list(rules.shift_halves),
            "break_halves": rules.break_halves,
            "break_from_halves": rules.break_from_halves,
            "between_days_halves": rules.between_days_halves,
            "weekly_halves": rules.weekly_halves,
            "days_a_week": rules.days_a_week,
        },
        "members": [
            {
                "skills": sorted(member.skills),
                "halves": member.halves,
                "wish": member.wish.value,
                "away": sorted(member.away),
                "monday_from": member.monday_from,
                "next_begins": member.next_begins,
            }
            for member in members
        ],
    }


def read_answer(answer: Mapping[str, Any], members: Sequence[Member]) -> list[Shift]:
    """Return the shifts of a solver's answer."""
    return [
        Shift(members[place].key, day, begins, ends, None if break_at < 0 else break_at)
        for place, day, begins, ends, break_at in answer["shifts"]
    ]


def _breaches_of(
    member: Member, shifts: Sequence[Shift], needs: Needs, rules: Work
) -> list[Breach]:
    found = [reason for shift in shifts for reason in _breaches_in(shift, needs, rules)]
    if any(shift.day in member.away for shift in shifts):
        found.append(Breach.AWAY)
    if sum(len(shift.worked(rules)) for shift in shifts) > member.halves:
        found.append(Breach.HOURS)
    days = [shift.day for shift in shifts]
    if len(set(days)) < len(days):
        found.append(Breach.TWICE)
    if len(set(days)) > rules.days_a_week:
        found.append(Breach.DAYS)
    nights = [
        later.begins + (later.day - shift.day) * DAY - shift.ends
        for shift, later in pairwise(shifts)
    ]
    first = [shift.begins for shift in shifts[:1] if shift.day == 0]
    if any(night < rules.between_days_halves for night in nights) or any(
        begins < member.monday_from for begins in first
    ):
        found.append(Breach.DAILY_REST)
    if not _rests(shifts, nights, rules):
        found.append(Breach.WEEKLY_REST)
    if not _rests_before_next(shifts[-1], member, rules):
        is_night = shifts[-1].day == _SUNDAY
        found.append(Breach.DAILY_REST if is_night else Breach.WEEKLY_REST)
    return found


def _breaches_in(shift: Shift, needs: Needs, rules: Work) -> list[Breach]:
    found = []
    halves = shift.ends - shift.begins
    has_break = shift.break_at is not None and shift.begins < shift.break_at < shift.ends
    if halves not in rules.shift_halves or rules.worked(halves) > rules.longest_work_halves:
        found.append(Breach.SHIFT)
    if rules.has_break(halves) and not has_break:
        found.append(Breach.BREAK)
    if shift.ends > HALVES or any(
        needs[shift.day][half] is None for half in range(shift.begins, shift.ends)
    ):
        found.append(Breach.CLOSED)
    return found


def _rests(shifts: Sequence[Shift], nights: Sequence[int], rules: Work) -> bool:
    """Return whether 35 hours are together; at the ends of the week a free day does.

    A free Monday follows the rest that `monday_from` kept; a free Sunday is followed by that of the
    next week.
    """
    days = {shift.day for shift in shifts}
    if not days or 0 not in days or _SUNDAY not in days:
        return True
    return any(night >= rules.weekly_halves for night in nights)


def _rest_after(last: Shift, rules: Work) -> int:
    """Return what follows a week's last shift: a night, or from a free Sunday a week's rest."""
    return rules.between_days_halves if last.day == _SUNDAY else rules.weekly_halves


def _rests_before_next(last: Shift, member: Member, rules: Work) -> bool:
    """Return whether someone rests between a week and the next, as far as that is known."""
    if member.next_begins is None:
        return True
    rest = (DAYS - last.day) * DAY - last.ends + member.next_begins
    return rest >= _rest_after(last, rules)


def _stretches(flags: Sequence[bool]) -> list[tuple[int, int]]:
    """Return where something holds without a pause, as (first, one after the last)."""
    found: list[tuple[int, int]] = []
    for place, flag in enumerate(flags):
        if flag and found and found[-1][1] == place:
            found[-1] = (found[-1][0], place + 1)
        elif flag:
            found.append((place, place + 1))
    return found


def _gaps_of_members(shifts: Sequence[Shift], members: Sequence[Member], rules: Work) -> list[Gap]:
    found = []
    for member in members:
        own = [shift for shift in shifts if shift.key == member.key]
        left = member.halves - sum(len(shift.worked(rules)) for shift in own)
        if left > 0:
            found.append(Gap(GapKind.HOURS, many=left, key=member.key))
        unliked = sum(is_unliked(member.wish, shift.begins, shift.ends) for shift in own)
        if unliked:
            found.append(Gap(GapKind.WISH, many=unliked, key=member.key))
    return found
