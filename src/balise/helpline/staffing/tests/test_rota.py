"""A rota's rules, without a database; and the solver, in its own process."""

import sys
from dataclasses import replace

import pytest

from balise.helpline.queue.rules import Skill
from balise.helpline.staffing.rules.needs import work
from balise.helpline.staffing.rules.rota import (
    Breach,
    GapKind,
    Member,
    Shift,
    Wish,
    asked_of_solver,
    breaches,
    covered,
    gaps,
    monday_from,
    next_begins,
    read_answer,
    worked,
)
from balise.helpline.staffing.rules.solver import first_answer
from balise.helpline.staffing.tests.makers import answer_of

RULES = work("fr")
OPEN = range(18, 46)  # nine to eleven at night
NEEDS: list[list[int | None]] = [
    [1 if half in OPEN else None for half in range(48)] for _day in range(7)
]
ALIX = Member("alix", frozenset({Skill.LAWYER}), halves=70)


def shift(day: int, begins: int, halves: int = 8, break_at: int | None = None) -> Shift:
    return Shift("alix", day, begins, begins + halves, break_at)


def reasons(*shifts: Shift, member: Member = ALIX) -> set[Breach]:
    return {reason for _key, reason in breaches(shifts, [member], NEEDS, RULES)}


def test_a_plain_week_breaks_nothing() -> None:
    assert reasons(*(shift(day, 18, 16, 25) for day in range(5))) == set()


@pytest.mark.parametrize(
    ("shifts", "reason"),
    [
        ([shift(0, 18), shift(0, 30)], Breach.TWICE),
        ([shift(0, 18, 20)], Breach.SHIFT),
        ([shift(0, 18, 16)], Breach.BREAK),
        ([shift(0, 14)], Breach.CLOSED),
        ([shift(day, 18) for day in range(6)], Breach.DAYS),
        # Until eleven at night, from nine in the morning: ten hours.
        ([shift(1, 38), shift(2, 18)], Breach.DAILY_REST),
        # One free day in the middle of the week, and only 34 hours with it.
        (
            [shift(0, 30), shift(1, 38), shift(3, 18), shift(4, 18), shift(6, 18)],
            Breach.WEEKLY_REST,
        ),
    ],
)
def test_what_a_rota_may_not_do(shifts: list[Shift], reason: Breach) -> None:
    if reason is Breach.WEEKLY_REST:
        # Nor on the other free day: it is as short.
        shifts[3] = shift(4, 38)
    assert reason in reasons(*shifts)


def test_eleven_hours_are_enough() -> None:
    assert Breach.DAILY_REST not in reasons(shift(1, 38), shift(2, 20))


def test_thirty_five_hours_are_enough() -> None:
    days = [shift(0, 30), shift(1, 38), shift(3, 20), shift(4, 30), shift(6, 30)]
    assert reasons(*days) == set()


def test_nobody_works_while_away_or_more_than_their_contract() -> None:
    assert reasons(shift(2, 18), member=replace(ALIX, away=frozenset({2}))) == {Breach.AWAY}
    assert reasons(shift(2, 18), shift(3, 18), member=replace(ALIX, halves=10)) == {Breach.HOURS}
    assert reasons(shift(2, 18), member=replace(ALIX, key="noa")) == {Breach.AWAY}


def test_a_night_lasts_over_the_sunday() -> None:
    assert monday_from([shift(6, 38)], RULES) == 46 + 22 - 48
    assert monday_from([shift(5, 38)], RULES) == 46 + 70 - 96
    assert monday_from([shift(3, 38)], RULES) == 0
    assert monday_from([], RULES) == 0
    assert Breach.DAILY_REST in reasons(shift(0, 18), member=replace(ALIX, monday_from=20))


def test_a_night_lasts_until_the_next_monday() -> None:
    assert next_begins([shift(1, 18), shift(0, 30)]) == 30
    assert next_begins([]) is None
    from_nine = replace(ALIX, next_begins=18)
    assert reasons(shift(6, 38), member=from_nine) == {Breach.DAILY_REST}
    assert reasons(shift(6, 36), member=from_nine) == set()
    assert reasons(shift(6, 38), member=replace(ALIX, next_begins=20)) == set()
    # A free Sunday leaves its 35 hours.
    assert reasons(shift(5, 38), member=from_nine) == {Breach.WEEKLY_REST}
    assert reasons(shift(5, 36), member=from_nine) == set()
    assert reasons(shift(5, 38), shift(6, 36), member=from_nine) == set()


def test_who_is_away_now_fills_no_seat_and_is_said_first() -> None:
    shifts = [shift(0, 18), shift(1, 18)]
    first, *others = gaps(shifts, [ALIX], NEEDS, RULES, away={"alix": {1}})
    assert (first.kind, first.key, first.day, first.begins, first.ends) == (
        GapKind.AWAY,
        "alix",
        1,
        18,
        26,
    )
    open_on = {gap.day: gap.begins for gap in others if gap.kind is GapKind.SEATS}
    assert (open_on[0], open_on[1]) == (26, 18)
    assert worked(shifts, {"alix": {1}}) == shifts[:1]


def test_what_is_left_open_is_said_stretch_by_stretch() -> None:
    found = gaps([shift(0, 18, 16, 25)], [replace(ALIX, wish=Wish.LATE)], NEEDS, RULES)
    monday = [
        (gap.begins, gap.ends, gap.many)
        for gap in found
        if gap.kind is GapKind.SEATS and gap.day == 0
    ]
    assert monday == [(25, 27, 1), (34, 46, 1)]
    assert [gap.many for gap in found if gap.kind is GapKind.HOURS] == [70 - 14]
    assert [gap.key for gap in found if gap.kind is GapKind.WISH] == ["alix"]


def test_a_break_is_no_seat() -> None:
    there, skilled = covered([shift(0, 18, 16, 25)], [ALIX], RULES)
    assert there[0][24:28] == [1, 0, 0, 1]
    assert skilled[0][18][Skill.LAWYER] == 1


def team(many: int) -> list[Member]:
    skills = list(Skill)
    wishes = list(Wish)
    return [
        Member(
            f"member-{place}",
            frozenset({skills[place % 3]}),
            halves=70,
            wish=wishes[place % 3],
            away=frozenset({place % 7}) if place % 2 else frozenset(),
        )
        for place in range(many)
    ]


SOLVING = 12  # seconds: on a machine whose cores are taken, the solver has a part of them


class TestSolver:
    def test_keeps_every_rule_and_fills_what_it_can(self) -> None:
        members = team(5)
        asked = asked_of_solver(members, NEEDS, RULES, seconds=SOLVING)
        answer = answer_of(asked)
        assert answer is not None
        shifts = read_answer(answer, members)
        assert breaches(shifts, members, NEEDS, RULES) == []
        missing = short(shifts, members, NEEDS)
        assert missing <= 8  # of 196: five people can hold one seat all week

    def test_leaves_the_rest_before_a_next_week_that_is_published(self) -> None:
        members = [replace(member, next_begins=18) for member in team(5)]
        asked = asked_of_solver(members, NEEDS, RULES, seconds=2)
        first = [
            Shift(members[place].key, day, begins, ends, None if break_at < 0 else break_at)
            for place, day, (begins, ends, break_at) in first_answer(asked)
        ]
        answer = answer_of(asked)
        assert answer is not None
        for shifts in (first, read_answer(answer, members)):
            assert shifts
            assert breaches(shifts, members, NEEDS, RULES) == []

    def test_what_cannot_be_had_is_left_open_and_said(self) -> None:
        away = [replace(member, away=frozenset(range(7))) for member in team(2)]
        answer = answer_of(asked_of_solver(away, NEEDS, RULES, seconds=5))
        assert answer == {"shifts": [], "is_best": True}
        found = gaps([], away, NEEDS, RULES)
        assert len([gap for gap in found if gap.kind is GapKind.SEATS]) == 7

    def test_a_solver_that_fails_or_takes_too_long_is_no_answer(self) -> None:
        asked = asked_of_solver(team(1), NEEDS, RULES, seconds=1)
        broken = (sys.executable, "-c", "raise SystemExit(3)")
        slow = (sys.executable, "-c", "import time; time.sleep(30)")
        babbling = (sys.executable, "-c", "print('no JSON')")
        for command in (broken, slow, babbling):
            assert answer_of(asked, command=command, within=0.5) is None
        with pytest.raises(OSError, match="nonexistent"):
            answer_of(asked, command=("/nonexistent/solver",))

    def test_knows_no_name(self) -> None:
        assert "member-0" not in str(asked_of_solver(team(1), NEEDS, RULES, seconds=1))

    def test_begins_with_an_answer_that_keeps_every_rule(self) -> None:
        members = team(9)
        needs: list[list[int | None]] = [
            [3 if half in OPEN else None for half in range(48)] for _day in range(7)
        ]
        asked = asked_of_solver(members, needs, RULES, seconds=3)
        shifts = [
            Shift(members[place].key, day, begins, ends, None if break_at < 0 else break_at)
            for place, day, (begins, ends, break_at) in first_answer(asked)
        ]
        assert shifts
        assert breaches(shifts, members, needs, RULES) == []
        answer = answer_of(asked)
        assert answer is not None
        assert short(read_answer(answer, members), members, needs) <= short(shifts, members, needs)


def short(shifts: list[Shift], members: list[Member], needs: list[list[int | None]]) -> int:
    there, _skilled = covered(shifts, members, RULES)
    return sum(
        max((need or 0) - have, 0)
        for day, some in enumerate(needs)
        for need, have in zip(some, there[day], strict=True)
    )
