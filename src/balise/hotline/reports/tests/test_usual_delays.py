"""How long until a verdict, as a reporter is told: noted once a day from the tallies."""

from datetime import timedelta
from unittest.mock import patch

import pytest

from balise.foundation.clock import today
from balise.foundation.statistics import delays
from balise.foundation.statistics.models import Tally, UsualDelay
from balise.foundation.statistics.usual import FLOOR, LASTS, LOOKED_BACK, Usual
from balise.hotline.reports.rules.journey import VERDICT as MEASURE


@pytest.mark.django_db
class TestDelays:
    def counted(self, count: int, *, days_ago: int = 3, codes: str = "band=4h") -> None:
        day = today() - timedelta(days=days_ago)
        Tally.objects.create(measure=MEASURE, day=day, codes=codes, count=count)

    def test_are_noted_of_the_last_ninety_days(self) -> None:
        self.counted(FLOOR)
        self.counted(500, days_ago=LOOKED_BACK.days + 40, codes="band=7d")

        delays.note()

        assert delays.usual_delays(MEASURE, "another") == {MEASURE: Usual("4h", "4h")}

    def test_what_has_too_few_now_is_told_no_more(self) -> None:
        self.counted(FLOOR)
        delays.note()
        Tally.objects.update(count=FLOOR - 1)

        delays.note()

        assert not UsualDelay.objects.exists()

    def test_what_is_too_old_is_not_told(self) -> None:
        self.counted(FLOOR)
        delays.note()

        with patch.object(delays, "today", lambda: today() + LASTS + timedelta(days=1)):
            assert delays.usual_delays(MEASURE) == {}
