"""The solver: a process that looks for a week's shifts and does nothing else.

It reads one JSON object and writes one, and knows no settings, no table and no key. It is the only
place that knows OR-Tools (CP-SAT), a library of a hundred megabytes that no page should ever load.

What must be kept (absences, hours of the contract, rest) is a constraint; what is wished for
(seats, professions, times of day, hours worked out) has a price, so that there is always an answer,
and `rota.gaps` says in words what could not be had. Times are half hours of a day, from 00:00.
"""

import json
import signal
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, Final, TextIO

DAYS: Final = 7
DAY: Final = 48  # half hours
_SATURDAY, _SUNDAY = 5, 6

# What a missing seat costs beside the other wishes; the second one in a half hour costs more.
_SHORT: Final = 20
_VERY_SHORT: Final = 45
_NO_PROFESSION: Final = 6
_UNLIKED: Final = 8
_BOTH_WEEKEND_DAYS: Final = 15
_UNWORKED: Final = 3  # a half hour of a contract
_SEED: Final = 20
_ENDS_WITHIN: Final = 60  # seconds of this process, though its worker died

type Asked = dict[str, Any]
type Template = tuple[int, int, int]  # begins, ends, break at (-1: none)


def main(asked: TextIO, answer: TextIO) -> None:
    """Answer one problem."""
    answer.write(json.dumps(solve(json.load(asked))))


def templates(rules: Asked, first: int, last: int) -> list[Template]:
    """Return the shifts that a day's opening hours leave room for: on the hour, three breaks."""
    found = []
    for halves in rules["shift_halves"]:
        for begins in range(first, last - halves + 1, 2):
            if halves < rules["break_from_halves"]:
                found.append((begins, begins + halves, -1))
                continue
            middle = begins + (halves - rules["break_halves"]) // 2
            found.extend((begins, begins + halves, middle + aside) for aside in (-2, 0, 2))
    return found


def solve(asked: Asked) -> Asked:
    """Return `shifts` as [member, day, begins, ends, break at or -1] and whether none is better."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - the one process that needs it

    model = cp_model.CpModel()
    week = _Week(model, asked)
    week.keep_rules()
    model.minimize(sum(week.prices()))
    solver = cp_model.CpSolver()
    first = first_answer(asked)
    week.begin_with(first, solver)
    solver.parameters.max_time_in_seconds = float(asked["seconds"])
    solver.parameters.num_workers = int(asked.get("workers", 2))
    solver.parameters.random_seed = _SEED
    status = solver.solve(model)
    is_best = status == cp_model.OPTIMAL
    found = first
    if is_best or status == cp_model.FEASIBLE:
        found = [
            (member, day, template)
            for (member, day), some in week.chosen.items()
            for template, taken in some
            if solver.value(taken)
        ]
    if not is_best and _open(first, asked) <= _open(found, asked):
        found = first  # a machine too busy to go on from it
    return {"shifts": [[place, day, *each] for place, day, each in found], "is_best": is_best}


class _Week:
    """The week as a model: one yes or no for each member, day and template."""

    def __init__(self, model: Any, asked: Asked) -> None:
        self._model = model
        self._rules, self._members = asked["rules"], asked["members"]
        self._needs = asked["needs"]
        self.chosen: dict[tuple[int, int], list[tuple[Template, Any]]] = {}
        self._there: dict[tuple[int, int, int], list[Any]] = defaultdict(list)
        for day, needs in enumerate(self._needs):
            is_open = [half for half, need in enumerate(needs) if need is not None]
            shapes = templates(self._rules, is_open[0], is_open[-1] + 1) if is_open else []
            for place, member in enumerate(self._members):
                earliest = member["monday_from"] if day == 0 else 0
                fits = [] if day in member["away"] else shapes
                latest = _latest(day, member, self._rules) if day == _SUNDAY else DAY
                self.chosen[place, day] = [
                    (each, model.new_bool_var(""))
                    for each in fits
                    if each[0] >= earliest and each[1] <= latest
                ]
                for each, taken in self.chosen[place, day]:
                    for half in _worked(each, self._rules):
                        self._there[place, day, half].append(taken)

    def keep_rules(self) -> None:
        """Add what a rota must keep."""
        for place, member in enumerate(self._members):
            days = [self._on(place, day) for day in range(DAYS)]
            for day in days:
                self._model.add(day <= 1)
            self._model.add(sum(days) <= self._rules["days_a_week"])
            self._model.add(self._hours(place) <= member["halves"])
            for day in range(DAYS - 1):
                self._rest(place, day, day + 1, self._rules["between_days_halves"])
            self._rest_of_the_week(place)
            # A late Saturday makes Sunday the week's rest for those who work there only.
            for each, taken in self.chosen[place, _SATURDAY]:
                if each[1] > _latest(_SATURDAY, member, self._rules):
                    self._model.add(taken <= self._on(place, _SUNDAY))

    def begin_with(self, answer: list[tuple[int, int, Template]], solver: Any) -> None:
        """Start the solver from an earlier answer; a partial one would not help it."""
        start = set(answer)
        for (member, day), some in self.chosen.items():
            for template, taken in some:
                self._model.add_hint(taken, (member, day, template) in start)
        solver.parameters.fix_variables_to_their_hinted_value = True
        solver.solve(self._model)
        solver.parameters.fix_variables_to_their_hinted_value = False
        every = [
            self._model.get_int_var_from_proto_index(place)
            for place in range(len(self._model.proto.variables))
        ]
        values = [solver.value(each) for each in every]
        self._model.clear_hints()
        for each, value in zip(every, values, strict=True):
            self._model.add_hint(each, value)

    def prices(self) -> list[Any]:
        """Return the cost of each wish that is not kept."""
        prices: list[Any] = []
        for day, needs in enumerate(self._needs):
            for half, need in enumerate(needs):
                if need:
                    prices += self._missing(day, half, need)
        for place, member in enumerate(self._members):
            unworked = self._model.new_int_var(0, member["halves"], "")
            self._model.add(unworked >= member["halves"] - self._hours(place))
            prices.append(_UNWORKED * unworked)
            both = self._model.new_bool_var("")
            weekend = self._on(place, _SATURDAY) + self._on(place, _SUNDAY)
            self._model.add(both >= weekend - 1)
            prices.append(_BOTH_WEEKEND_DAYS * both)
            prices += [
                _UNLIKED * taken
                for day in range(DAYS)
                for each, taken in self.chosen[place, day]
                if is_unliked(member["wish"], each[0], each[1])
            ]
        return prices

    def _missing(self, day: int, half: int, need: int) -> list[Any]:
        there = sum(
            taken for place in range(len(self._members)) for taken in self._there[place, day, half]
        )
        some = self._model.new_int_var(0, max(need // 5, 1), "")
        many = self._model.new_int_var(0, need, "")
        self._model.add(some + many + there >= need)
        prices = [_SHORT * some, _VERY_SHORT * many]
        skills = {skill for member in self._members for skill in member["skills"]}
        if need < len(skills):
            return prices
        for skill in sorted(skills):
            can = sum(
                taken
                for place, member in enumerate(self._members)
                if skill in member["skills"]
                for taken in self._there[place, day, half]
            )
            lacks = self._model.new_bool_var("")
            self._model.add(can + lacks >= 1)
            prices.append(_NO_PROFESSION * lacks)
        return prices

    def _rest(self, place: int, day: int, later: int, halves: int, unless: Any = 0) -> None:
        """Forbid a start on a later day before the rest is over, `unless` (0 or 1)."""
        apart = (later - day) * DAY
        ends = sorted({each[1] for each, _taken in self.chosen[place, day]})
        before = 0
        for end in ends:
            earliest = end + halves - apart
            if earliest <= before:
                continue
            late = [taken for each, taken in self.chosen[place, day] if each[1] >= end]
            early = [taken for each, taken in self.chosen[place, later] if each[0] < earliest]
            before = earliest
            if late and early:
                self._model.add(sum(late) + sum(early) <= 1 + unless)

    def _rest_of_the_week(self, place: int) -> None:
        free = [self._model.new_bool_var("") for _day in range(DAYS)]
        self._model.add(sum(free) >= 1)
        for day, is_free in enumerate(free):
            self._model.add(self._on(place, day) + is_free <= 1)
            if 0 < day < DAYS - 1:
                self._rest(
                    place, day - 1, day + 1, self._rules["weekly_halves"], unless=1 - is_free
                )

    def _on(self, place: int, day: int) -> Any:
        return sum(taken for _each, taken in self.chosen[place, day])

    def _hours(self, place: int) -> Any:
        return sum(
            len(_worked(each, self._rules)) * taken
            for day in range(DAYS)
            for each, taken in self.chosen[place, day]
        )


def first_answer(asked: Asked) -> list[tuple[int, int, Template]]:
    """Return a rota that keeps every rule, one shift after the other where most is missing.

    Never the best one; but a busy machine may not let the solver find as good a one in its time.
    """
    rules, members = asked["rules"], asked["members"]
    missing = [[need or 0 for need in needs] for needs in asked["needs"]]
    shapes = []
    for needs in asked["needs"]:
        is_open = [half for half, need in enumerate(needs) if need is not None]
        shapes.append(templates(rules, is_open[0], is_open[-1] + 1) if is_open else [])
    left = [member["halves"] for member in members]
    taken: list[dict[int, Template]] = [{} for _member in members]
    while True:
        free = [
            (place, day, each)
            for place, member in enumerate(members)
            if len(taken[place]) < rules["days_a_week"]
            for day in range(DAYS)
            if day not in member["away"] and day not in taken[place]
            for each in shapes[day]
            if _fits(each, day, taken[place], left[place], member, rules)
        ]
        found = max(
            free,
            key=lambda one: (_gain(one[2], missing[one[1]], rules), left[one[0]], -one[0]),
            default=None,
        )
        if found is None or not _gain(found[2], missing[found[1]], rules):
            return [
                (place, day, each) for place, some in enumerate(taken) for day, each in some.items()
            ]
        place, day, each = found
        taken[place][day] = each
        for half in _worked(each, rules):
            missing[day][half] -= 1
            left[place] -= 1


def _gain(each: Template, missing: list[int], rules: Asked) -> int:
    """Return the value of a shift: a position counts by how many others are missing with it."""
    return sum(max(missing[half], 0) for half in _worked(each, rules))


def _fits(
    each: Template, day: int, taken: dict[int, Template], left: int, member: Asked, rules: Asked
) -> bool:
    """Return whether a shift leaves its nights, and 35 hours around each free day."""
    if len(_worked(each, rules)) > left or (day == 0 and each[0] < member["monday_from"]):
        return False
    if each[1] > _latest(day, member, rules):
        return False
    for apart in (1, 2):
        before, after = taken.get(day - apart), taken.get(day + apart)
        # A day between that is worked on has nights of its own.
        pairs = [(before, each, day - 1), (each, after, day + 1)]
        for earlier, later, between in pairs:
            if not earlier or not later or (apart == 2 and between in taken):  # noqa: PLR2004
                continue
            if not _rested(earlier, later, apart, rules):
                return False
    return True


def _latest(day: int, member: Asked, rules: Asked) -> int:
    """Return until when someone may work on a day, for the rest before their next week."""
    if member["next_begins"] is None or day < _SATURDAY:
        return DAY
    halves = rules["between_days_halves"] if day == _SUNDAY else rules["weekly_halves"]
    latest: int = (DAYS - day) * DAY + member["next_begins"] - int(halves)
    return min(latest, DAY)


def _rested(earlier: Template, later: Template, apart: int, rules: Asked) -> bool:
    halves = rules["between_days_halves"] if apart == 1 else rules["weekly_halves"]
    rest: int = later[0] + apart * DAY - earlier[1]
    return rest >= int(halves)


def is_unliked(wish: str, begins: int, ends: int) -> bool:
    """Return whether a shift is not at the time of day that was wished for."""
    noon, evening = 24, 40
    return (wish == "early" and ends > evening) or (wish == "late" and begins < noon)


def _open(shifts: Sequence[tuple[int, int, Template]], asked: Asked) -> int:
    """Return how many seats of a week nobody takes, by half hours."""
    taken = Counter(
        (day, half) for _place, day, each in shifts for half in _worked(each, asked["rules"])
    )
    return sum(
        max((need or 0) - taken[day, half], 0)
        for day, needs in enumerate(asked["needs"])
        for half, need in enumerate(needs)
    )


def _worked(each: Template, rules: Asked) -> list[int]:
    begins, ends, break_at = each
    pause = range(break_at, break_at + rules["break_halves"]) if break_at >= 0 else ()
    return [half for half in range(begins, ends) if half not in pause]


if __name__ == "__main__":
    signal.alarm(_ENDS_WITHIN)
    main(sys.stdin, sys.stdout)
