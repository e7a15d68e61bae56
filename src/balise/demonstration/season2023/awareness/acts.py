"""Acts of the season, each with its moment."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import Final

from balise.demonstration.season2023.plan import ENDS, GOALS, Goal
from balise.demonstration.season2023.telling import moment
from balise.foundation import clock

type Act = tuple[datetime, Callable[[], object]]

DAY: Final = timedelta(days=1)
NOON: Final = 12 * 3600
_LATE: Final = (0, 1, 2, 2, 3, 5, 9, 14)  # days after which something is declared


def do(acts: Iterable[Act]) -> None:
    """Do each act at its moment, in their order."""
    for at, act in sorted(acts, key=itemgetter(0)):
        with clock.at(at):
            act()


def goal_of(code: str) -> Goal:
    """Return the goal of a code that has one."""
    return next(goal for goal in GOALS if goal.code == code)


def late(day: date, place: int) -> datetime:
    """Return when something of a day is declared: that evening, or some days later."""
    return min(moment(day + _LATE[place % len(_LATE)] * DAY, 20 * 3600), moment(ENDS, 20 * 3600))


def working(day: date) -> date:
    """Return a day, or the Friday before where it is a weekend."""
    return day - max(day.weekday() - 4, 0) * DAY
