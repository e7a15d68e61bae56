import json
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from balise.steering.boards.tests.makers import count, see

pytestmark = pytest.mark.django_db

OCTOBER = ("--from", "2026-10-01", "--to", "2026-10-31")


def figures(*words: str) -> str:
    printed = StringIO()
    call_command("figures", *words, stdout=printed)
    return printed.getvalue()


class TestFigures:
    def test_prints_what_the_page_shows(self) -> None:
        see("b", on=date(2026, 10, 4), times=7)
        count()

        printed = figures(*OCTOBER).replace("\xa0", " ")

        assert "Garden – octobre 2026" in printed
        assert "7 signalements en octobre 2026." in printed
        assert "Bread" in printed

    def test_prints_numbers_for_programs(self) -> None:
        see("b", on=date(2026, 10, 4), times=7)
        count()

        document = json.loads(figures(*OCTOBER, "--json"))

        assert (document["first"], document["last"]) == ("2026-10-01", "2026-10-31")
        by_code = {one["figure"]: one for one in document["figures"]}
        assert by_code["days"]["number"] == 7
        assert by_code["days"]["points"][3] == {"day": "2026-10-04", "number": 7, "before": 0}
        assert by_code["spans"]["spans"]["half_within"] == "1h"

    def test_shows_last_month_and_the_first_board_where_nothing_is_asked(self) -> None:
        assert json.loads(figures("--json"))["board"] == "garden"
        assert json.loads(figures("--json", "--board", "orchard"))["board"] == "orchard"

    @pytest.mark.parametrize(
        "words",
        [
            ("--board", "unheard-of"),
            ("--from", "2026-10-02", "--to", "2026-10-01"),
            ("--from", "x"),
        ],
    )
    def test_refuses_what_cannot_be_counted(self, words: tuple[str, ...]) -> None:
        with pytest.raises(CommandError):
            figures(*words)


class TestRead:
    def test_reads_a_printed_number(self) -> None:
        assert json.loads(figures("read", "13,5 Mn €", "--json")) == {
            "value": 13_500_000,
            "unit": "EUR",
            "bound": "about",
        }
        assert figures("read", "plus de 8 000 professionnels").split() == [
            *("8000", "professionnels", "at_least"),
        ]

    def test_refuses_a_doubt(self) -> None:
        with pytest.raises(CommandError):
            figures("read", "18 octobre 2023")


class TestAsOf:
    @pytest.mark.parametrize("day", [datetime(2026, 11, 28, 12, tzinfo=UTC)], indirect=True)
    def test_prints_an_object_a_line_as_known_on_that_day(self) -> None:
        see("b", on=date(2026, 10, 4), times=7)
        see("b", on=date(2025, 10, 4), times=5)
        count()

        [line] = figures("--as-of", "2026-11-28", "--json").splitlines()

        found = json.loads(line)
        assert (found["code"], found["value"], found["bound"]) == ("SEEN-N", 7, "exact")
        assert found["unit"] == "signalements"
        assert found["period"] == {"first": "2026-01-01", "last": "2026-11-28", "days": 332}
        assert found["compared_with"]["value"] == 5
        assert found["method"] == "measured"
        assert "SEEN-N" in figures("--as-of", "2026-11-28")
