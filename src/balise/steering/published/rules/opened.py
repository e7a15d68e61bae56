"""An edition without what is not for everyone."""

from collections.abc import Container
from dataclasses import replace

from balise.steering.editions.rules.deck import Chart, Deck, Page
from balise.steering.rules.leaving import FigureTable


def opened(deck: Deck, codes: Container[str]) -> Deck:
    """Return a deck with the figures of these indicators alone, and the pages that show one."""
    figures = {number: one for number, one in deck.figures.items() if one.code in codes}
    pages = tuple(
        replace(page, charts=charts, sentences=(), notes=None)
        for page in deck.pages
        if (charts := tuple(one for one in page.charts if one.figure in figures))
    )
    return replace(deck, pages=pages, figures=figures)


def alone(deck: Deck, number: str) -> Deck:
    """Return a deck of one figure, on the first page that shows it."""
    table = deck.figures[number]
    page, chart = _first(deck, number)
    return replace(deck, pages=(replace(page, charts=(chart,)),), figures={number: table})


def latest_of(deck: Deck, code: str) -> FigureTable | None:
    """Return the first figure of an indicator: what a card that follows the editions shows."""
    return next((one for one in deck.figures.values() if one.code == code), None)


def _first(deck: Deck, number: str) -> tuple[Page, Chart]:
    return next(
        (page, chart) for page in deck.pages for chart in page.charts if chart.figure == number
    )
