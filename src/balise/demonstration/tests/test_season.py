"""Two years of the demonstration: the same in every set-up of a day, counted, and recounted."""

from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from balise.demonstration import season
from balise.demonstration.season import Until
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor, make_partner
from balise.foundation.actors import SYSTEM
from balise.foundation.journal.models import Cursor, Entry
from balise.foundation.statistics.boards import board_of
from balise.foundation.statistics.counting import SUBSCRIBER, recount
from balise.foundation.statistics.coverage import coverage
from balise.foundation.statistics.measures import MEASURES
from balise.foundation.statistics.protection import Node
from balise.foundation.statistics.queries import by_day, totals
from balise.foundation.tasks.running import run_due
from balise.helpline.contacts.queries import reports
from balise.helpline.staffing.queries import planning
from balise.steering.boards.queries import read_board
from balise.steering.rules.periods import Preset, preset

# Each set-up of a demonstration tells them on SQLite.
pytestmark = [pytest.mark.django_db, pytest.mark.whole]

NOW = datetime(2026, 11, 27, 15, tzinfo=ZoneInfo("Europe/Paris"))
TODAY = NOW.date()
RECEIVED, OFFERED = "hotline.reports.received", "helpline.calls.offered"
COUNTED = (RECEIVED, OFFERED, "helpline.chats.offered", "helpline.contacts.wrapped")
# What is counted of March 2025. The seeds are of the days, so that each set-up of a day has them.
OF_MARCH = (93, 422, 151, 457)


@pytest.fixture(autouse=True)
def told(monkeypatch: pytest.MonkeyPatch) -> int:
    """Tell a history of two winters."""
    until = Until(
        reports=TODAY - timedelta(days=70), calls=TODAY - timedelta(weeks=3), contacts=TODAY
    )
    with clock.at(NOW):
        make_partner()
        return season.tell(until=until, listener=make_actor("listener"))


def each_day(measure: str, first: date, last: date) -> dict[date, int]:
    return {row.day: row.count for row in by_day(measure, first, last)}


def test_two_years_are_told_counted_and_recounted(told: int) -> None:
    assert Entry.objects.count() >= told > 20_000
    with clock.at(NOW):
        found = coverage(COUNTED)
        assert (found.waiting, found.is_stale) == (0, False)
        assert {span.first for span in found.spans.values()} == {date(2024, 11, 1)}
    for name in COUNTED:
        compared = recount(MEASURES[name])
        assert compared.agrees
        assert compared.entries > 1_000

    march = date(2025, 3, 1), date(2025, 3, 31)
    assert tuple(totals(name, *march)[0].count for name in COUNTED) == OF_MARCH

    # School and weekends, Safer Internet Day, and more every year.
    year = each_day(OFFERED, date(2025, 9, 1), date(2026, 8, 31))
    weekdays = Counter[bool]()
    for day, number in year.items():
        weekdays[day.weekday() < 5] += number
    assert weekdays[False] / 2 < weekdays[True] / 5
    july, october = (
        totals(OFFERED, date(2026, month, 1), date(2026, month, 31))[0].count for month in (7, 10)
    )
    assert july < october
    week = totals(OFFERED, date(2026, 2, 9), date(2026, 2, 15))[0].count
    before = totals(OFFERED, date(2026, 2, 2), date(2026, 2, 8))[0].count
    assert week > before

    # Boards stand year on year, and nothing but statistics has anything to do about it.
    with clock.at(NOW):
        for code in ("hotline", "removals", "helpline", "partners"):
            board = read_board(
                board_of(code), preset(Preset.TWELVE_MONTHS, today=TODAY), seen_by=SYSTEM
            )
            assert board.is_compared
            first = board.readings[0]
            assert first.number
            assert first.before
    assert Cursor.objects.exclude(name=SUBSCRIBER).filter(line="hotline", seq=0).count() == 0
    assert run_due() == 0

    # Files for others have their quarters.
    with clock.at(NOW):
        quarters = reports.quarters(seen_by=SYSTEM)
        assert quarters[0] == Node(2026, 3)
        assert quarters[-1] == Node(2024, 4)
        quarter = reports.insafe_quarter(2026, 3, seen_by=SYSTEM)
        years = reports.years(seen_by=SYSTEM)
        whole = reports.chi_year(2025, seen_by=SYSTEM)
    assert quarter.total > 500
    assert years == [Node(2025), Node(2024)]
    assert whole.total > 2_000

    # A week to come is forecast from calls and chats of two years, not from what is usual.
    with clock.at(NOW):
        ahead = planning.week(TODAY + timedelta(days=7), seen_by=SYSTEM)
    assert ahead.is_known
    assert ahead.basis.calls
    assert ahead.basis.chats
    assert ahead.basis.given_up
    assert settings.COUNTRY == "fr"
