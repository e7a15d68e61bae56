from datetime import UTC, date, datetime

import pytest
from hypothesis import given, strategies as st

from balise.foundation.statistics.counting import Figure, Figures, add
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


@pytest.mark.parametrize(
    ("seconds", "band"),
    [
        *((0, "0d"), (86_399, "0d"), (86_400, "3d"), (4 * 86_400 - 1, "3d")),
        *((4 * 86_400, "6d"), (7 * 86_400 - 1, "6d"), (7 * 86_400, "7d-more")),
    ],
)
def test_a_measure_may_count_by_whole_days(seconds: int, band: str) -> None:
    by_days = Measure("orchard.days", counts=FruitPicked, by_days="grams")

    assert by_days.cell({"grams": seconds}, EVENING) == Cell(date(2026, 3, 2), f"days_taken={band}")
    assert by_days.codes == ("days_taken",)
    assert by_days.facts == ("grams",)
    assert by_days.definition != Measure("orchard.days", counts=FruitPicked).definition


def test_an_entry_may_take_its_unit_out() -> None:
    signed = Measure("orchard.signed", counts=FruitPicked, by=("kind",), sign="grams")
    figures: Figures = {}
    for kind, grams in (("apple", 1), ("pear", 1), ("apple", -1)):
        add(figures, signed, {"kind": kind, "grams": grams}, EVENING, Figure(1, 0, 7))

    assert figures == {
        Cell(date(2026, 3, 2), "kind=apple"): Figure(0, 0, 0),
        Cell(date(2026, 3, 2), "kind=pear"): Figure(1, 0, 7),
    }
    assert signed.definition != Measure("orchard.signed", FruitPicked, by=("kind",)).definition


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
