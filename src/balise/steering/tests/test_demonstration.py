"""The steering's own records of the demonstration: there, quickly, and the same each time."""

from time import process_time

import pytest

from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.clock import today
from balise.steering.diary import demonstration as of_diary
from balise.steering.diary.models import Entry
from balise.steering.press import demonstration as of_press
from balise.steering.press.models import Item
from balise.steering.readings import demonstration as of_readings, queries as readings

pytestmark = pytest.mark.django_db
_MOST = 1.0  # seconds of processor, each


def test_a_year_is_told_in_less_than_a_second_each() -> None:
    people = {"steering_office": make_actor("steering_office")}
    for fill in (of_press.fill, of_readings.fill, of_diary.fill):
        began = process_time()
        fill(people)
        assert process_time() - began < _MOST
    assert Item.objects.filter(is_repeat=True).count() == 4
    last = {one.thing: one for one in readings.latest("social.followers", today())}
    assert len(last) == 5
    assert last["x-centre"].why is None
    assert len(readings.latest("stores.downloads", today())) == 2
    assert Entry.objects.filter(marked__isnull=False).count() == 1
