"""A deck: written and read back, what is wrong with it, which form holds a table."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from balise.foundation.statistics.indicators import IndicatorKind, Method
from balise.foundation.statistics.quantities import Bound
from balise.steering.editions.rules import deck as editions_deck
from balise.steering.editions.rules.checking import Fault, Problem, numbers_in, problems
from balise.steering.editions.rules.deck import (
    Chart,
    Form,
    PageKind,
    as_json,
    digest,
    fitted,
    numbers_of,
    read,
)
from balise.steering.editions.tests.decks import chart, deck, page
from balise.steering.editions.tests.tables import ONE_HEAD, TOTAL, WITHHELD, both, row, table
from balise.steering.rules.drawing.multiples import rates
from balise.steering.rules.leaving import (
    Break,
    Cell,
    CellState,
    FigureTable,
    Span,
    TableRow,
    digest as table_digest,
)

TEXTS = st.fixed_dictionaries({"fr": st.text(max_size=20), "en": st.text(max_size=20)})
DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))
MOMENTS = st.datetimes(
    datetime(1990, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([timezone(timedelta(hours=hours)) for hours in (-5, 0, 2)]),
)
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=3)
CELLS = st.one_of(
    st.builds(Cell, st.just(CellState.SHOWN), NUMBERS, st.sampled_from(Bound)),
    st.builds(Cell, st.sampled_from([one for one in CellState if one is not CellState.SHOWN])),
)
TABLES = st.builds(
    FigureTable,
    number=st.text(min_size=1, max_size=4),
    code=st.text(max_size=8),
    version=st.integers(1, 9),
    line=st.text(max_size=8),
    name=TEXTS,
    definition=TEXTS,
    unit=TEXTS,
    kind=st.sampled_from(IndicatorKind),
    method=st.sampled_from(Method),
    source=TEXTS,
    period=st.builds(Span, st.none() | DAYS, DAYS),
    compared=st.none() | st.builds(Span, st.none() | DAYS, DAYS),
    as_of=MOMENTS,
    heads=st.lists(TEXTS, max_size=2).map(tuple),
    rows=st.lists(
        st.builds(
            TableRow,
            st.text(max_size=6),
            TEXTS,
            st.lists(CELLS, max_size=2).map(tuple),
            st.none() | st.integers(0, 31),
        ),
        max_size=3,
    ).map(tuple),
    breaks=st.lists(st.builds(Break, DAYS, TEXTS), max_size=2).map(tuple),
    is_percent=st.booleans(),
    declared=st.none() | NUMBERS,
    permalink=st.text(max_size=20),
)


class TestWriting:
    def test_a_deck_is_read_as_it_was_written(self) -> None:
        made = deck()
        assert read(as_json(made)) == made
        assert as_json(read(as_json(made))) == as_json(made)

    @given(found=TABLES)
    def test_any_table_is_read_as_it_was_written(self, found: FigureTable) -> None:
        made = deck(figures={found.number: found})
        again = read(as_json(made))
        assert again == made
        assert digest(again) == digest(made)
        assert table_digest(again.figures[found.number]) == table_digest(found)

    def test_the_same_moment_in_another_zone_has_the_same_digest(self) -> None:
        made = deck()
        elsewhere = made.as_of.astimezone(timezone(timedelta(hours=-4)))
        assert digest(replace(made, as_of=elsewhere)) == digest(made)

    def test_a_number_changed_is_another_digest(self) -> None:
        found = deck().figures["F01"]
        other = replace(found, rows=(row("", TOTAL, 24_999, 29_500),))
        assert table_digest(found) != table_digest(other)

    @pytest.mark.parametrize("text", ["", "{}", '{"edition":"2031-10-18"}', "[1]"])
    def test_what_is_no_deck_is_refused(self, text: str) -> None:
        with pytest.raises(ValueError, match="validation error"):
            editions_deck.read(text)


class TestChecking:
    def test_a_whole_edition_has_no_problem(self) -> None:
        assert problems(deck()) == ()

    def test_a_title_stands_once(self) -> None:
        made = deck()
        twice = replace(made.pages[3], title=made.pages[4].title)
        found = problems(replace(made, pages=(*made.pages[:3], twice, *made.pages[4:])))
        assert {(one.fault, one.page) for one in found if one.fault is Fault.TITLE_TWICE} == {
            (Fault.TITLE_TWICE, 4),
            (Fault.TITLE_TWICE, 5),
        }

    def test_a_picture_is_described_in_each_language(self) -> None:
        found = _of(chart(Form.BARS, "F04", both("Titre", "Title"), {"fr": "Dit.", "en": " "}))
        assert [(one.fault, one.language, one.about) for one in found] == [
            (Fault.TEXT_MISSING, "en", "F04")
        ]

    @pytest.mark.parametrize(
        ("sentence", "strange"),
        [
            (both("Elle compte 870 signalements.", "It counts 870 reports."), []),
            (both("Il y en a 871.", "There are 870."), [("fr", "871")]),
            (both("Au 18 octobre 2031 à 9 h.", "On 18 October 2031 at 9:00."), []),
            (both("Le total est 1 740.", "The total is 1,740."), []),
            (both("Le total est 1,7 k.", "The total is 1.7k."), []),
            (both("Le total est 1,8 k.", "The total is 1.8k."), [("fr", "1,8"), ("en", "1.8")]),
            (both("Le 3018 répond.", "Helpline 3018 answers."), []),
        ],
    )
    def test_a_number_of_a_sentence_is_in_a_table_of_the_page(
        self, sentence: dict[str, str], strange: list[tuple[str, str]]
    ) -> None:
        made = chart(Form.BARS, "F04", both("Titre", "Title"))
        found = _of(made, sentences=(sentence,))
        assert [(one.language, one.about) for one in found] == strange
        assert all(one.fault is Fault.NUMBER_UNKNOWN and one.stops for one in found)

    def test_a_form_that_does_not_hold_its_table_is_said_and_stops_nothing(self) -> None:
        found = _of(chart(Form.SLOPE, "F05", both("Titre", "Title")))
        assert [(one.fault, one.stops) for one in found] == [(Fault.FORM_UNFIT, False)]

    def test_a_figure_that_is_not_there_is_named(self) -> None:
        found = _of(chart(Form.BARS, "F99", both("Titre", "Title")))
        assert [(one.fault, one.about) for one in found] == [(Fault.FIGURE_MISSING, "F99")]

    def test_the_register_comes_last(self) -> None:
        made = deck()
        found = problems(replace(made, pages=made.pages[:-1]))
        assert [one.fault for one in found] == [Fault.REGISTER_NOT_LAST]
        assert made.pages[-1].kind is PageKind.REGISTER


class TestFitting:
    def test_one_value_is_a_number(self) -> None:
        one = table("F20", "hotline", both("Un", "One"), row("a", both("A", "A"), 12, 8))
        assert fitted(_bars("F20"), one).form is Form.NUMBER

    def test_nothing_is_said_and_never_zero(self) -> None:
        none = table("F20", "hotline", both("Rien", "None"))
        shown = fitted(_bars("F20"), none)
        assert shown.form is Form.NUMBER
        assert [one.state for one in shown.rows[0].cells] == [CellState.NOT_COUNTED] * 2

    def test_what_is_all_withheld_is_withheld(self) -> None:
        rows = [row(code, both(code, code), WITHHELD, WITHHELD) for code in "ab"]
        shown = fitted(_bars("F20"), table("F20", "hotline", both("A", "A"), *rows))
        assert {one.state for one in shown.rows[0].cells} == {CellState.WITHHELD}

    def test_forty_categories_are_eleven_and_the_rest(self) -> None:
        shown = fitted(_bars("F20"), _forty())
        assert (len(shown.rows), shown.folded) == (12, 29)
        assert shown.rows[-1].cells[0].value == sum(range(1, 30))
        assert [one.cells[0].value for one in shown.rows[:2]] == [Decimal(40), Decimal(39)]

    def test_the_rest_of_what_is_withheld_is_withheld(self) -> None:
        rows = list(_forty().rows)
        rows[1] = replace(rows[1], cells=(WITHHELD,))
        shown = fitted(_bars("F20"), replace(_forty(), rows=tuple(rows)))
        assert shown.rows[-1].cells[0] == WITHHELD

    @pytest.mark.parametrize("total", [(), (row("", TOTAL, 900),)])
    def test_what_does_not_add_up_is_not_added(self, total: tuple[TableRow, ...]) -> None:
        rows = (*total, *_forty().rows[1:])
        shown = fitted(_bars("F20"), replace(_forty(), rows=rows))
        assert shown.rows[-1].cells[0].state is CellState.NOTHING

    def test_rows_without_a_number_come_last(self) -> None:
        shown = fitted(_bars("F04"), deck().figures["F04"])
        assert [one.code for one in shown.rows] == ["hate", "bullying", "fraud", "drugs", "weapons"]

    def test_a_rate_keeps_its_bound(self) -> None:
        found = rates(deck().figures["F08"].rows)
        assert found[2] is not None
        assert (found[2].bound, round(found[2].value, 4)) == (Bound.ABOUT, Decimal("0.1816"))

    def test_a_rate_of_what_is_not_shown_does_not_follow(self) -> None:
        rows = (row("a", both("A", "A"), 10), row("b", both("B", "B"), WITHHELD))
        assert rates(rows)[1] is None
        assert rates((rows[1], rows[0])) == (None, None)

    def test_no_number_of_a_hidden_cell_is_known(self) -> None:
        assert numbers_of(_bars("F05"), deck().figures["F05"]) == {
            *(Decimal(156_000), Decimal(344_000)),
            Decimal("0.71"),
        }


class TestSentences:
    @pytest.mark.parametrize(
        ("text", "language", "numbers"),
        [
            ("Au plus 31,2 % de 500 000 jeunes", "fr", [Decimal("0.312"), Decimal(500_000)]),
            ("At most 31.2% of 500,000", "en", [Decimal("0.312"), Decimal(500_000)]),
            ("22,9 k abonnés, 247 M de vues", "fr", [Decimal(22_900), Decimal(247_000_000)]),
            ("le 1er janvier 2031, à 8 h 40", "fr", []),
            ("2 000 appels en 2031", "fr", [Decimal(2_000)]),
            ("2,000 calls on 27 September 2031", "en", [Decimal(2_000)]),
            ("la 2e édition, classe de 6e", "fr", []),
        ],
    )
    def test_numbers_are_read_as_the_language_writes_them(
        self, text: str, language: str, numbers: list[Decimal]
    ) -> None:
        assert [one.value * one.scale for one in numbers_in(text, language)] == numbers


def _of(*charts: Chart, sentences: tuple[dict[str, str], ...] = ()) -> list[Problem]:
    made = deck()
    one = page("hotline", both("Une page", "A page"), *charts, sentences=sentences)
    return list(problems(replace(made, pages=(one, made.pages[2], made.pages[-1]))))


def _bars(number: str) -> Chart:
    return chart(Form.BARS, number, both("Titre", "Title"))


def _forty() -> FigureTable:
    rows = [row(f"c{at:02}", both(f"C{at}", f"C{at}"), at) for at in range(1, 41)]
    total = row("", TOTAL, sum(range(1, 41)))
    return table("F20", "hotline", both("Quarante", "Forty"), total, *rows, heads=ONE_HEAD)


@pytest.mark.parametrize(
    ("words", "number", "is_said"),
    [
        ("15", "15.02", True),  # a mean, printed without its decimals
        ("15", "15.4", False),
        ("40", "40", True),
        ("41", "40", False),
        ("15,4", "15.42", True),
    ],
)
def test_a_number_in_words_is_the_printed_one(words: str, number: str, *, is_said: bool) -> None:
    [found] = numbers_in(words, "fr")
    assert found.says(Decimal(number)) is is_said
