"""Nobody finds a lone answer: not from a table, not beside others, not from two editions."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from balise.awareness.surveys.rules.disclosure import Counts, Parted, part

FAMILIES = 11
TINY = 2
THREE = 3

type Numbers = tuple[tuple[int, ...], ...]


def grid(numbers: Numbers) -> Counts:
    return {
        f"g{nth}": {f"a{at}": number for at, number in enumerate(row)}
        for nth, row in enumerate(numbers)
    }


def left(
    numbers: Numbers, before: Sequence[list[Parted | None]], fewest: int = FAMILIES
) -> list[Parted | None]:
    """Return all that leaves of two questions: each alone, and one by the other."""
    counts = grid(numbers)
    answers = {"": {code: sum(row[code] for row in counts.values()) for code in counts["g0"]}}
    groups = {"": {code: sum(row.values()) for code, row in counts.items()}}
    was = [[one for edition in before if (one := edition[nth])] for nth in range(3)]
    by_answer = part(answers, was[0], fewest=fewest)
    by_group = part(groups, was[1], fewest=fewest)
    if not by_answer or not by_group:
        return [by_answer, by_group, None]
    crossed = part(
        counts,
        was[2],
        fewest=fewest,
        without=[code for code in counts["g0"] if code not in by_answer.answers],
        without_groups=[code for code in counts if code not in by_group.answers],
    )
    return [by_answer, by_group, crossed]


class TestPart:
    def test_all_that_is_large_is_shown(self) -> None:
        shown = part(grid(((40, 20), (30, 15))), fewest=FAMILIES)
        assert shown == Parted(
            ("g0", "g1"), ("a0", "a1"), ((40, 20, 0), (30, 15, 0), (0, 0, 0))
        )  # fmt: skip
        assert shown.shows("a1", "g0")

    def test_a_small_number_takes_another_with_it(self) -> None:
        (row,) = [part({"": {"a": 40, "b": 12, "c": 3}}, fewest=FAMILIES)]
        assert row == Parted(("",), ("a",), ((40, 15), (0, 0)))

    def test_a_group_with_a_small_number_is_withheld_with_another(self) -> None:
        numbers = ((40, 20), (30, 15), (20, 14), (30, 2))
        shown = part(grid(numbers), fewest=FAMILIES)
        assert shown
        assert shown.groups == ("g0", "g1")
        assert shown.counts == ((40, 20, 0), (30, 15, 0), (50, 16, 0))

    def test_nothing_but_the_total_is_shown_of_few(self) -> None:
        assert part({"": {"a": 6, "b": 9}}, fewest=FAMILIES) == Parted((), (), ((15,),))
        assert part({"": {"a": 6, "b": 4}}, fewest=FAMILIES) is None

    @settings(deadline=None)
    @given(
        st.lists(st.lists(st.integers(0, 60), min_size=3, max_size=3), min_size=1, max_size=5),
        st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=5, max_size=5),
    )
    def test_all_that_can_be_computed_is_of_many(
        self, first: list[list[int]], more: list[list[int]]
    ) -> None:
        """So is what changed between two editions, of which the second shows no more."""
        was = tuple(map(tuple, first))
        now = tuple(
            tuple(a + b for a, b in zip(*rows, strict=True))
            for rows in zip(was, more[: len(was)], strict=True)
        )
        one = left(was, [])
        two = left(now, [one])
        for earlier, shown in zip(one, two, strict=True):
            if not shown:
                continue
            assert_large(shown, np.array(shown.counts))
            if earlier and shown.groups:
                change = np.array(shown.counts) - earlier.within(shown.groups, shown.answers)
                if change.any():
                    assert_large(shown, change)

    @settings(deadline=None)
    @given(st.lists(st.lists(st.integers(0, 25), min_size=4, max_size=4), min_size=2, max_size=4))
    def test_no_equation_gives_a_small_cell(self, rows: list[list[int]]) -> None:
        """All tables together are linear equations; none of their solutions is a small number."""
        numbers = tuple(map(tuple, rows))
        one, two, crossed = left(numbers, [])
        width = len(rows[0])
        equations = []
        for table, of in ((one, "answer"), (two, "group"), (crossed, "")):
            if not table:
                continue
            kept = [int(code[1:]) for code in table.answers]
            groups = [int(code[1:]) for code in table.groups if code]
            lines: Iterable[tuple[Sequence[int], Sequence[int]]]
            lines = product(_parts(len(rows), groups), _parts(width, kept))
            if of == "answer":
                lines = product([range(len(rows))], _parts(width, kept))
            if of == "group":
                lines = product(_parts(len(rows), kept), [range(width)])
            for chosen, answers in lines:
                cell = np.zeros((len(rows), width))
                cell[np.ix_(list(chosen), list(answers))] = 1
                equations.append(cell.ravel())
        if not equations:
            return
        system = np.array(equations)
        rank = np.linalg.matrix_rank(system)
        for nth, number in enumerate(np.array(rows).ravel()):
            unit = np.zeros(len(rows) * width)
            unit[nth] = 1
            is_known = np.linalg.matrix_rank(np.vstack([system, unit])) == rank
            assert not is_known or number >= FAMILIES

    @pytest.mark.parametrize(
        ("fewest", "shape", "most"), [(TINY, (2, 2), 4), (THREE, (2, 2), 5), (TINY, (2, 3), 2)]
    )
    def test_who_knows_the_rule_has_two_values_for_each(
        self, fewest: int, shape: tuple[int, int], most: int
    ) -> None:
        """Every small table is tried: what looks the same has two values in each withheld place."""
        high, wide = shape
        alike = defaultdict(list)
        for cells in product(range(most + 1), repeat=high * wide):
            numbers = tuple(cells[nth * wide : (nth + 1) * wide] for nth in range(high))
            alike[tuple(left(numbers, [], fewest))].append(numbers)
        tried = 0
        for seen, tables in alike.items():
            if any(one is None or max(map(max, one.counts)) > most for one in seen):
                continue
            crossed = seen[2]
            for group, answer in product(range(high), range(wide)):
                if crossed and not crossed.shows(f"a{answer}", f"g{group}"):
                    tried += 1
                    assert len({table[group][answer] for table in tables}) > 1, (seen, tables)
        assert tried


class TestTwoEditions:
    def test_three_more_people_change_nothing_that_is_seen(self) -> None:
        before = part({"": {"a": 40, "b": 30}}, fewest=FAMILIES)
        assert before
        assert part({"": {"a": 42, "b": 31}}, [before], fewest=FAMILIES) is None

    def test_what_few_of_the_new_ones_said_is_withheld(self) -> None:
        before = part({"": {"a": 40, "b": 30, "c": 20}}, fewest=FAMILIES)
        assert before
        now = part({"": {"a": 80, "b": 60, "c": 22}}, [before], fewest=FAMILIES)
        assert now == Parted(("",), ("a",), ((80, 82), (0, 0)))

    def test_what_was_withheld_stays_so(self) -> None:
        before = part({"": {"a": 40, "b": 12, "c": 3}}, fewest=FAMILIES)
        assert before
        now = part({"": {"a": 90, "b": 60, "c": 50}}, [before], fewest=FAMILIES)
        assert now
        assert now.answers == ("a",)

    def test_the_same_answers_give_the_same_table(self) -> None:
        before = part(grid(((40, 20), (30, 15))), fewest=FAMILIES)
        assert before
        assert part(grid(((40, 20), (30, 15))), [before], fewest=FAMILIES) == before


def _parts(many: int, kept: list[int]) -> list[list[int]]:
    rest = [nth for nth in range(many) if nth not in kept]
    return [[nth] for nth in kept] + ([rest] if rest else [])


def assert_large(shown: Parted, numbers: np.ndarray) -> None:
    """Assert that each number is large; a rest that is not there is 0."""
    rest_of_groups, rest_of_answers = numbers[-1].any(), numbers[:, -1].any()
    inner = numbers[: None if rest_of_groups else -1, : None if rest_of_answers else -1]
    if shown.groups:
        assert (np.abs(inner) >= FAMILIES).all()
