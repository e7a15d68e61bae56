"""What the board says is what the journal says."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from balise.foundation.journal.models import Entry
from balise.foundation.statistics.boards import BoardUnknown, Figure, Form, board_of
from balise.steering.boards import queries
from balise.steering.boards.rules.readings import Reading
from balise.steering.boards.tests.boards import BOARD, DAYS, KINDS, SPANS, SUM
from balise.steering.boards.tests.makers import NOBODY, READER, count, see
from balise.steering.rules.periods import Period, a_year_before

pytestmark = pytest.mark.django_db

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
LAST_OCTOBER = a_year_before(OCTOBER)


def read(period: Period = OCTOBER) -> dict[str, Reading]:
    found = queries.read_board(BOARD, period, seen_by=READER)
    return {one.figure.code: one for one in found.readings}


def counted(period: Period, fact: str) -> Counter[str]:
    """Count real journal entries by one fact, one by one."""
    entries = Entry.objects.filter(event="garden.thing.seen")
    return Counter(
        str(entry.facts[fact])
        for entry in entries
        if date.fromisoformat(entry.facts["seen_on"]) in period
    )


class TestReadBoard:
    def test_equals_a_recount_of_the_journal(self) -> None:
        for at in range(40):
            day = date(2026, 9, 25) + timedelta(days=at)
            see("abc"[at % 3], on=day, times=at % 5, band=("1h", "24h", "more")[at % 3])
            see("b", on=day - timedelta(days=365), times=at % 2)
        count()

        found = read()

        for period, side in ((OCTOBER, "number"), (LAST_OCTOBER, "before")):
            kinds, bands, days = (counted(period, fact) for fact in ("kind", "band", "seen_on"))
            assert getattr(found["days"], side) == kinds.total()
            assert {row.code: getattr(row, side) for row in found["kinds"].rows} == {
                "a": kinds["a"],
                "b": kinds["b"],
                "c": kinds["c"],
            }
            assert all(getattr(row, side) == bands[row.code] for row in found["spans"].rows)
            assert [getattr(point, side) for point in found["days"].points] == [
                days[day.isoformat()] for day in period.days()
            ]
            assert getattr(found["sum"], side) == 60 * kinds.total()

    def test_an_empty_centre_counted_nothing(self) -> None:
        found = queries.read_board(BOARD, OCTOBER, seen_by=READER)

        assert found.is_empty
        assert {one.number for one in found.readings} == {None}  # nobody counted anything
        assert [row.number for row in read()["kinds"].rows] == [None, None, None]
        assert read()["spans"].spans is None
        assert len(read()["days"].points) == 31

    def test_both_ends_are_in_the_period(self) -> None:
        for day in (date(2026, 9, 30), OCTOBER.first, OCTOBER.last, date(2026, 11, 1)):
            see(on=day)
        count()

        assert read()["days"].number == 2

    def test_a_leap_month_is_beside_a_plain_one(self) -> None:
        see(on=date(2024, 2, 29), times=2)
        see(on=date(2023, 2, 28), times=3)
        count()

        found = read(Period(date(2024, 2, 1), date(2024, 2, 29)))["days"]

        assert (found.number, found.before) == (2, 3)
        assert [(point.number, point.before) for point in found.points][-2:] == [(0, 3), (2, None)]

    def test_a_long_period_is_told_by_month(self) -> None:
        see(on=date(2025, 1, 31), times=2)
        see(on=date(2026, 2, 1))
        count()

        found = read(Period(date(2025, 1, 1), date(2026, 3, 31)))["days"]

        assert found.by_month
        assert len(found.points) == 15
        assert sum(point.number or 0 for point in found.points) == found.number == 3

    def test_an_unknown_code_is_shown(self) -> None:
        see("x-ray", on=OCTOBER.first)
        count()
        assert "x-ray" in [row.code for row in read()["kinds"].rows]

    def test_reads_no_more_for_more(self) -> None:
        see(on=OCTOBER.first, times=20)
        count()
        with CaptureQueriesContext(connection) as asked:
            read()
        assert len(asked) <= 12
        known = ("tally", "journal_", "statistics_counted")
        assert all(any(one in asked_for["sql"] for one in known) for asked_for in asked)

    @pytest.mark.parametrize("cut", [0, 14, 29])
    def test_a_period_is_the_sum_of_its_parts(self, cut: int) -> None:
        for at in range(31):
            see(on=OCTOBER.first + timedelta(days=at), times=at % 4)
        count()
        middle = OCTOBER.first + timedelta(days=cut)
        parts = (Period(OCTOBER.first, middle), Period(middle + timedelta(days=1), OCTOBER.last))

        assert read()["days"].number == sum(read(part)["days"].number or 0 for part in parts)

    def test_is_closed_to_whoever_may_not(self) -> None:
        with pytest.raises(PermissionDenied):
            queries.read_board(BOARD, OCTOBER, seen_by=NOBODY)


class TestBoards:
    def test_the_first_is_shown_where_none_is_asked(self) -> None:
        assert board_of("") is BOARD

    def test_an_unknown_one_is_refused(self) -> None:
        with pytest.raises(BoardUnknown):
            board_of("unheard-of")

    def test_a_board_reads_each_measure_once(self) -> None:
        assert BOARD.measures == ("garden.seen", "garden.took")
        assert BOARD.codes_of("garden.seen") == ("kind",)

    @pytest.mark.parametrize(("form", "by"), [(Form.DAYS, "kind"), (Form.CODES, "")])
    def test_a_breakdown_has_a_code_and_nothing_else_has(self, form: Form, by: str) -> None:
        with pytest.raises(ValueError, match="code"):
            Figure(
                board="x",
                code="x",
                measure="x",
                title="x",
                counted=DAYS.counted,
                form=form,
                by=by,
            )

    def test_figures_have_their_forms(self) -> None:
        assert [one.form for one in (DAYS, SUM, KINDS, SPANS)] == [
            Form.DAYS,
            Form.NUMBER,
            Form.CODES,
            Form.SPANS,
        ]
