"""Figures that don't lie: until when they counted stands everywhere, and "–" is no zero."""

import csv
import io
import json
import re
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone, translation

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.statistics.models import Counted
from balise.foundation.statistics.rules import Gap, Span
from balise.steering.boards.rules.publishing import exact
from balise.steering.boards.rules.readings import (
    Amount,
    Cells,
    MeasureRead,
    Reading,
    added_up,
    reading,
)
from balise.steering.boards.rules.sentences import details, headline, table_of
from balise.steering.boards.tests.boards import DAYS, KINDS, SEEN
from balise.steering.boards.tests.makers import YESTERDAYS, count, open_garden, see
from balise.steering.boards.web.charts import of_reading
from balise.steering.rules.periods import Period, Preset, a_year_before, preset

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
UNTIL_TENTH = Span(date(2026, 11, 3), date(2026, 11, 10))
BOARD = "/staff/steering/garden/"


def days_of(span: Span, *, at: dict[int, int]) -> Reading:
    known = {NOVEMBER.first.replace(day=day): Amount(many, many) for day, many in at.items()}
    cells: Cells = (({}, Amount(sum(at.values()), 0)),) if at else ()
    before = a_year_before(NOVEMBER)
    return reading(
        DAYS,
        MeasureRead(cells, known),
        MeasureRead(),
        period=NOVEMBER,
        year_before=before,
        span=span,
    )


class TestAZero:
    def test_is_one_on_a_day_that_was_counted(self) -> None:
        found = days_of(UNTIL_TENTH, at={4: 2, 12: 1})
        numbers = [point.number for point in found.points]
        assert numbers[:5] == [None, None, 0, 2, 0]
        assert numbers[9:13] == [0, None, 1, None]
        assert found.number == 3
        assert found.gaps == (Gap.BEFORE_THE_CENTRE,)

    def test_is_a_dash_where_nothing_was_counted(self) -> None:
        found = days_of(Span(date(2027, 1, 1), date.max, Gap.BEFORE_THE_MEASURE), at={})
        with translation.override("fr"):
            assert headline(found, period=NOVEMBER, before=None).startswith("Non compté en")
            (why,) = details(found)
            assert "depuis le 1er janvier 2027" in why.replace("\u00a0", " ")
            table = table_of(found, is_compared=True)
        assert table is not None
        assert {row[1:] for row in table.rows} == {("–", "–")}

    def test_of_a_month_is_a_dash_where_one_of_its_days_was_not_counted(self) -> None:
        assert added_up([0, 0]) == 0
        assert added_up([0, None]) is None
        assert added_up([3, None]) == 3

    def test_of_a_code_is_a_dash_too(self) -> None:
        found = reading(
            KINDS,
            MeasureRead((({"kind": "a"}, Amount(4, 4)),)),
            MeasureRead(),
            period=NOVEMBER,
            year_before=a_year_before(NOVEMBER),
            span=UNTIL_TENTH,
        )
        assert {row.code: row.number for row in found.rows} == {"a": 4, "b": None, "c": None}
        drawn = of_reading(found, period=NOVEMBER, before=None, says="–")
        assert drawn
        assert drawn.wide.count(">–</text>") == 4  # in a box, and beside the name, of two

    def test_that_was_not_counted_is_not_drawn(self) -> None:
        drawn = of_reading(
            days_of(UNTIL_TENTH, at={4: 2, 6: 5}), period=NOVEMBER, before=None, says="–"
        )
        assert drawn
        (points,) = re.findall(r'<polyline points="([^"]+)"', drawn.wide)
        assert len(points.split()) == 8  # from the third to the tenth
        assert drawn.wide.count("stroke-dasharray") == 2  # a box before them, one after


class TestWhatLeaves:
    def test_of_a_month_that_is_not_counted_to_its_end_is_nothing(self) -> None:
        cells = (({"kind": "a"}, Amount(40, 40)), ({"kind": "b"}, Amount(9, 9)))
        found = exact(KINDS, cells, month=NOVEMBER, gap=Gap.NOT_YET)
        assert (found.total, found.is_counted) == (None, False)
        assert {(row.number, row.is_counted) for row in found.rows} == {(None, False)}

    def test_of_a_month_that_began_uncounted_is_what_was_counted(self) -> None:
        cells = (({"kind": "a"}, Amount(40, 40)),)
        found = exact(KINDS, cells, month=NOVEMBER, gap=Gap.BEFORE_THE_CENTRE)
        assert (found.total, found.is_counted) == (40, True)
        rows = {row.code: (row.number, row.is_counted) for row in found.rows}
        assert rows == {"a": (40, True), "b": (None, False), "c": (None, False)}


@pytest.mark.django_db
class TestAStaleCentre:
    """The worker stopped yesterday evening; things were seen since."""

    @pytest.fixture(autouse=True)
    def stopped(self, day: datetime) -> datetime:
        at = day - timedelta(days=1)
        last_month = preset(Preset.LAST_MONTH, today=clock.today()).first
        with clock.at(at):
            see("a", on=last_month, times=40)
            count()
        with clock.at(at + timedelta(hours=3)):
            see("a", on=clock.today(), times=6)
        return at

    @pytest.mark.parametrize(("day", "said"), YESTERDAYS, indirect=["day"])
    def test_says_so_on_the_page_and_on_each_card(
        self, client: Client, stopped: datetime, said: str
    ) -> None:
        sign_in(client, make_account("steering"))
        page = (
            client.get(BOARD, {"period": "last-month"})
            .text.replace("\u00a0", " ")
            .replace("\u202f", " ")
        )
        until = f"Compté jusqu’au {said} 2026, {timezone.localtime(stopped):%H:%M}"
        assert page.count(until) == 5  # above all, and on each of the four figures
        assert "6 faits non comptés" in page
        assert "balise work" in page
        english = client.get(BOARD, headers={"Accept-Language": "en"}).text
        assert "6 facts not counted" in english

    def test_shows_a_dash_for_today(self, client: Client) -> None:
        sign_in(client, make_account("steering"))
        page = client.get(BOARD, {"first": f"{clock.today()}", "last": f"{clock.today()}"})
        assert "No data" in page.text or "Rien" in page.text
        assert "0 signalement" not in page.text

    def test_says_so_in_each_file(self, client: Client, stopped: datetime) -> None:
        sign_in(client, make_account("steering"))
        answer = client.post(f"{BOARD}export/", {"period": "12-months", "form": "csv"})
        rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
        until = timezone.localtime(stopped).isoformat(timespec="seconds")
        assert {row["counted_until"] for row in rows} == {until}
        answer = client.post(f"{BOARD}export/", {"period": "12-months", "form": "json"})
        document = json.loads(answer.content)
        assert (document["counted_until"], document["waiting"]) == ({"garden": until}, 6)

    def test_is_refused_by_the_command_unless_it_is_allowed(self, stopped: datetime) -> None:
        with pytest.raises(CommandError) as refused:
            call_command("figures", "--json")
        assert "6 " in str(refused.value)
        assert "--allow-stale" in str(refused.value)
        printed = StringIO()
        call_command("figures", "--json", "--allow-stale", stdout=printed)
        document = json.loads(printed.getvalue())
        until = timezone.localtime(stopped).isoformat(timespec="seconds")
        assert (document["counted_until"], document["waiting"]) == ({"garden": until}, 6)
        printed = StringIO()
        call_command("figures", "--allow-stale", stdout=printed)
        assert "garden" in printed.getvalue()
        count()
        call_command("figures", stdout=StringIO())


@pytest.mark.django_db
def test_a_measure_that_came_later_has_dashes_before(client: Client) -> None:
    open_garden()
    today = clock.today()
    see("a", on=today, times=7)
    count()
    Counted.objects.filter(measure=SEEN.name).update(since=datetime(2026, 1, 1, tzinfo=UTC))
    sign_in(client, make_account("steering"))
    answer = client.post(f"{BOARD}export/", {"period": "12-months", "form": "csv"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    totals = {
        row["period"]: (row["number"], row["remark"])
        for row in rows
        if (row["figure"], row["code"]) == ("days", "total")
    }
    assert totals["2025-12"][0] == "–"
    assert totals["2025-12"][1] in {"not counted", "non compté"}
    assert totals["2026-02"] == ("0", "")
