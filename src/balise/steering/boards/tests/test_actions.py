"""What leaves is exact by whole months, or told by quarters, and written down."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.foundation.journal.models import Entry
from balise.foundation.statistics.protection import Exposure, Node
from balise.steering.boards import actions
from balise.steering.boards.rules.publishing import NoWholeMonth, Publication
from balise.steering.boards.tests.boards import BOARD
from balise.steering.boards.tests.makers import (
    EXPORTER,
    NOBODY,
    READER,
    count,
    keep,
    protect_kinds,
    see,
)
from balise.steering.rules.periods import Period

pytestmark = pytest.mark.django_db

SUMMER = Period(date(2026, 7, 1), date(2026, 9, 15))


def export(period: Period = SUMMER, *, by: Actor = EXPORTER) -> Publication:
    return actions.export(board=BOARD, period=period, form="csv", by=by)


def numbers(publication: Publication, code: str) -> dict[tuple[str, str], int | None]:
    """Return every number of one figure that left, totals under the code "*"."""
    found: dict[tuple[str, str], int | None] = {}
    for one in publication.figures:
        if one.figure.code == code:
            found[one.period, "*"] = one.total
            found |= {(one.period, row.code): row.number for row in one.rows}
    return found


class TestExport:
    def test_public_numbers_are_exact_by_month(self) -> None:
        see("a", on=date(2026, 7, 3), times=40)
        see("b", on=date(2026, 7, 4), times=9)
        see("a", on=date(2026, 8, 5), times=2)
        count()
        assert numbers(export(), "kinds") == {
            ("2026-07", "*"): 49,
            ("2026-07", "a"): 40,
            ("2026-07", "b"): 9,
            ("2026-07", "c"): 0,
            ("2026-08", "*"): 2,
            ("2026-08", "a"): 2,
            ("2026-08", "b"): 0,
            ("2026-08", "c"): 0,
        }

    def test_protected_parts_leave_by_quarter_beside_their_exact_total(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        protect_kinds(monkeypatch)
        see("a", on=date(2026, 7, 3), times=40)
        count()
        assert numbers(export(), "kinds") == {("2026-07", "*"): 40, ("2026-08", "*"): 0}
        keep(Node(2026, 3), a=38, b=None, c=30)
        with clock.at(datetime(2026, 11, 2, tzinfo=UTC)):
            found = numbers(export(Period(date(2026, 7, 1), date(2026, 10, 31))), "kinds")
        assert {key: many for key, many in found.items() if "Q" in key[0]} == {
            ("2026-Q3", "*"): None,
            ("2026-Q3", "a"): 38,
            ("2026-Q3", "b"): None,
        }

    def test_what_is_for_inside_is_in_no_file(self, monkeypatch: pytest.MonkeyPatch) -> None:
        protect_kinds(monkeypatch, Exposure.INSIDE, total=Exposure.INSIDE)
        see("a", on=date(2026, 7, 3), times=40)
        count()
        assert numbers(export(), "kinds") == {}

    def test_holds_whole_months_only(self) -> None:
        assert [month.first.month for month in export().months] == [7, 8]

    def test_two_exports_of_different_periods_say_the_same_of_a_month(self) -> None:
        """So subtracting one from the other gives nothing that was not published already."""
        for month in (7, 8, 9):
            see("a", on=date(2026, month, 3), times=20 + month)
            see("b", on=date(2026, month, 3), times=month - 6)
        count()

        long = numbers(export(Period(date(2026, 7, 1), date(2026, 9, 30))), "kinds")
        short = numbers(export(Period(date(2026, 7, 5), date(2026, 9, 29))), "kinds")

        assert short
        assert short.items() <= long.items()

    def test_is_written_down(self) -> None:
        export()

        entry = Entry.objects.get(event="steering.figures.exported")
        assert entry.actor_key == EXPORTER.key
        assert entry.facts == {
            "board": "garden",
            "first": "2026-07-01",
            "last": "2026-08-31",
            "form": "csv",
        }

    def test_is_refused_without_a_whole_month(self) -> None:
        with pytest.raises(NoWholeMonth):
            export(Period(date(2026, 7, 2), date(2026, 8, 30)))
        assert not Entry.objects.exists()

    @pytest.mark.parametrize("by", [READER, NOBODY])
    def test_is_closed_to_whoever_may_not(self, by: Actor) -> None:
        with pytest.raises(PermissionDenied):
            export(by=by)
