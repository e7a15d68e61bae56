"""What the invented past leaves to whoever tries."""

from datetime import UTC, datetime

import pytest

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.steering.readings import demonstration
from balise.steering.readings.models import Reading


@pytest.mark.django_db
@pytest.mark.parametrize("day", [18, 1])
def test_nothing_is_read_today(day: int) -> None:
    with clock.at(datetime(2026, 12, day, 9, tzinfo=UTC)):
        demonstration.fill({"steering_office": make_actor("steering_office")})
        assert Reading.objects.filter(day__lt=clock.today()).exists()
        assert not Reading.objects.filter(day__gte=clock.today()).exists()
