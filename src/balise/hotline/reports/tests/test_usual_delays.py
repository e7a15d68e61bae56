"""How long until a verdict, as a reporter is told: noted once a day from what was counted."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils.timezone import localtime

from balise.foundation import clock
from balise.foundation.actors import SYSTEM
from balise.foundation.journal import clerk
from balise.foundation.journal.book import record_many
from balise.foundation.journal.events import Code
from balise.foundation.statistics import usual
from balise.foundation.statistics.models import UsualDelay
from balise.foundation.statistics.usual import FLOOR, LASTS, LOOKED_BACK, Usual
from balise.hotline.reports.events import ContentDecided
from balise.hotline.reports.rules.journey import VERDICT as MEASURE
from balise.hotline.reports.rules.words import ContentState, Verdict

A_DAY = timedelta(days=1)
# What is looked back on begins or ends with a month on most of them.
MOMENTS = (
    datetime(2026, 11, 18, 9, tzinfo=UTC),
    datetime(2026, 11, 30, 22, 59, tzinfo=UTC),
    datetime(2026, 11, 30, 23, 1, tzinfo=UTC),  # in Paris the first of December
    datetime(2027, 1, 1, 9, tzinfo=UTC),
    datetime(2028, 2, 29, 9, tzinfo=UTC),
)


@pytest.fixture(autouse=True, params=MOMENTS, ids=str)
def _day(request: pytest.FixtureRequest) -> Iterator[None]:
    with clock.at(request.param):
        yield


def decide(times: int, *, days_ago: int = 3, band: str = "4h") -> None:
    """Let as many verdicts become final on a day, and the clerk count them."""
    verdict = ContentDecided(
        subject=uuid4(),
        verdict=Verdict.ILLEGAL,
        state=ContentState.REMOVING,
        category=Code("csam"),
        seconds=7_200,
        band=Code(band),
    )
    at = localtime(clock.now()) - days_ago * A_DAY  # the same hour, if the clock changed or not
    with clock.at(at), transaction.atomic():
        record_many([verdict] * times, by=SYSTEM)
    while clerk.tick():
        pass


@pytest.mark.django_db
class TestDelays:
    def test_are_noted_of_the_last_ninety_days(self) -> None:
        decide(FLOOR)
        decide(50, days_ago=LOOKED_BACK.days + 1, band="7d")

        usual.note()

        assert usual.usual_delays(MEASURE, "another") == {MEASURE: Usual("4h", "4h")}

    def test_the_first_and_the_last_of_these_days_count(self) -> None:
        decide(1, days_ago=0)
        decide(FLOOR - 1, days_ago=LOOKED_BACK.days)

        usual.note()

        assert usual.usual_delays(MEASURE) == {MEASURE: Usual("4h", "4h")}

    def test_what_has_too_few_now_is_told_no_more(self) -> None:
        decide(FLOOR)
        usual.note()
        assert UsualDelay.objects.count() == 1

        with clock.at(clock.now() + LOOKED_BACK):
            usual.note()

        assert not UsualDelay.objects.exists()

    def test_what_is_too_old_is_not_told(self) -> None:
        decide(FLOOR)
        usual.note()

        with clock.at(clock.now() + LASTS + A_DAY):
            assert usual.usual_delays(MEASURE) == {}
