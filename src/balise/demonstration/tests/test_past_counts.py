"""What is counted of the past at once is what its days would have counted, one after the other."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.db import models

from balise.awareness.activities.charter import actions as charters
from balise.awareness.activities.charter.models import CharterTally
from balise.awareness.activities.charter.rules.picks import What as Charter
from balise.awareness.activities.stories.actions import playing
from balise.awareness.activities.stories.models import PlayTally
from balise.awareness.activities.stories.rules.places import Mode, What as Story
from balise.awareness.learning.events.actions import registering
from balise.awareness.learning.events.models import Registration
from balise.awareness.learning.events.rules.facts import AdultsOnly
from balise.awareness.learning.events.tests.makers import make_incoming, make_public
from balise.awareness.learning.training import actions
from balise.awareness.learning.training.models import DayTally
from balise.awareness.learning.training.rules.paths import Path
from balise.awareness.learning.training.rules.words import What as Module
from balise.demonstration.season2023.telling import moment
from balise.foundation import clock
from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.statistics.testing import left_by

pytestmark = pytest.mark.django_db

DAYS = {date(2023, 3, 4): 3, date(2023, 3, 6): 1}
AFTER = moment(date(2023, 3, 7), 9 * 3600)
KINDS: tuple[tuple[type[models.Model], Callable[[], None], Callable[[], None], object], ...] = (
    (
        CharterTally,
        lambda: charters.count(what=Charter.STARTED, band="6-7", by=ANYONE),
        lambda: charters.count_past(what=Charter.STARTED, band="6-7", days=DAYS, by=SYSTEM),
        charters,
    ),
    (
        DayTally,
        lambda: actions.count(what=Module.STARTED, path=Path(uuid4()), by=ANYONE),
        lambda: actions.count_past(what=Module.STARTED, days=DAYS, by=SYSTEM),
        actions,
    ),
    (
        PlayTally,
        lambda: playing.count(story="any", mode=Mode.CLASS, what=Story.BEGUN, by=ANYONE),
        lambda: playing.count_past(
            story="any", mode=Mode.CLASS, what=Story.BEGUN, days=DAYS, by=SYSTEM
        ),
        playing,
    ),
)


@pytest.mark.parametrize(("table", "one", "many", "counting"), KINDS)
def test_tallies_and_facts_are_the_same(
    table: type[models.Model], one: Callable[[], None], many: Callable[[], None], counting: object
) -> None:
    def day_by_day() -> None:
        for day, times in DAYS.items():
            with clock.at(moment(day, 12 * 3600)):
                for _each in range(times):
                    one()
        told()

    def at_once() -> None:
        many()
        told()

    def told() -> None:
        with clock.at(AFTER):
            assert counting.tell_days(by=SYSTEM) == len(DAYS)  # type: ignore[attr-defined]

    first = left_by(day_by_day, table)
    table._default_manager.all().delete()
    assert not left_by(at_once, table).unlike(first)
    assert first.tallies


def test_registrations_of_a_list_are_those_of_each_person() -> None:
    alone, listed = make_public(capacity=2), make_public(capacity=2)
    with clock.at(clock.now()):
        one_by_one = left_by(
            lambda: [
                registering.register(incoming=make_incoming(alone), by=ANYONE) for _ in range(3)
            ],
            Registration,
        )
        at_once = left_by(
            lambda: registering.register_many(
                incoming=[make_incoming(listed) for _ in range(3)], by=ANYONE
            ),
            Registration,
        )
    stood = [
        [row["standing"] for row in left.rows["Registration"]] for left in (one_by_one, at_once)
    ]
    assert sorted(stood[0]) == sorted(stood[1]) == ["confirmed", "confirmed", "waiting"]
    assert at_once.tallies == one_by_one.tallies
    assert len(at_once.facts["awareness"]) == len(one_by_one.facts["awareness"]) == 3
    with pytest.raises(AdultsOnly):
        registering.register_many(
            incoming=[make_incoming(listed), make_incoming(listed, is_adult=False)], by=ANYONE
        )
