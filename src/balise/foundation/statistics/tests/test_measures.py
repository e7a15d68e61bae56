from datetime import UTC, date, datetime

import pytest
from hypothesis import given, strategies as st

from balise.foundation.statistics.measures import Cell, Measure, codes_text, read_codes, register
from balise.foundation.statistics.tests.makers import PICKED, WEIGHED, FruitPicked

EVENING = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)  # the second of March in Paris


def test_a_day_is_the_centre_s_day() -> None:
    facts = {"kind": "apple", "ripe": True}

    assert PICKED.cell(facts, EVENING) == Cell(date(2026, 3, 2), "kind=apple&ripe=yes")


def test_a_measure_may_count_on_a_date_of_the_event() -> None:
    facts = {"kind": "apple", "picked_on": "2026-02-27", "grams": 80}

    assert WEIGHED.cell(facts, EVENING) == Cell(date(2026, 2, 27), "kind=apple")
    assert WEIGHED.amount_of(facts) == 80


def test_a_measure_may_count_by_the_half_hour_of_its_entries() -> None:
    by_half_hour = Measure("orchard.halves", counts=FruitPicked, by=("kind",), by_half_hour=True)

    cell = by_half_hour.cell({"kind": "apple"}, EVENING)  # half past midnight in Paris
    assert cell == Cell(date(2026, 3, 2), "half_hour=00:30&kind=apple")
    assert by_half_hour.codes == ("kind", "half_hour")
    plain = Measure("orchard.halves", counts=FruitPicked, by=("kind",))
    assert by_half_hour.definition != plain.definition


def test_a_measure_may_count_only_some() -> None:
    apples = Measure("orchard.apples", counts=FruitPicked, only=(("kind", "apple"),))

    assert apples.counts_these({"kind": "apple"})
    assert not apples.counts_these({"kind": "pear"})
    assert apples.definition != Measure("orchard.apples", counts=FruitPicked).definition
    with pytest.raises(ValueError, match="has no taste"):
        Measure("orchard.sweet", counts=FruitPicked, only=(("taste", "sweet"),))


def test_a_measure_counts_only_what_the_event_says() -> None:
    with pytest.raises(ValueError, match="has no sweetness"):
        Measure("orchard.sweet", counts=FruitPicked, by=("sweetness",))


def test_two_measures_never_share_a_name() -> None:
    register(PICKED)
    with pytest.raises(ValueError, match=r"called orchard\.picked"):
        register(Measure(PICKED.name, counts=FruitPicked))


@given(st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), st.text(max_size=12)))
def test_codes_are_read_as_they_were_written(codes: dict[str, str]) -> None:
    assert read_codes(codes_text(codes)) == codes


@given(st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), st.text(max_size=12)))
def test_codes_have_one_text_whatever_their_order(codes: dict[str, str]) -> None:
    assert codes_text(dict(reversed(codes.items()))) == codes_text(codes)
