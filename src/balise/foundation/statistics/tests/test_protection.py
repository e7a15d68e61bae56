"""The protection of figures, against numbers that were worked out apart from this code."""

import random
from datetime import date, timedelta
from itertools import pairwise
from statistics import mean, pvariance
from uuid import UUID

import pytest

from balise.foundation.statistics.protection import (
    FEWEST,
    Exposure,
    Node,
    Sum,
    Vintage,
    hidden_parts,
    is_hidden,
    is_quarterly,
    may_be_shared,
    nodes_within,
    noise,
    quarter_of,
    read_node,
    record_key,
    settled,
    summed,
    told,
)

KEY = bytes(range(32))
CELL = "helpline.topics.met|topic|{}|2025-Q3"
A, B = Exposure.SENSITIVE, Exposure.GRAVE


def keys(*units: int) -> int:
    return sum(record_key(KEY, UUID(int=unit)) for unit in units)


def test_a_record_has_the_first_four_bytes_of_its_digest() -> None:
    assert [keys(unit) for unit in (1, 2, 3)] == [1963879130, 4170478163, 2071322810]


@pytest.mark.parametrize(
    ("units", "total", "number"),
    [((1, 2, 3), 3910712807, 3), ((1, 2), 1839389997, 5), ((1, 2, 3, 4), 3790327292, 3)],
)
def test_a_cell_has_the_noise_of_its_units(units: tuple[int, ...], total: int, number: int) -> None:
    assert keys(*units) % 2**32 == total
    assert told(KEY, len(units), keys(*units), A, cell="any") == number


def test_the_two_noises_move_together() -> None:
    assert noise(KEY, keys(1, 2, 3), A) == noise(KEY, keys(1, 2, 3), B) == 0


@pytest.mark.parametrize(
    ("first", "last", "total", "number"),
    [
        (1000, 1051, 1845560803, 51),
        (2000, 2046, 2405075905, 45),
        (3000, 3006, 1214285507, 8),
        (4000, 4060, 1652457346, 61),
    ],
)
def test_four_topics_of_a_year(first: int, last: int, total: int, number: int) -> None:
    found = keys(*range(first, last + 1))
    assert found % 2**32 == total
    assert told(KEY, last - first + 1, found, A, cell="any") == number


def test_a_year_has_a_noise_of_its_own() -> None:
    spans = [(1000, 1052), (2000, 2047), (3000, 3007), (4000, 4061)]
    every = sum(keys(*range(*span)) for span in spans)
    assert every % 2**32 == 2822412265
    assert told(KEY, 167, every, A, cell="any") == 165


def test_an_empty_cell_has_the_noise_of_its_name() -> None:
    assert told(KEY, 0, 0, A, cell=CELL.format("grooming")) == 1
    every = {told(KEY, 0, 0, A, cell=CELL.format(number)) for number in range(200)}
    assert min(every) < 0 < max(every)


def test_a_unit_that_is_taken_out_and_put_back_leaves_the_number_as_it_was() -> None:
    before = keys(1, 2, 3)
    again = before - keys(2) + keys(2)
    assert told(KEY, 3, again, A, cell="any") == told(KEY, 3, before, A, cell="any")


def test_the_noise_of_many_sets_has_no_lean_and_its_variance() -> None:
    chance = random.Random(20250703)  # noqa: S311 - a fixed draw
    sets = [sum(chance.getrandbits(32) for _ in range(30)) for _ in range(20_000)]
    for exposure, variance, most in ((A, 2.0, 4), (B, 3.0, 5)):
        drawn = [noise(KEY, each, exposure) for each in sets]
        assert abs(mean(drawn)) < 0.03
        assert pvariance(drawn) == pytest.approx(variance, abs=0.1)
        assert max(map(abs, drawn)) <= most == exposure.noise_at_most
        assert exposure.variance == pytest.approx(variance, abs=0.01)


def test_what_is_exact_has_no_noise_to_tell() -> None:
    for exposure in (Exposure.PUBLIC, Exposure.INSIDE):
        assert exposure.noise_at_most == 0
        with pytest.raises(ValueError, match="not told with noise"):
            told(KEY, 3, keys(1, 2, 3), exposure, cell="any")


def test_what_is_printed_is_no_step_of_what_was_counted() -> None:
    """Adding one unit at a time from 9 to 16, the number is shown before 11 or hidden after."""
    tried = range(200)
    crossed = 0
    for place in tried:
        shown = [
            not is_hidden(
                told(KEY, many, keys(*range(place * 100, place * 100 + many)), A, cell="")
            )
            for many in range(9, 17)
        ]
        crossed += shown != [many >= FEWEST for many in range(9, 17)]
    assert crossed > len(tried) / 2


def test_the_grid_is_quarters_and_years() -> None:
    quarters = [Node(2025, quarter) for quarter in (1, 2, 3, 4)]
    assert [str(node) for node in quarters] == ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"]
    assert (quarters[0].first, quarters[3].last) == (date(2025, 1, 1), date(2025, 12, 31))
    for before, after in pairwise(quarters):
        assert after.first - before.last == timedelta(days=1)
    assert (Node(2024).first, Node(2024).last) == (date(2024, 1, 1), date(2024, 12, 31))
    assert [read_node(str(node)) for node in (*quarters, Node(2024))] == [*quarters, Node(2024)]


@pytest.mark.parametrize("text", ["2025-Q5", "2025-Q0", "2025-03", "2025-q1", "", "02025"])
def test_another_period_is_not_on_the_grid(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_node(text)


def test_a_period_tells_of_the_quarters_inside_it() -> None:
    within = nodes_within(date(2025, 2, 1), date(2025, 10, 31))
    assert within == [Node(2025, 2), Node(2025, 3)]
    assert nodes_within(date(2025, 2, 1), date(2025, 3, 31)) == []
    assert nodes_within(date(2024, 7, 1), date(2026, 6, 30), yearly=True) == [Node(2025)]


def test_a_node_is_told_twice_as_known_on_two_days() -> None:
    node = Node(2025, 1)
    first, second = (node.as_known(each) for each in Vintage)
    assert (first, second) == (date(2025, 5, 1), date(2025, 9, 30))
    one = timedelta(days=1)
    assert [node.latest(day) for day in (first, first + one, second, second + one)] == [
        None,
        Vintage.PROVISIONAL,
        Vintage.PROVISIONAL,
        Vintage.FINAL,
    ]


def test_few_late_facts_repeat_what_was_told_and_many_revise_it() -> None:
    before = (7, told(KEY, 7, keys(*range(3000, 3007)), A, cell="any"))
    two_more = (9, told(KEY, 9, keys(*range(3000, 3009)), A, cell="any"))
    six_more = (13, told(KEY, 13, keys(*range(3000, 3013)), A, cell="any"))
    assert settled(before, two_more) == before[1] == 8
    assert keys(*range(3000, 3013)) % 2**32 == 3722954923
    assert settled(before, six_more) == six_more[1] == 11


def test_a_code_is_quarterly_after_a_year_of_large_quarters() -> None:
    assert is_quarterly((25, 40, 31, 27))
    assert not is_quarterly((25, 40, 24, 27))
    assert not is_quarterly((25, 40, 31))


def test_a_sum_with_a_hidden_number_is_bounds() -> None:
    assert summed([45, 61]) == Sum(106, 106)
    assert summed([45, 61]).is_exact
    assert summed([45, 8]) == Sum(45, 55)
    assert summed([-1, 3]) == Sum(0, 20)


def test_one_small_part_of_few_hides_the_next_smallest() -> None:
    assert hidden_parts({"girls": 45, "boys": 12, "other": 5}) == {"other", "boys"}
    assert hidden_parts({"girls": 45, "boys": 12, "other": 11}) == frozenset()
    assert hidden_parts({"a": 45, "b": 12, "c": 13, "d": 5}) == {"d"}
    assert hidden_parts({"a": 45, "b": 4, "c": 5}) == {"b", "c"}
    assert hidden_parts({"a": 12, "b": 12, "c": 5}) == {"a", "c"}


def test_a_share_is_told_of_a_hundred_and_of_no_few() -> None:
    assert may_be_shared(11, 100)
    assert not may_be_shared(11, 99)
    assert not may_be_shared(10, 200)
    assert not may_be_shared(190, 200)


def test_each_day_is_in_the_quarter_that_holds_it() -> None:
    for node in nodes_within(date(2024, 1, 1), date(2025, 12, 31)):
        assert quarter_of(node.first) == quarter_of(node.last) == node
