"""The boards stand on measures that are counted, and say what the lines' own actions did."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils.translation import override
from tests.walks import of_each, rolled_back

from balise.foundation.actors import SYSTEM
from balise.foundation.clock import today
from balise.foundation.journal import clerk
from balise.foundation.statistics.boards import Board, Figure, Form, board_of, every_board, register
from balise.foundation.statistics.indicators import INDICATORS, Indicator, Latest
from balise.foundation.statistics.measures import MEASURES
from balise.helpline.cases.rules.received import Outcome
from balise.helpline.cases.tests.makers import make_closed, make_referral, make_taken
from balise.helpline.staffing.queries import history
from balise.hotline.desk.tests.makers import make_member, make_sent as make_partners_report
from balise.hotline.reports.rules.words import Verdict
from balise.hotline.reports.tests.makers import (
    give_verdict,
    make_content,
    make_decided,
    make_decision,
    make_report,
)
from balise.steering.boards.queries import read_board
from balise.steering.boards.rules.readings import Reading
from balise.steering.rules.periods import Period

FIGURES = [pytest.param(one, id=one.code) for board in every_board() for one in board.figures]


def read(board: Board) -> dict[str, Reading]:
    """Return a board of these two days, once the clerk has handed everything over."""
    while clerk.tick():
        pass
    period = Period(today() - timedelta(days=1), today())
    return {one.figure.code: one for one in read_board(board, period, seen_by=SYSTEM).readings}


def numbers(reading: Reading) -> dict[str, int]:
    return {row.code: row.number for row in reading.rows if row.number}


@of_each("figure", FIGURES)
def test_a_figure_stands_on_what_is_counted(figure: Figure) -> None:
    measure = MEASURES[figure.measure]
    assert not figure.by or figure.by in measure.codes
    assert bool(measure.amount) or not (figure.sums or figure.form is Form.SPANS)


def test_what_is_counted_is_read() -> None:
    shown = {figure.measure for board in every_board() for figure in board.figures}
    defined = {measure for one in INDICATORS.values() for measure in one.measures}
    assert set(MEASURES) == shown | defined | history.READ


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "en"])
@of_each("one", INDICATORS.values(), ids=lambda one: one.code, apart=rolled_back)
def test_an_indicator_has_its_words(one: Indicator, language: str) -> None:
    with override(language):
        assert str(one.name)
        assert str(one.definition).endswith(".")
        assert one.unit % {"count": 2, "many": "2"}
        if one.by and not isinstance(one.source, Latest):
            one.labels()


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "en"])
@of_each("figure", FIGURES, apart=rolled_back)
def test_a_figure_has_its_words(figure: Figure, language: str) -> None:
    with override(language):
        assert str(figure.title)
        assert str(figure.counted % {"count": 2, "many": "2"}).startswith("2 ")
        assert all(str(label) for label in figure.labels().values())


def test_each_board_has_figures() -> None:
    assert all(board.figures for board in every_board())


def test_a_figure_of_no_board_is_refused() -> None:
    with pytest.raises(ValueError, match="attic"):
        register([], [replace(board_of("hotline").figures[0], board="attic")])


@pytest.mark.django_db
def test_the_hotlines_board_says_what_was_done() -> None:
    make_report("https://one.example/", "https://two.example/", category="hate", age_band="13-15")
    make_report("https://one.example/", category="csam")
    make_decided(Verdict.ILLEGAL, category="hate")
    other = make_content("https://three.example/", category="hate")
    give_verdict(other.id, make_decision(Verdict.HARMFUL))

    found = read(board_of("hotline"))

    assert found["received"].number == found["channels"].number == 4
    assert numbers(found["channels"]) == {"web": 4}
    assert numbers(found["categories"]) == {"hate": 3, "csam": 1}
    assert numbers(found["ages"]) == {"13-15": 1, "": 3}
    assert numbers(found["verdicts"]) == {"illegal": 1, "harmful": 1}
    assert numbers(found["time-to-verdict"]) == {"1h": 2}
    assert found["contents"].number == 5
    assert found["reappeared"].number is None  # the period begins before the first fact


@pytest.mark.django_db
def test_the_partners_board_says_whose_reports_are_processed() -> None:
    member, other = make_member(), make_member()
    make_partners_report(member, address="https://one.example/a")
    make_partners_report(other, address="https://two.example/b")
    decided = make_content("https://one.example/a")
    give_verdict(decided.id, make_decision(Verdict.HARMFUL))

    found = read(board_of("partners"))

    assert numbers(found["partners-received-by"]) == {
        str(member.organisation): 1,
        str(other.organisation): 1,
    }
    assert numbers(found["partners-processed"]) == {str(member.organisation): 1}
    assert found["partners-time"].number == 1


@pytest.mark.django_db
def test_the_helplines_board_says_what_was_done() -> None:
    make_referral(age_band="")
    make_taken()
    make_closed(outcome=Outcome.DECLINED)

    found = read(board_of("helpline"))

    assert found["referrals"].number == 3
    assert numbers(found["referral-ages"]) == {"13-15": 2, "": 1}
    assert numbers(found["time-to-listener"]) == {"1h": 2}
    assert numbers(found["outcomes"]) == {"declined": 1}
