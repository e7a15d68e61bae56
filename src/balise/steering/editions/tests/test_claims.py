"""What may be said of two numbers, and of which days they are."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from balise.foundation.statistics.indicators import IndicatorKind, Method
from balise.foundation.statistics.quantities import Bound
from balise.steering.editions.rules.checking import Fault, problems
from balise.steering.editions.rules.claims import Claim, claimed
from balise.steering.editions.rules.deck import Form
from balise.steering.editions.rules.headlines import headline, no_comparison, sentence
from balise.steering.editions.rules.spans import (
    HALF_YEAR,
    SCHOOL_YEAR,
    SEASON,
    WHOLE_YEAR,
    YEARS,
    Days,
    since,
    spans_of,
)
from balise.steering.editions.tests.decks import chart, deck, page
from balise.steering.editions.tests.tables import both, figures
from balise.steering.rules.leaving import Break, Cell, CellState, FigureTable, Span, TableRow
from balise.steering.rules.periods import Period

NOW, THEN = (
    Span(date(2023, 1, 1), date(2023, 10, 18)),
    Span(date(2022, 1, 1), date(2022, 10, 18)),
)
ALL_OF_2022 = Span(date(2022, 1, 1), date(2022, 12, 31))
OWN = Period(date(2023, 1, 1), date(2023, 10, 18))
SAFER = {2023: date(2023, 2, 7), 2022: date(2022, 2, 8)}
BREAK = Break(date(2023, 2, 8), both("horaires élargis", "longer hours"))


def table(now: int, before: int | None, **changes: object) -> FigureTable:
    cells = [Cell(CellState.SHOWN, Decimal(one)) for one in (now, before) if one is not None]
    one = next(iter(figures().values()))
    made = replace(
        one,
        code="REM-N",
        name=both("Retraits", "Removals"),
        kind=IndicatorKind.FLOW,
        method=Method.MEASURED,
        period=NOW,
        compared=THEN if before is not None else None,
        rows=(TableRow("", both("Total", "Total"), tuple(cells)),),
        breaks=(),
        is_percent=False,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("now", "before", "changes", "claim"),
    [
        (11_326, 5_734, {}, Claim.DOUBLE),
        (24_000, 20_400, {}, Claim.RISE),
        (20_400, 24_000, {}, Claim.FALL),
        (110, 100, {}, Claim.UNCLEAR),
        (110, 100, {"code": "PRESS-N"}, Claim.RISE),  # the centre's own: no chance in it
        (100_100, 100_000, {}, Claim.STABLE),
        (105_000, 100_000, {"method": Method.DECLARED}, Claim.UNCLEAR),
        (40, 19, {}, Claim.BESIDE),
        (24_000, 25_000, {"compared": ALL_OF_2022}, Claim.SO_FAR),
        (24_000, 20_400, {"breaks": (BREAK,)}, Claim.BROKEN),
        (24_000, 25_000, {"breaks": (BREAK,), "compared": ALL_OF_2022}, Claim.SO_FAR),
        (75, 55, {"kind": IndicatorKind.STOCK}, Claim.STOCK),
        (75, None, {}, Claim.ALONE),
    ],
)
def test_a_change_is_claimed_where_it_is_beyond_chance(
    now: int, before: int | None, changes: dict[str, object], claim: Claim
) -> None:
    assert claimed(table(now, before, **changes)).claim is claim


def test_bounds_stand_side_by_side() -> None:
    bound = tuple(Cell(CellState.SHOWN, Decimal(one), Bound.AT_LEAST) for one in (380, 213))
    found = table(380, 213, rows=(TableRow("", both("Total", "Total"), bound),))
    assert claimed(found).claim is Claim.BESIDE
    with override("en"):
        assert "at least 380" in sentence(found, "en")


def test_a_title_says_the_change_and_the_sentence_both_numbers() -> None:
    twice, so_far = table(11_326, 5_734), table(24_000, 25_000, compared=ALL_OF_2022)
    with override("fr"):
        assert headline(twice, "fr") == (
            "Retraits\u202f: près de deux fois plus qu’aux mêmes jours de 2022"
        )
        assert sentence(twice, "fr").endswith("qu’aux mêmes jours de 2022 (5\u202f734).")
        assert headline(so_far, "fr") == (
            "Retraits\u202f: déjà 24\u202f000 au 18 octobre 2023,"
            " contre 25\u202f000 sur toute l’année 2022"
        )
        assert "n’a pas de sens" in no_comparison(table(2, 1, breaks=(BREAK,)), "fr")
    assert not no_comparison(twice, "fr")


@pytest.mark.parametrize(
    ("days", "now", "before"),
    [
        (Days(), OWN, None),
        (YEARS, Period(date(2021, 1, 1), OWN.last), None),
        (WHOLE_YEAR, OWN, Period(date(2022, 1, 1), date(2022, 12, 31))),
        (
            HALF_YEAR,
            Period(date(2023, 1, 1), date(2023, 6, 30)),
            Period(date(2022, 1, 1), date(2022, 6, 30)),
        ),
        (
            SCHOOL_YEAR,
            Period(date(2023, 9, 1), OWN.last),
            Period(date(2022, 9, 1), date(2022, 10, 18)),
        ),
        (
            SEASON,
            Period(date(2023, 1, 10), date(2023, 3, 28)),
            Period(date(2022, 1, 11), date(2022, 3, 29)),
        ),
        (
            since(8, 20),
            Period(date(2023, 8, 20), OWN.last),
            Period(date(2022, 8, 20), date(2022, 10, 18)),
        ),
        (
            since(11, 1),
            Period(date(2022, 11, 1), OWN.last),
            Period(date(2021, 11, 1), date(2022, 10, 18)),
        ),
    ],
)
def test_a_figure_has_days_of_its_own(days: Days, now: Period, before: Period | None) -> None:
    assert spans_of(days, OWN, None, SAFER.get) == (now, before)


@pytest.mark.parametrize(
    ("day", "half"),
    [
        (date(2023, 6, 30), Period(date(2023, 1, 1), date(2023, 6, 30))),
        (date(2023, 6, 29), Period(date(2022, 7, 1), date(2022, 12, 31))),
        (date(2023, 12, 31), Period(date(2023, 7, 1), date(2023, 12, 31))),
    ],
)
def test_the_half_year_is_the_last_that_is_over(day: date, half: Period) -> None:
    assert spans_of(HALF_YEAR, Period(date(2023, 1, 1), day), None, SAFER.get)[0] == half


def test_without_a_day_of_it_a_season_is_the_edition_s_own_days() -> None:
    assert spans_of(SEASON, OWN, None, lambda _year: None) == (OWN, None)


@pytest.mark.parametrize(
    ("title", "now", "fault"),
    [
        ("Les retraits ont doublé", 11_326, None),
        ("Les retraits sont en hausse", 11_326, None),
        ("Les retraits sont en hausse", 6_000, Fault.CHANGE_UNFOUNDED),
        ("Les retraits reculent", 11_326, Fault.CHANGE_UNFOUNDED),
        ("Les retraits reculent", 3_000, None),
        ("Grâce à la campagne, les retraits suivent", 11_326, Fault.CAUSE),
        ("Les retraits, au même niveau", 5_800, None),
    ],
)
def test_a_title_claims_what_a_figure_of_its_page_shows(
    title: str, now: int, fault: Fault | None
) -> None:
    made = deck(figures={"F01": table(now, 5_734, number="F01")}, languages=("fr",))
    register = made.pages[-1]
    one = page("helpline", both(title, title), chart(Form.NUMBER, "F01", both("Retraits", "Gone")))
    found = {each.fault for each in problems(replace(made, pages=(one, register)))}
    asked = {Fault.CAUSE, Fault.CHANGE_UNFOUNDED}
    assert found & asked == ({fault} if fault else set())
