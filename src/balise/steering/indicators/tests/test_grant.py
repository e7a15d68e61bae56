"""The report to the European Commission: the grant's file, exact percents, reasons in words."""

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any, Final

import orjson
import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from pydantic import ValidationError

from balise.foundation import clock
from balise.foundation.actors import ANYONE
from balise.foundation.journal.clerk import tick
from balise.foundation.statistics.models import Counted
from balise.foundation.statistics.tests.makers import pick
from balise.steering.indicators.queries.grant import told
from balise.steering.indicators.rules.grant import Grant, Kpi, Told, as_object
from balise.steering.indicators.tests.orchard import MEASURES, STAFF, protect

MARCH: Final = (date(2026, 3, 1), date(2026, 3, 31))
DELIVERABLE: Final[dict[str, Any]] = {
    "number": "D2.1",
    "title": "Report",
    "type": "R",
    "dissemination": "PU",
    "due_month": 2,
}
PART: Final[dict[str, Any]] = {
    "reference": "101",
    "title": "Centre",
    "starts_on": date(2026, 1, 1),
    "months": 24,
    "work_packages": [{"number": 2, "title": "Awareness"}],
    "deliverables": [DELIVERABLE],
    "milestones": [],
    "kpis": [{"indicator": "PICK-N", "work_package": 2, "target": "10"}],
}


class TestTheFile:
    def test_a_deliverable_is_due_at_the_end_of_its_month(self) -> None:
        grant = Grant.model_validate(PART)
        assert grant.due_on(1) == date(2026, 1, 31)
        assert grant.due_on(14) == date(2027, 2, 28)
        assert grant.deliverables[0].work_package == 2

    @pytest.mark.parametrize(
        "wrong",
        [
            {"work_packages": [{"number": 1, "title": "Other"}]},
            {"months": 1},
            {"kpis": [*PART["kpis"], *PART["kpis"]]},
            {"deliverables": [DELIVERABLE | {"number": "2.1"}]},
            {"deliverables": [DELIVERABLE | {"state": "sent"}]},
            {"budget": 1},
        ],
    )
    def test_refuses_what_does_not_hold_together(self, wrong: dict[str, object]) -> None:
        with pytest.raises(ValidationError):
            Grant.model_validate(PART | wrong)

    def test_a_target_is_more_than_nought(self) -> None:
        with pytest.raises(ValidationError):
            Kpi(indicator="PICK-N", work_package=2, target=Decimal(0))


def grant_of(**targets: str) -> Grant:
    kpis = [
        {"indicator": code.replace("_", "-"), "work_package": 2, "target": target}
        for code, target in targets.items()
    ]
    return Grant.model_validate(PART | {"kpis": kpis})


def told_of(code: str, target: str = "8") -> Told:
    with clock.at(datetime(2026, 5, 1, 12, tzinfo=UTC)):
        (found,) = told(grant_of(**{code: target}), *MARCH, seen_by=STAFF)
    return found


@pytest.mark.django_db
class TestToldOfAPeriod:
    @pytest.fixture(autouse=True)
    def begun(self, monkeypatch: pytest.MonkeyPatch) -> None:
        protect(monkeypatch)
        with clock.at(datetime(2026, 1, 2, 12, tzinfo=UTC)):
            pick("quince", on=date(2026, 1, 1))
            tick()
        with clock.at(datetime(2026, 3, 5, 12, tzinfo=UTC)):
            pick("apple", times=6, on=date(2026, 3, 5))
            tick()

    def test_a_percent_is_of_an_exact_number_alone(self) -> None:
        exact = told_of("PICK_N")
        assert (exact.cell.value, exact.percent, exact.reason) == (Decimal(6), 75, "")
        for code in ("PICK_B", "HANDS", "PICK_RIPE"):  # at least, at most, a share
            assert told_of(code).cell.value is not None
            assert told_of(code).percent is None

    def test_says_in_words_what_is_not_collected(self) -> None:
        bees = told_of("BEES")
        assert (bees.cell.value, bees.percent) == (None, None)
        assert bees.reason == "Not collected: No hive counts its bees."

    def test_says_since_when_it_is_counted_and_takes_no_percent(self) -> None:
        since = datetime(2026, 3, 3, 12, tzinfo=UTC)
        names = [MEASURES["orchard.baskets"].name]
        assert Counted.objects.filter(measure__in=names).update(since=since) == 1
        late = told_of("PICK_N")
        assert late.since == date(2026, 3, 3)
        assert late.reason == "Counted since 2026-03-03."
        assert late.percent is None

    def test_says_no_day_where_nothing_is_counted_yet(self) -> None:
        Counted.objects.filter(measure="orchard.baskets").update(
            since=datetime(2026, 5, 2, 12, tzinfo=UTC)
        )
        found = told_of("PICK_N")
        assert (found.since, found.percent) == (None, None)
        assert found.reason == "Nothing of this kind was recorded yet."

    def test_a_protected_number_is_told_by_its_class(self) -> None:
        tasted = told_of("TASTED")
        assert (tasted.cell.value, tasted.percent) == (None, None)
        assert tasted.reason == "Protected: not told of these days."

    def test_no_number_is_without_its_reason(self) -> None:
        for code in ("BEES", "ALL", "TASTED", "GROWERS"):
            one = told_of(code)
            assert one.cell.value is None
            assert one.reason

    def test_is_for_who_reads_figures(self) -> None:
        with pytest.raises(PermissionDenied):
            told(grant_of(PICK_N="8"), *MARCH, seen_by=ANYONE)

    def test_a_deliverable_that_is_due_and_not_sent_is_late(self) -> None:
        grant = grant_of(PICK_N="8")
        for today, is_late in ((date(2026, 2, 28), False), (date(2026, 3, 1), True)):
            found = as_object(grant, [], first=MARCH[0], last=MARCH[1], today=today)
            assert found["deliverables"][0]["is_late"] is is_late
            assert found["deliverables"][0]["due_on"] == "2026-02-28"

    def test_the_operator_prints_it(self, tmp_path: Path) -> None:
        path = tmp_path / "grant.toml"
        path.write_text(
            'reference = "101"\ntitle = "C"\nstarts_on = 2026-01-01\nmonths = 24\n'
            "deliverables = []\nmilestones = []\n"
            '[[work_packages]]\nnumber = 2\ntitle = "A"\n'
            '[[kpis]]\nindicator = "PICK-N"\nwork_package = 2\ntarget = 8\n'
            '[[kpis]]\nindicator = "BEES"\nwork_package = 2\n'
        )
        days = ("--from", "2026-03-01", "--to", "2026-03-31", "--grant", str(path))
        out, table = StringIO(), StringIO()
        with clock.at(datetime(2026, 5, 1, 12, tzinfo=UTC)):
            call_command("grant_report", *days, "--json", stdout=out)
            call_command("grant_report", *days, stdout=table)
        found = orjson.loads(out.getvalue())
        assert [one["percent_of_target"] for one in found["kpis"]] == [75, None]
        rows = list(csv.DictReader(StringIO(table.getvalue())))
        assert [row["value"] for row in rows] == ["6", ""]
        with (
            clock.at(datetime(2026, 3, 31, 12, tzinfo=UTC)),
            pytest.raises(CommandError, match="days that are over"),
        ):
            call_command("grant_report", *days)
