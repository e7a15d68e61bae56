"""What the plan promises beside a simulation of the queue's own rule; and a week's rota.

Seats by Erlang A, with calls and chats as one load, beside 20,000 simulated contacts. Then the
shifts of twenty listeners: how many half hours of seats are missing in the first answer, and in
what the solver makes of it; nobody can do better than the bound, hours needed less hours there are.

    .venv/bin/python bench/staffing.py
"""

import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from balise.helpline.queue.rules import Skill  # noqa: E402
from balise.helpline.staffing.rules.needs import seats_needed, steady_load, with_seats, work  # noqa: E402
from balise.helpline.staffing.rules.rota import (  # noqa: E402
    Member,
    Shift,
    Wish,
    asked_of_solver,
    breaches,
    covered,
    read_answer,
)
from balise.helpline.staffing.rules.solver import first_answer, solve  # noqa: E402
from balise.helpline.staffing.tests.test_needs import AIM, MANNER, simulated  # noqa: E402

HOURS = [(18, 0), (12, 6), (6, 12), (18, 10)]  # calls and chats an hour
# Seats from nine in the morning, half hour by half hour, on a day with school.
DAY = [3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 6, 6, 7, 7, 8, 8, 8, 8, 8, 8, 8, 7, 6, 6, 5]
SECONDS = 12
WEEKEND = (5, 6)


def seats() -> None:
    """Print what is promised, and what is so."""
    for calls, chats in HOURS:
        load = steady_load(calls, chats, MANNER)
        needed = seats_needed(load, AIM)
        promised = with_seats(load, needed, AIM)
        gave_up, in_time = simulated(calls, chats, needed)
        print(
            f"{calls:3} calls {chats:3} chats an hour  {needed:3} seats   "
            f"give up {promised.p_abandon:5.1%} (so: {gave_up:5.1%})   "
            f"answered in 60 s {promised.service_level:5.1%} (so: {in_time:5.1%})"
        )


def rota() -> None:
    """Print what is missing of a week."""
    rules = work("fr")
    needs: list[list[int | None]] = [
        [None] * 18 + [round(need * (0.75 if day in WEEKEND else 1)) for need in DAY] + [None] * 2
        for day in range(7)
    ]
    skills, wishes = list(Skill), list(Wish)
    members = [
        Member(
            f"m{place}",
            frozenset({skills[place % 3]}),
            halves=70 if place % 4 else 56,
            wish=wishes[place % 3],
            away=frozenset({place % 7}) if place % 5 == 0 else frozenset(),
        )
        for place in range(20)
    ]
    whole = sum(need or 0 for day in needs for need in day)
    there = sum(member.halves for member in members)
    bound = max(whole - there, 0)
    print(f"half hours of seats needed {whole:,}, in contracts {there:,}, bound {bound}")
    asked = asked_of_solver(members, needs, rules, seconds=SECONDS)
    began = time.perf_counter()
    first = [
        Shift(members[place].key, day, begins, ends, None if break_at < 0 else break_at)
        for place, day, (begins, ends, break_at) in first_answer(asked)
    ]
    _say("first answer", first, members, needs, began)
    began = time.perf_counter()
    answer = solve(asked)
    _say(f"solver, {SECONDS} s", read_answer(answer, members), members, needs, began)


def _say(
    what: str,
    shifts: list[Shift],
    members: list[Member],
    needs: list[list[int | None]],
    began: float,
) -> None:
    took = time.perf_counter() - began
    rules = work("fr")
    there, skilled = covered(shifts, members, rules)
    pairs = [(day, half) for day in range(7) for half, need in enumerate(needs[day]) if need]
    missing = sum(max((needs[day][half] or 0) - there[day][half], 0) for day, half in pairs)
    lacks = sum(not skilled[day][half][skill] for day, half in pairs for skill in Skill)
    print(
        f"{what:<20} {took:5.1f} s   missing {missing:4}   without a profession {lacks:4}   "
        f"rules broken {len(breaches(shifts, members, needs, rules))}"
    )


if __name__ == "__main__":
    seats()
    rota()
