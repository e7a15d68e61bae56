"""Choices and endings are counted by day, of no player."""

from datetime import timedelta

import pytest

from balise.awareness.activities.stories.actions.playing import count, tell_days
from balise.awareness.activities.stories.models import PlayTally
from balise.awareness.activities.stories.rules.places import Mode, What
from balise.foundation import clock
from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.journal.models import Entry

pytestmark = pytest.mark.django_db


def counted(what: What, code: str = "", *, mode: Mode = Mode.ALONE, times: int = 1) -> None:
    for _time in range(times):
        count(story="yard", mode=mode, what=what, code=code, by=ANYONE)


def test_a_tally_is_of_a_day_a_choice_and_a_mode() -> None:
    counted(What.CHOSEN, "talk", times=3)
    counted(What.CHOSEN, "talk", mode=Mode.CLASS)
    counted(What.CHOSEN, "let")
    with clock.at(clock.now() + timedelta(days=1)):
        counted(What.CHOSEN, "talk")
    rows = PlayTally.objects.order_by("day", "mode", "code").values_list("mode", "code", "times")
    assert list(rows) == [
        ("alone", "let", 1),
        ("alone", "talk", 3),
        ("class", "talk", 1),
        ("alone", "talk", 1),
    ]


def test_the_journal_hears_of_days_that_are_over_once_and_of_no_choice() -> None:
    counted(What.BEGUN, times=4)
    counted(What.CHOSEN, "talk", times=4)
    counted(What.ENDED, "heard", mode=Mode.CLASS, times=2)
    assert tell_days(by=SYSTEM) == 0
    with clock.at(clock.now() + timedelta(days=1)):
        assert tell_days(by=SYSTEM) == 2
        assert tell_days(by=SYSTEM) == 0
    facts = {entry.facts["what"]: entry.facts for entry in Entry.objects.all()}
    assert (facts["begun"]["times"], facts["begun"]["mode"]) == (4, "alone")
    assert (facts["ended"]["times"], facts["ended"]["ending"]) == (2, "yard/heard")
