"""What leaves is masked, whole months only, and written down."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation.actors import Actor
from balise.foundation.journal.models import Entry
from balise.steering.boards import actions
from balise.steering.boards.rules.publishing import NoWholeMonth, Publication
from balise.steering.boards.tests.boards import BOARD
from balise.steering.boards.tests.makers import EXPORTER, NOBODY, READER, count, see
from balise.steering.rules.periods import Period

pytestmark = pytest.mark.django_db

SUMMER = Period(date(2026, 7, 1), date(2026, 9, 15))


def export(period: Period = SUMMER, *, by: Actor = EXPORTER) -> Publication:
    return actions.export(board=BOARD, period=period, form="csv", by=by)


def numbers(publication: Publication, code: str) -> dict[tuple[date, str], int | None]:
    """Return every number of one figure that left, totals under the code "*"."""
    found: dict[tuple[date, str], int | None] = {}
    for one in publication.figures:
        if one.figure.code == code:
            found[one.month, "*"] = one.total
            found |= {(one.month, row.code): row.number for row in one.rows}
    return found


class TestExport:
    def test_masks_small_numbers(self) -> None:
        see("a", on=date(2026, 7, 3), times=40)
        see("b", on=date(2026, 7, 4), times=9)
        see("c", on=date(2026, 7, 5), times=3)
        see("a", on=date(2026, 8, 5), times=2)
        count()

        july, august = date(2026, 7, 1), date(2026, 8, 1)
        assert numbers(export(), "kinds") == {
            (july, "*"): 52,
            (july, "a"): 40,
            (july, "b"): None,
            (july, "c"): None,
            (august, "*"): None,
            (august, "a"): None,
            (august, "b"): None,
            (august, "c"): None,
        }

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

    def test_a_month_that_changed_by_little_leaves_as_it_left(self) -> None:
        """What was imported later with an earlier day is not the difference of two exports."""
        see("a", on=date(2026, 7, 3), times=40)
        see("b", on=date(2026, 7, 4), times=20)
        count()
        first = export()

        see("b", on=date(2026, 7, 5), times=2)
        count()
        assert numbers(export(), "kinds") == numbers(first, "kinds")
        assert export().figures[0].counted_until == first.figures[0].counted_until

        see("b", on=date(2026, 7, 6), times=4)
        count()
        assert numbers(export(), "kinds")[date(2026, 7, 1), "b"] == 26

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
