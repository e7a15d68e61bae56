"""The calendar of a charter: the end of a trial, a month later, and no word of the family."""

from dataclasses import replace
from datetime import UTC, date, datetime

from django.utils.translation import override

from balise.awareness.activities.charter.rules.calendar import days, write_days
from balise.awareness.activities.charter.tests.test_carrying import TODAY, made
from balise.awareness.learning.events.rules.calendars import read


def file() -> bytes:
    with override("fr"):
        return write_days(
            days(made(), today=TODAY),
            at=datetime(2026, 11, 27, 12, tzinfo=UTC),
            zone="Europe/Paris",
            page="https://centre.example/fr/charter/",
            sender="no-reply@centre.example",
            centre="Centre",
        )


def test_it_holds_the_day_of_the_trial_and_a_month_later() -> None:
    first, second = read(file(), known={})
    assert [first.start, second.start] == ["2026-12-11T18:00:00+01:00", "2026-12-27T18:00:00+01:00"]
    assert first.problems == second.problems == []
    assert {first.summary, second.summary} == {"Charte de famille\u202f: on en reparle"}
    assert file() == file()
    for word in ("phare", "crêpes", "écran"):
        assert word not in file().decode()


def test_a_day_that_is_past_is_left_out_and_one_day_is_said_once() -> None:
    assert days(made(), today=date(2026, 12, 12)) == (date(2026, 12, 27),)
    late = replace(made(), made=date(2026, 11, 11))
    assert days(late, today=TODAY) == (date(2026, 12, 11),)
