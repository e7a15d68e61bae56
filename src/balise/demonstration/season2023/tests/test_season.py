"""The season at a hundredth: each figure is that of its plan, and each event moves its own."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from balise.awareness.activities.charter import actions as charters
from balise.awareness.activities.charter.rules.picks import What as Charter
from balise.awareness.activities.quizzes import actions as quizzes
from balise.awareness.activities.stories.actions import playing
from balise.awareness.learning.training import actions as module
from balise.awareness.learning.training.rules.words import What as Module
from balise.awareness.usage import actions
from balise.demonstration.season2023 import making
from balise.demonstration.season2023.plan import BEGINS, ENDS
from balise.demonstration.season2023.telling import Cast, cast, moment
from balise.demonstration.season2023.tests.changes import CHANGES, ELSEWHERE, PLAN
from balise.demonstration.season2023.tests.of_network import NOW
from balise.demonstration.season2023.tests.rows import (
    AUDIENCE,
    CLAIMS,
    DECIDED,
    EVERY_ROW,
    NOT_COUNTED_YET,
    NOT_FIGURES,
    NOT_KEPT,
    ROWS,
    SPOKEN_OF,
    Row,
    planned,
)
from balise.foundation import clock
from balise.foundation.actors import SYSTEM
from balise.foundation.journal import clerk, verifying
from balise.foundation.statistics.indicators import INDICATORS, Beside
from balise.foundation.statistics.quantities import Quantity
from balise.steering.editions.queries import showing
from balise.steering.editions.rules.checking import problems
from balise.steering.editions.rules.deck import Deck, Form
from balise.steering.indicators.queries import values
from balise.steering.indicators.rules.values import Ask, Lack
from balise.steering.rules.leaving import Cell, CellState, Span
from balise.steering.rules.periods import Period

QUANTITIES, VIEWS = 58, 15_000_000

pytestmark = [pytest.mark.django_db, pytest.mark.whole]


@pytest.fixture(scope="module")
def season(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[making.Made]:
    """Make it once; what each test adds is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        with clock.at(moment(BEGINS, 0)):
            made = making.make(PLAN, tell=lambda *_told: None)
        yield made
        transaction.set_rollback(True)


def figure(row: Row) -> float:
    """Return a row's figure as the house computes it; of what is not summed, that of each part."""
    ask = Ask(row.code, Period(*row.period), parts=True)
    (value,) = values([ask], seen_by=SYSTEM)
    parts = {part.code: part.quantity for part in value.parts}
    if not row.part and value.quantity is not None:
        return float(value.quantity.value)
    found = [one for code, one in parts.items() if row.part in {"", code}]
    assert found, value.gap
    return float(sum(one.value for one in found if one))


def test_every_figure_is_that_of_the_plan(season: making.Made) -> None:
    wrong = {}
    with clock.at(NOW):
        for row in ROWS:
            found, wanted = figure(row), planned(row, PLAN)
            if found != pytest.approx(wanted, rel=0.005):
                wrong[row.ids] = (row.code, wanted, found)
        heard = figure(AUDIENCE)
    assert not wrong
    assert heard == AUDIENCE.value * PLAN.scale
    assert season.many["contacts"] == PLAN.sum("contacts")


def cells_of(row: Row, deck: Deck) -> Iterator[tuple[Period, Cell]]:
    """Yield what the deck says of a row, with the days that it is of: its whole, or one part."""
    for table in deck.figures.values():
        if table.code != row.code:
            continue
        spans = [table.period, *([table.compared] if table.compared else [])]
        for one in table.rows:
            if one.code == row.part:
                for span, cell in zip(spans, one.cells, strict=True):
                    yield Period(span.first or date(span.last.year, 1, 1), span.last), cell
            elif not row.part and one.code in {f"{year}-01-01" for year in (2021, 2022)}:
                year = int(one.code[:4])
                yield Period(date(year, 1, 1), date(year, 12, 31)), one.cells[0]


def shown(row: Row, deck: Deck) -> Decimal | None:
    """Return the number of a row in the deck: of its own days, else of the year's."""
    found = list(cells_of(row, deck))
    for days in (Period(*row.period), Period(date(ENDS.year, 1, 1), ENDS)):
        numbers = [cell.value for span, cell in found if span == days]
        if numbers:
            return numbers[0]
    return None


def test_each_number_of_the_reading_is_in_the_edition_or_decided(season: making.Made) -> None:
    edition, deck, files = showing.deck_of_day(ENDS)
    assert edition.frozen_at == moment(ENDS, 24 * 3600 + 1800)  # after its last day
    assert not files  # they are drawn by the worker, or by `balise deck`
    asked = [*ROWS, AUDIENCE]
    found = {number: shown(row, deck) for row in asked for number in row.ids}
    plan = {number: planned(row, PLAN) for row in asked for number in row.ids}
    plan[AUDIENCE.ids[0]] = AUDIENCE.value * PLAN.scale
    wanted = sorted(set(EVERY_ROW) - NOT_FIGURES.keys())
    assert len(wanted) == QUANTITIES + 1  # one is printed twice
    missing = [one for one in wanted if found.get(one) is None and one not in DECIDED]
    assert not missing
    differs = {
        number: (value, plan[number])
        for number, value in found.items()
        if value is not None and float(value) != pytest.approx(plan[number], rel=0.005)
    }
    assert not differs
    assert {5, 26, 35, 70} == {one for one in wanted if found.get(one) is None}


def test_what_is_decided_otherwise_is_shown_by_its_parts(season: making.Made) -> None:
    _edition, deck, _files = showing.deck_of_day(ENDS)
    tables = {table.code: table for table in deck.figures.values()}
    views = [row.cells[0].value or 0 for row in tables["VID-VIEW"].rows[1:]]
    assert sum(views) == VIEWS
    for code in ("VID-VIEW", "REACH", "CAMP-MEDIA", "SOC-FOL"):  # things that are not added
        assert tables[code].rows[0].cells[0].state is CellState.NOTHING
        assert len(tables[code].rows) > 3
    assert all(tables[code].rows[0].cells[0].value for codes in CLAIMS.values() for code in codes)
    assert NOT_KEPT[70] not in tables
    for code in ("HEL-TOPIC", "HOT-CAT"):  # drawn as told by quarters, those told by then
        told = tables[code].protected
        assert told is not None
        assert told.spans[0] == Span(date(2023, 1, 1), date(2023, 6, 30))
    drawn = {(deck.figure(chart).code, chart.form) for page in deck.pages for chart in page.charts}
    assert drawn >= {("HEL-CON", Form.BARS), ("PRESS-N", Form.BARS)}  # by channel, by medium


def test_a_nought_that_nobody_counted_is_no_number(season: making.Made) -> None:
    _edition, deck, _files = showing.deck_of_day(ENDS)
    for table in deck.figures.values():
        if table.code in {"WEBI-ATT", "WEBI-REP", "FAM-KEEP"}:
            assert table.rows[0].cells[0].state is CellState.NOT_COUNTED
        if table.code in {"SID-P", "KIT-PRINT", "WS-P", "CAMP-REACH"}:
            assert table.compared is None, table.code


def test_a_page_says_what_changed_and_no_change_across_a_break(season: making.Made) -> None:
    _edition, deck, _files = showing.deck_of_day(ENDS)
    titles = [page.title["en"] for page in deck.pages]
    assert "than on the same days of 2022" in titles[1]
    beside = next(page for page in deck.pages if len(page.charts) == 1 and "2022" in str(page))
    assert beside.title["en"]
    contacts = next(page for page in deck.pages if "Contacts" in page.eyebrow["en"])
    assert any("do not compare" in one["en"] for one in contacts.sentences)
    assert not [one for one in problems(deck) if one.stops]


def test_the_claims_without_a_number_and_what_is_not_counted_yet_are_said(
    season: making.Made,
) -> None:
    assert season.many["removals"]
    codes = [*(code for codes in CLAIMS.values() for code in codes), *NOT_COUNTED_YET]
    with clock.at(NOW):
        found = values([Ask(code, Period(*ROWS[0].period)) for code in codes], seen_by=SYSTEM)
        this_year = values([Ask(code, Period(*AUDIENCE.period)) for code in codes], seen_by=SYSTEM)
    within_1h, within_4h, mean, app, matched = this_year
    assert within_1h.quantity is not None
    assert within_4h.quantity is not None
    assert 0.5 < within_1h.quantity.value < within_4h.quantity.value <= 1
    assert mean.quantity is not None
    assert mean.quantity.value < 4
    assert [one.quantity for one in (app, matched)] == [None, None]
    assert all(one.quantity is None or not one.quantity.value for one in found)  # none in 2021


def test_what_is_spoken_of_as_one_number_or_is_not_kept_has_none(season: making.Made) -> None:
    assert season.many["press items"]
    year = Period(*AUDIENCE.period)
    with clock.at(NOW):
        [reach] = values([Ask(SPOKEN_OF[5], year, parts=True)], seen_by=SYSTEM)
        [euros] = values([Ask(NOT_KEPT[70], year)], seen_by=SYSTEM)
        codes = ("WS-P", "INT-P", "SID-P", "GAME-PLAY", "QUIZ-N")
        parts = [
            each.quantity for each in values([Ask(code, year) for code in codes], seen_by=SYSTEM)
        ]
        [views] = values([Ask("VID-VIEW", year, parts=True)], seen_by=SYSTEM)
    assert (reach.quantity, reach.gap) == (None, Lack.NO_WHOLE)
    assert [part.quantity for part in reach.parts[:5]] == parts
    assert [part.quantity for part in reach.parts[5:8]] == [each.quantity for each in views.parts]
    assert (euros.quantity, euros.gap) == (None, Lack.NOT_COUNTED)


def test_the_share_of_schools_has_both_its_numbers_and_both_its_spans(
    season: making.Made,
) -> None:
    assert season.many["acts of awareness"]
    year = Period(date(2023, 1, 1), ENDS)
    with clock.at(NOW):
        [again] = values([Ask("INT-AGAIN", year)], seen_by=SYSTEM)
    assert again.numerator is not None
    assert again.denominator is not None
    assert again.numerator.value == 33
    assert again.denominator.value == 34
    assert again.whole_of == Period(date(2022, 1, 1), date(2022, 12, 31))


def test_a_past_day_is_not_told_by_what_came_since(season: making.Made) -> None:
    assert season.many["cases"]
    then = date(2022, 6, 30)
    asks = [Ask(code, Period(date(2022, 1, 1), then)) for code in ("PLAT-N", "LIS-N", "SID-ED")]
    with clock.at(NOW):
        platforms, listeners, edition = values(asks, known_by=then, seen_by=SYSTEM)
        [now] = values([Ask("SID-ED", Period(date(2023, 1, 1), ENDS))], seen_by=SYSTEM)
    assert platforms.quantity == Quantity(Decimal(11))
    assert listeners.quantity == Quantity(Decimal(20))
    assert edition.quantity is None
    assert now.quantity == Quantity(Decimal(20))


def test_a_late_fact_never_changes_what_was_known_then(season: making.Made) -> None:
    assert season.many
    codes = ("MOOC-START", "TRN-P", "FAM-START")
    asks = [Ask(code, Period(date(2023, 1, 1), ENDS)) for code in codes]
    with clock.at(NOW + timedelta(days=3)):
        then = [one.quantity for one in values(asks, known_by=ENDS, seen_by=SYSTEM)]
        for what in (Module.STARTED, Module.PASSED):
            module.count_past(what=what, days={ENDS: 1}, by=SYSTEM)
        charters.count_past(what=Charter.STARTED, band="3-5", days={ENDS: 1}, by=SYSTEM)
        for each in (charters, module):
            each.tell_days(by=SYSTEM)
        clerk.link()
        making.count()
        again = [one.quantity for one in values(asks, known_by=ENDS, seen_by=SYSTEM)]
        now = [one.quantity for one in values(asks, seen_by=SYSTEM)]
    found = [one.value if one else None for one in then]
    plan = {row.code: planned(row, PLAN) for row in ROWS if row.ids[0] in {9, 18, 11}}
    assert found == [plan[code] for code in codes]
    assert again == then
    assert [one.value if one else None for one in now] == [(one or 0) + 1 for one in found]


def test_each_chain_holds(season: making.Made) -> None:
    assert season.many["reports"]
    for line in verifying.lines():
        assert verifying.verify(line).finding is None


def every_figure() -> dict[str, object]:
    """Return each indicator of the year with what it is made of, as it is computed now."""
    asks = [Ask(code, Period(date(2023, 1, 1), ENDS), parts=True) for code in INDICATORS]
    return {
        one.indicator.code: (one.quantity, one.numerator, one.denominator, one.parts)
        for one in values(asks, seen_by=SYSTEM)
    }


@pytest.mark.parametrize(
    ("act", "moves"), [pytest.param(act, moves, id=name) for name, act, moves in CHANGES]
)
def test_one_event_more_moves_the_figures_of_its_kind_and_no_other(
    season: making.Made, act: Callable[[Cast], None], moves: set[str]
) -> None:
    assert season.many
    with clock.at(moment(BEGINS, 0)):
        who = cast()
    with clock.at(NOW):
        before = every_figure()
        act(who)
    with clock.at(NOW + timedelta(days=1)):
        for each in (charters, module, playing, quizzes, actions):
            each.tell_days(by=SYSTEM)
        clerk.link()
        making.count()
        after = every_figure()
    changed = {code for code in before if after[code] != before[code]}
    [reach] = SPOKEN_OF.values()
    source = INDICATORS[reach].source
    assert isinstance(source, Beside)
    assert changed - {reach} == moves
    assert (reach in changed) == bool(moves & set(source.codes))


def test_each_figure_that_is_counted_is_moved_by_an_event() -> None:
    moved = {code for _name, _act, codes in CHANGES for code in codes}
    shown = {*SPOKEN_OF.values(), *NOT_KEPT.values(), *NOT_COUNTED_YET}
    assert INDICATORS.keys() - moved - ELSEWHERE - shown == set()
