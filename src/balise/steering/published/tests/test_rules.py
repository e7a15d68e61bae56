"""What everyone may read of an edition: only what is open, and no number that is withheld."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from balise.foundation.statistics.indicators import IndicatorKind, Method
from balise.foundation.statistics.quantities import Bound
from balise.steering.editions.rules.deck import Deck
from balise.steering.editions.tests.decks import deck
from balise.steering.published.rules import (
    alone,
    described,
    latest_of,
    licence,
    moment,
    number,
    opened,
    shown,
)
from balise.steering.rules.leaving import (
    Break,
    Cell,
    CellState,
    FigureTable,
    Span,
    TableRow,
    digest,
)

AT = datetime(2031, 10, 20, 9, 30, 15, 999, tzinfo=UTC)
FIGURE = FigureTable(
    number="F01",
    code="hotline.reports",
    version=3,
    line="hotline",
    name={"en": "Reports", "fr": "Signalements"},
    definition={"en": "What was received."},
    unit={"en": "reports"},
    kind=IndicatorKind.FLOW,
    method=Method.MEASURED,
    source={"en": "journal"},
    period=Span(date(2031, 1, 1), date(2031, 9, 30)),
    compared=Span(None, date(2030, 9, 30)),
    as_of=AT,
    heads=({"en": "2031"}, {"en": "2030"}),
    rows=(
        TableRow("", {"en": "Total"}, (Cell(CellState.SHOWN, Decimal(20), Bound.ABOUT),)),
        TableRow("drugs", {"en": "Drugs"}, (Cell(CellState.WITHHELD),), days=12),
    ),
    breaks=(Break(date(2031, 2, 8), {"en": "longer hours"}),),
    is_percent=True,
    declared=Decimal("0.25"),
)


def of(*figures: FigureTable) -> Deck:
    return replace(deck(), figures={one.number: one for one in figures})


def told(*figures: FigureTable) -> dict[str, object]:
    return described(
        of(*figures), published_at=AT, mark="0a", licence=licence("lu"), linked="/{}".format
    )


def test_an_edition_says_what_it_is_and_when_it_was_published() -> None:
    edition = told()
    assert edition == {
        "edition": "2031-10-18",
        "title": {"fr": "Comité de pilotage", "en": "Steering committee"},
        "published_at": "2031-10-20T09:30:15Z",
        "as_of": "2031-10-18T07:00:00Z",
        "languages": ["fr", "en"],
        "invented": True,
        "licence": {"title": dict(licence("lu").title.by_language), "url": licence("lu").url},
        "digest": "0a",
        "figures": [],
    }


def test_a_figure_says_all_that_it_may() -> None:
    assert told(FIGURE)["figures"] == [
        {
            "code": "hotline.reports",
            "number": "F01",
            "line": "hotline",
            "label": {"en": "Reports", "fr": "Signalements"},
            "definition": {"en": "What was received."},
            "unit": {"en": "reports"},
            "kind": "flow",
            "is_share": True,
            "value": 20,
            "bound": "about",
            "state": "shown",
            "period": {"first": "2031-01-01", "last": "2031-09-30"},
            "compared_with": {"first": None, "last": "2030-09-30"},
            "columns": [{"en": "2031"}, {"en": "2030"}],
            "rows": [
                {
                    "code": "total",
                    "label": {"en": "Total"},
                    "days": None,
                    "cells": [{"value": 20, "bound": "about", "state": "shown"}],
                },
                {
                    "code": "drugs",
                    "label": {"en": "Drugs"},
                    "days": 12,
                    "cells": [{"value": None, "bound": None, "state": "withheld"}],
                },
            ],
            "breaks": [{"on": "2031-02-08", "label": {"en": "longer hours"}}],
            "method": "measured",
            "declared_share": 0.25,
            "source": {"en": "journal"},
            "version": 3,
            "digest": digest(FIGURE),
            "permalink": "/F01",
            "protected": None,
        }
    ]


def test_a_figure_without_a_total_shows_no_number_of_its_own() -> None:
    bare = replace(FIGURE, rows=FIGURE.rows[1:], compared=None, declared=None)
    figures: Any = told(bare)["figures"]
    (figure,) = figures
    assert (figure["value"], figure["bound"], figure["state"]) == (None, None, None)
    assert (figure["compared_with"], figure["declared_share"]) == (None, None)


@pytest.mark.parametrize("state", [state for state in CellState if state is not CellState.SHOWN])
def test_a_cell_that_may_not_be_seen_gives_nothing_whatever_it_holds(state: CellState) -> None:
    kept = Cell(state)
    object.__setattr__(kept, "value", Decimal(3))
    assert shown(kept) is None


def test_a_number_is_whole_where_it_can_be() -> None:
    assert (number(Decimal("20.0")), number(Decimal("0.25"))) == (20, 0.25)
    assert isinstance(number(Decimal("20.0")), int)


def test_a_moment_is_that_of_utc() -> None:
    assert moment(datetime.fromisoformat("2031-10-20T00:30:00+02:00")) == "2031-10-19T22:30:00Z"


class TestOpened:
    """Indicators that are not open leave nothing: no figure, no page, no sentence, no note."""

    def test_of_some_indicators_has_their_figures_and_pages_alone(self) -> None:
        whole = deck()
        [first, *_others] = whole.figures.values()
        ours = opened(whole, {first.code})
        assert ours.figures == {first.number: first}
        assert ours.pages
        for page in ours.pages:
            assert {chart.figure for chart in page.charts} == {first.number}
            assert (page.sentences, page.notes) == ((), None)

    def test_of_none_is_empty(self) -> None:
        ours = opened(deck(), ())
        assert (ours.figures, ours.pages) == ({}, ())

    def test_of_all_keeps_each_chart(self) -> None:
        whole = deck()
        ours = opened(whole, {one.code for one in whole.figures.values()})
        assert [page.charts for page in ours.pages] == [
            page.charts for page in whole.pages if page.charts
        ]


class TestAlone:
    @pytest.mark.parametrize(
        "figure", sorted({chart.figure for page in deck().pages for chart in page.charts})
    )
    def test_one_figure_stands_on_the_first_page_that_shows_it(self, figure: str) -> None:
        whole = deck()
        ours = alone(whole, figure)
        assert ours.figures == {figure: whole.figures[figure]}
        [page] = ours.pages
        [chart] = page.charts
        assert chart.figure == figure
        shows = [one for one in whole.pages if chart in one.charts]
        assert page == replace(shows[0], charts=(chart,))

    def test_a_card_follows_the_first_figure_of_its_indicator(self) -> None:
        again = replace(FIGURE, number="F02", version=4)
        assert latest_of(of(FIGURE, again), "hotline.reports") == FIGURE
        assert latest_of(of(FIGURE), "hotline.answers") is None
