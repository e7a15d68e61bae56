"""Ranges of kits, and the numbers that are printed on them."""

from uuid import UUID

import pytest

from balise.awareness.places.orders.rules import (
    Named,
    NotThere,
    NumbersFaulty,
    Range,
    StockShort,
    joined,
    kits_said,
    named_in,
    note_number,
    reference_of,
    size_of,
    taken,
    without,
)


def test_the_lowest_numbers_leave_first_and_no_more_than_there_are() -> None:
    shelf = [Range(11, 20), Range(1, 4)]
    assert taken(shelf, 4) == [Range(1, 4)]
    assert taken(shelf, 6) == [Range(1, 4), Range(11, 12)]
    assert size_of(taken(shelf, 14)) == 14
    with pytest.raises(StockShort, match="14"):
        taken(shelf, 15)


def test_a_range_leaves_from_where_it_is() -> None:
    assert without([Range(1, 9)], Range(4, 5)) == [Range(1, 3), Range(6, 9)]
    assert without([Range(1, 9), Range(20, 29)], Range(1, 9)) == [Range(20, 29)]
    for gone in (Range(9, 10), Range(5, 4), Range(30, 31)):
        with pytest.raises(NotThere):
            without([Range(1, 9)], gone)


def test_ranges_that_follow_each_other_are_one_and_no_copy_is_twice_there() -> None:
    assert joined([Range(5, 9), Range(1, 4), Range(11, 11)]) == [Range(1, 9), Range(11, 11)]
    with pytest.raises(NotThere):
        joined([Range(1, 5), Range(5, 9)])


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("6E-000120", Named(mark="6E", kits=Range(120, 120))),
        ("6e 120", Named(mark="6E", kits=Range(120, 120))),
        ("6E-000120 – 6E-000180", Named(mark="6E", kits=Range(120, 180))),
        ("6E-120-180", Named(mark="6E", kits=Range(120, 180))),
        ("BL-000012", Named(note=12)),
        (" bl 12", Named(note=12)),
    ],
)
def test_numbers_are_read_as_they_are_printed_and_typed(typed: str, named: Named) -> None:
    assert named_in(typed) == named


@pytest.mark.parametrize("typed", ["", "120", "6E-", "6E-180-120", "bonjour", "6E-1-2-3"])
def test_what_names_no_kit_is_refused(typed: str) -> None:
    with pytest.raises(NumbersFaulty):
        named_in(typed)


def test_numbers_are_said_as_they_are_printed() -> None:
    assert kits_said("6E", Range(7, 7)) == "6E-000007"
    assert kits_said("6E", Range(7, 12)) == "6E-000007 – 6E-000012"
    assert note_number(12) == "BL-000012"
    assert len(reference_of(UUID(int=5))) == 8
