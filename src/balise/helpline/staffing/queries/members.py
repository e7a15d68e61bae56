"""Who can be planned in a week, by what is known of them now, and who is away."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from balise.foundation.accounts import queries as accounts
from balise.foundation.clock import today
from balise.helpline.queue.rules import Skill
from balise.helpline.staffing import access
from balise.helpline.staffing.models import Absence, Contract, Rota, Shift
from balise.helpline.staffing.queries import history
from balise.helpline.staffing.rules import rota as rules
from balise.helpline.staffing.rules.forecast import week_of
from balise.helpline.staffing.rules.rota import Member, Wish
from balise.helpline.staffing.rules.states import RotaState


def members_of(monday: date) -> list[Member]:
    """Return who can be planned in a week, with what is known of them now."""
    may = {str(account) for account in accounts.holders_of(access.OWN)}
    last_week = _in_force(monday - timedelta(weeks=1))
    next_week = _in_force(monday + timedelta(weeks=1))
    away = absences(monday)
    plan = history.plan()
    return [
        Member(
            key=one.account,
            skills=one.can,
            halves=one.halves,
            wish=Wish(one.wish),
            away=frozenset(away.get(one.account, ())),
            monday_from=rules.monday_from(last_week.get(one.account, ()), plan),
            next_begins=rules.next_begins(next_week.get(one.account, ())),
        )
        for one in Contract.objects.filter(halves__gt=0, account__in=may).order_by("account")
    ]


def members_in(one: Rota) -> list[Member]:
    """Return the members as they were when the rota was asked for."""
    return [_member(each) for each in one.members]


def plain(member: Member) -> dict[str, Any]:
    """Return a member as the rota keeps it."""
    return {
        "key": member.key,
        "skills": sorted(member.skills),
        "halves": member.halves,
        "wish": member.wish.value,
        "away": sorted(member.away),
        "monday_from": member.monday_from,
        "next_begins": member.next_begins,
    }


def away_in(one: Rota) -> dict[str, set[int]]:
    """Return the days on which planned people are away now: an absence, or gone from the team.

    Someone who has left since counts as present on days that are over.
    """
    away = absences(one.monday)
    may = {str(account) for account in accounts.holders_of(access.OWN)}
    to_come = {place for place, day in enumerate(week_of(one.monday)) if day >= today()}
    for account in set(one.shifts.values_list("account", flat=True)) - may:
        away[account] = away.get(account, set()) | to_come
    return away


def absences(monday: date) -> dict[str, set[int]]:
    """Return the days of a week on which each account is away, by what is noted now."""
    days, away = week_of(monday), defaultdict[str, set[int]](set)
    for absence in Absence.objects.filter(first__lte=days[-1], last__gte=days[0]):
        away[absence.account].update(
            place for place, day in enumerate(days) if absence.first <= day <= absence.last
        )
    return away


def away_on(day: date, *, of: Collection[str]) -> set[str]:
    """Return which of some accounts are away on a day, as `away_in` says it of a week."""
    found = Absence.objects.filter(first__lte=day, last__gte=day, account__in=of)
    away = set(found.values_list("account", flat=True))
    if day < today():
        return away
    return away | (set(of) - {str(account) for account in accounts.holders_of(access.OWN)})


def rule_shift(shift: Shift, monday: date) -> rules.Shift:
    return rules.Shift(
        key=shift.account,
        day=(shift.day - monday).days,
        begins=shift.begins,
        ends=shift.ends,
        break_at=shift.break_at,
    )


def _member(kept: Mapping[str, Any]) -> Member:
    return Member(
        key=kept["key"],
        skills=frozenset(Skill(code) for code in kept["skills"]),
        halves=kept["halves"],
        wish=Wish(kept["wish"]),
        away=frozenset(kept["away"]),
        monday_from=kept["monday_from"],
        next_begins=kept.get("next_begins"),
    )


def _in_force(monday: date) -> dict[str, list[rules.Shift]]:
    """Return each account's shifts of a week whose rota is in force."""
    found: dict[str, list[rules.Shift]] = defaultdict(list)
    for shift in Shift.objects.filter(rota__monday=monday, rota__state=RotaState.PUBLISHED):
        found[shift.account].append(rule_shift(shift, monday))
    return found
