from itertools import chain, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balise.foundation.statistics.suppression import TOTAL, Key, suppress, with_totals

SMALL = 5
WORDS = ("abc", "xyz", "pq")


@st.composite
def tables(draw: st.DrawFn, *, most: int = 30) -> dict[Key, int]:
    shape = draw(st.sampled_from([(2,), (3,), (2, 2), (3, 2), (3, 3), (2, 2, 2)]))
    keys = product(*(WORDS[n][:size] for n, size in enumerate(shape)))
    figure = st.one_of(st.integers(0, 8), st.integers(0, most))
    return {key: draw(figure) for key in keys}


def additions(figures: dict[Key, int]) -> list[tuple[Key, list[Key]]]:
    """Every total of a table, with the figures that add up to it."""
    return [
        (total, parts)
        for total in figures
        for n, word in enumerate(total)
        if word == TOTAL
        and (
            parts := [
                key
                for key in figures
                if key[n] != TOTAL and (*key[:n], TOTAL, *key[n + 1 :]) == total
            ]
        )
    ]


@given(tables())
def test_no_small_figure_is_shown(table: dict[Key, int]) -> None:
    shown = suppress(table)

    assert all(figure == 0 or figure >= SMALL for figure in shown.values() if figure is not None)


@given(tables())
def test_what_is_shown_is_true(table: dict[Key, int]) -> None:
    figures = with_totals(table)

    assert suppress(table).keys() == figures.keys()
    assert all(suppress(table)[key] in (None, figures[key]) for key in figures)


@given(tables())
def test_a_total_minus_what_is_shown_leaves_neither_one_figure_nor_a_small_rest(
    table: dict[Key, int],
) -> None:
    shown = suppress(table)
    for total, parts in additions(with_totals(table)):
        whole = shown[total]
        hidden = [key for key in parts if shown[key] is None]
        if whole is not None and hidden:
            assert len(hidden) > 1
            assert whole - sum(shown[key] or 0 for key in parts) >= SMALL


@settings(max_examples=300, deadline=None)
@given(tables(most=12))
def test_every_hidden_figure_could_be_another(table: dict[Key, int]) -> None:
    """For each, there is another table that would look the same in all that is shown."""
    shown = suppress(table)
    figures = with_totals(table)
    hidden = {key for key, figure in shown.items() if figure is None}
    least = 0 if any(figures[key] == 0 for key in hidden) else 1
    moved: set[Key] = set()
    cells = [key for key in table if key in hidden]
    # Most figures can move by one; a few only together with one that moves by two.
    near = product((-1, 0, 1), repeat=len(cells))
    for steps in chain(near, product((-2, -1, 0, 1, 2), repeat=len(cells))):
        changed = {cell: table[cell] + step for cell, step in zip(cells, steps, strict=True)}
        if any(figure < least for figure in changed.values()):
            continue
        other = with_totals({**table, **changed})
        if all(other[key] == figures[key] for key in figures if key not in hidden):
            moved |= {key for key in hidden if other[key] != figures[key]}
        if moved == hidden:
            break
    assert moved == hidden


def test_a_table_without_small_figures_is_shown_whole() -> None:
    table: dict[Key, int] = {("fr",): 12, ("be",): 9, ("ch",): 0}

    assert suppress(table) == {**table, (TOTAL,): 21}


def test_a_single_small_figure_takes_the_smallest_other_with_it() -> None:
    shown = suppress({("fr",): 40, ("be",): 3, ("ch",): 11, ("lu",): 25})

    assert shown == {("fr",): 40, ("be",): None, ("ch",): None, ("lu",): 25, (TOTAL,): 79}


def test_two_small_figures_that_only_could_be_one_each_are_not_left_alone() -> None:
    shown = suppress({("fr",): 40, ("be",): 1, ("ch",): 1, ("lu",): 25})

    assert shown[("lu",)] is None
    assert shown[("fr",)] == 40


def test_rows_and_columns_are_kept_together() -> None:
    table: dict[Key, int] = {
        ("girl", "fr"): 20, ("girl", "be"): 30, ("girl", "ch"): 40,
        ("boy", "fr"): 2, ("boy", "be"): 30, ("boy", "ch"): 40,
    }  # fmt: skip
    shown = suppress(table)

    hidden = {key for key, figure in shown.items() if figure is None}
    assert hidden == {("boy", "fr"), ("girl", "fr"), ("boy", "be"), ("girl", "be")}


def test_a_table_of_a_few_people_says_nothing() -> None:
    assert set(suppress({("fr",): 2, ("be",): 1, ("ch",): 0}).values()) <= {None, 0}


def test_an_empty_table_stays_empty() -> None:
    assert suppress({}) == {}


def test_a_table_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="less than never"):
        suppress({("fr",): -1})
    with pytest.raises(ValueError, match="each dimension"):
        suppress({("fr",): 1, ("fr", "girl"): 1})
    with pytest.raises(ValueError, match="is computed"):
        suppress({(TOTAL,): 1})
