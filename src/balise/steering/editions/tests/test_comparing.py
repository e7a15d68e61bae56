"""Two editions side by side: figures that changed, came, went; pages whose words did."""

from dataclasses import replace

from balise.steering.editions.rules.comparing import compare, same_figure
from balise.steering.editions.rules.deck import total_of
from balise.steering.editions.tests.decks import deck
from balise.steering.editions.tests.tables import BEFORE, WITHHELD, both, cell
from balise.steering.rules.leaving import Cell, FigureTable

DECK = deck()
FIRST = next(one for one in DECK.figures.values() if total_of(one))


def with_total(table: FigureTable, first: Cell) -> FigureTable:
    rows = tuple(
        row if row.code else replace(row, cells=(first, *row.cells[1:])) for row in table.rows
    )
    return replace(table, rows=rows)


def test_an_edition_beside_itself_changed_nothing() -> None:
    found = compare(DECK, DECK)
    assert len(found.figures) == len(DECK.figures)
    assert not found.changed
    assert not found.pages


def test_a_number_of_the_same_days_is_revised() -> None:
    now = replace(DECK, figures={**DECK.figures, FIRST.number: with_total(FIRST, cell(987))})
    [one] = compare(DECK, now).changed
    assert (one.number_then, one.number_now) == (FIRST.number, FIRST.number)
    assert (one.now, one.cells, one.is_revised) == ("987", 1, True)
    assert one.then != one.now


def test_another_period_or_what_is_withheld_is_changed_and_not_revised() -> None:
    for table in (
        replace(with_total(FIRST, cell(987)), period=BEFORE),
        with_total(FIRST, WITHHELD),
    ):
        now = replace(DECK, figures={**DECK.figures, FIRST.number: table})
        [one] = compare(DECK, now).changed
        assert not one.is_revised


def test_a_figure_is_followed_to_another_number_by_its_code() -> None:
    moved = {number: one for number, one in DECK.figures.items() if number != FIRST.number}
    moved["F99"] = replace(FIRST, number="F99")
    now = replace(DECK, figures=moved)
    assert same_figure(FIRST, DECK, now) is moved["F99"]
    [one] = [each for each in compare(DECK, now).figures if each.code == FIRST.code]
    assert (one.number_then, one.number_now, one.is_changed) == (FIRST.number, "F99", False)


def test_what_came_and_what_went_are_said() -> None:
    less = {number: one for number, one in DECK.figures.items() if number != FIRST.number}
    now = replace(DECK, figures=less)
    [gone] = compare(DECK, now).changed
    assert (gone.number_now, gone.now) == ("", "")
    [came] = compare(now, DECK).changed
    assert (came.number_then, came.then) == ("", "")
    assert same_figure(FIRST, DECK, now) is None


def test_a_page_whose_title_changed_is_named_once() -> None:
    page = replace(DECK.pages[1], title=both("Autre titre", "Another title"))
    now = replace(DECK, pages=(DECK.pages[0], page, *DECK.pages[2:]))
    [one] = compare(DECK, now).pages
    assert (one.number_then, one.number_now) == (2, 2)
    assert one.now == page.title
    [gone] = compare(DECK, replace(DECK, pages=DECK.pages[:-1])).pages
    assert gone.number_now is None
