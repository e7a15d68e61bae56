"""A day of the helpline, played by the real actions, and the files for others made of it."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from random import Random
from typing import Any

import orjson
import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from balise.demonstration.day import past
from balise.demonstration.day.playing import Day, Pace, Played
from balise.demonstration.day.script import people, shifts
from balise.demonstration.day.showing import as_late_as
from balise.foundation import clock
from balise.foundation.accounts.demonstration import create_colleagues, people as entering
from balise.foundation.accounts.roles import role_of
from balise.foundation.accounts.tests.makers import make_account, make_actor
from balise.foundation.clock import now, today
from balise.foundation.journal import clerk
from balise.foundation.statistics.queries import totals
from balise.foundation.tasks.models import Heartbeat
from balise.helpline.contacts.queries import topics
from balise.helpline.queue import queries as queue
from balise.helpline.queue.rules import SeatState
from balise.helpline.staffing.queries import history

pytestmark = pytest.mark.django_db

TOLD = date(2026, 11, 10)  # a day of which some numbers are large enough to be said


def play(*, calls: int, chats: int, listeners: int = 6, day: date | None = None) -> Played:
    """Play a day (yesterday) at once, and let the figures be counted."""
    played = Day(
        day or today() - timedelta(days=1),
        calls=calls,
        chats=chats,
        listeners=[make_actor("listener") for _each in range(listeners)],
        lead=make_actor("helpline_lead"),
    ).play()
    while clerk.tick():
        pass
    return played


def printed(command: str, *arguments: str) -> dict[str, Any]:
    out = StringIO()
    call_command(command, *arguments, "--json", stdout=out)
    answer: dict[str, Any] = orjson.loads(out.getvalue())
    return answer


def lines_of(report: dict[str, Any], dimension: str) -> dict[str, int | None]:
    return {one["code"]: one["count"] for one in report["lines"] if one["dimension"] == dimension}


@pytest.mark.whole
def test_what_was_played_is_what_the_files_for_others_say() -> None:
    day = TOLD
    played = play(calls=70, chats=40, listeners=8, day=day)
    counselling = [(kind, about) for kind, about in played.wrapped if about.topics]
    lists = topics(day)

    with clock.at(datetime(day.year + 1, 3, 1, tzinfo=UTC)):
        chi = printed("chi", "--year", str(day.year))
    assert chi["contacts"] == chi["counselling"] == len(counselling)
    reasons = Counter(
        code
        for _kind, about in counselling
        for code in {lists.map(about.topics[0], to="chi")} - {""}
    )
    # What is small is withheld; what is said is what was played, within its noise.
    for code, count in lines_of(chi, "reason").items():
        assert count is None or abs(count - reasons[code]) <= 5, code
    assert sum(count or 0 for count in lines_of(chi, "channel").values()) == len(counselling)
    assert any(count for count in lines_of(chi, "reason").values())

    quarter = (day.month - 1) // 3 + 1
    with clock.at(datetime(day.year + 1, 3, 1, tzinfo=UTC)):
        insafe = printed("insafe", "--year", str(day.year), "--quarter", str(quarter))
    online = [
        (kind, about) for kind, about in counselling if lists.map(about.topics[0], to="insafe")
    ]
    assert insafe["contacts"] == len(online)
    by_topic = Counter(lists.map(about.topics[0], to="insafe") for _kind, about in online)
    for code, count in lines_of(insafe, "topic").items():
        assert count is None or abs(count - by_topic[code]) <= 5, code
    assert {code: count for code, count in lines_of(insafe, "channel").items() if count} == {
        "phone": sum(kind == "call" for kind, _about in online),
        "chat": sum(kind == "chat" for kind, _about in online),
    }


def test_the_figures_are_what_was_played() -> None:
    day = today() - timedelta(days=1)
    played = play(calls=40, chats=20)

    def counted(measure: str) -> int:
        return totals(measure, day, day + timedelta(days=1))[0].count

    assert counted("helpline.calls.offered") == played.calls == 40
    assert counted("helpline.chats.offered") == played.chats == 20
    assert counted("helpline.calls.answered") == played.answered_calls
    assert counted("helpline.calls.abandoned") == played.gave_up_calls
    assert counted("helpline.contacts.wrapped") == len(played.wrapped)
    assert played.dangers == 2
    assert sum(history.past(history.CALLS, day, day)[day]) == 40
    assert sum(history.past(history.CHATS, day, day)[day]) == 20


def test_nobody_is_left_waiting_and_everyone_goes_home() -> None:
    who = [make_actor("listener") for _each in range(2)]
    lead = make_actor("helpline_lead")
    day = today() - timedelta(days=1)
    played = Day(day, calls=30, chats=15, listeners=who, lead=lead).play()
    assert played.answered_calls + played.gave_up_calls == 30
    assert played.answered_chats + played.gave_up_chats == 15
    live = queue.live()
    assert not live.waiting
    assert not live.held
    seats = [queue.own_seat(seen_by=one) for one in who]
    assert all(seat is not None and seat.state is SeatState.AWAY for seat in seats)


def test_a_day_that_is_broken_off_leaves_nobody_alone() -> None:
    who, lead = [make_actor("listener") for _each in range(3)], make_actor("helpline_lead")
    day = today() - timedelta(days=1)
    broken = Day(day, calls=30, chats=15, listeners=who, lead=lead)
    go_on, steps = broken._later, 0

    def until_the_hundredth(at_s: float, happens: Any, *about: Any) -> None:
        nonlocal steps
        steps += 1
        if steps == 100:
            raise KeyboardInterrupt
        go_on(at_s, happens, *about)

    broken._later = until_the_hundredth  # type: ignore[method-assign]
    played = broken.play()
    assert 0 < played.calls < 30
    live = queue.live()
    assert not live.seats
    # Whoever was with someone waits in front; the next play finds them.
    again = Day(day, calls=5, chats=2, listeners=who, lead=lead, seed=2).play()
    assert (again.calls, again.chats) == (5, 2)
    assert not queue.live().held
    assert not queue.live().waiting


def test_the_same_seed_is_the_same_day() -> None:
    one, other = (
        people(30, 20, chance=Random(4), name="day")  # noqa: S311 - a play
        for _twice in range(2)
    )
    assert one == other
    assert sum(each.is_in_danger for each in one) == 2
    assert any(each.is_silent for each in one)
    assert [each.at_s for each in one] == sorted(each.at_s for each in one)


def test_shifts_are_thickest_after_school() -> None:
    plan = shifts(20)
    at_18, at_9 = (
        sum(one.begins_s <= at * 3600 < one.ends_s for one in plan) for at in (18 - 9, 0)
    )
    assert at_18 > 2 * at_9


def test_weeks_in_brief_are_enough_for_a_forecast() -> None:
    told = past.tell_weeks(1, calls=6, chats=3, seed=1)
    while clerk.tick():
        pass
    days = history.past(history.CALLS, today() - timedelta(days=7), today())
    chats = history.past(history.CHATS, today() - timedelta(days=7), today())
    assert told == sum(sum(counts) for each in (days, chats) for counts in each.values())
    assert not queue.live().waiting


class TestCommand:
    def test_refuses_a_real_centre(self, settings: LazySettings) -> None:
        settings.DEMONSTRATION = False
        with pytest.raises(CommandError, match="real centre"):
            call_command("day", "replay", "--speed", "max")

    def test_refuses_a_centre_with_real_people(self, settings: LazySettings) -> None:
        make_account("listener")  # invited before this was a demonstration
        settings.DEMONSTRATION = True
        with pytest.raises(CommandError, match="real centre"):
            call_command("day", "past", "--weeks", "1")

    def test_plays_a_day_and_says_what_it_played(self, settings: LazySettings) -> None:
        settings.DEMONSTRATION = True
        size = ("--calls", "8", "--chats", "4", "--listeners", "3")
        said = printed("day", "replay", "--speed", "max", *size)
        assert (said["calls"], said["chats"]) == (8, 4)
        assert said["answered_calls"] + said["gave_up_calls"] == 8
        assert said["records"] == said["answered_calls"] + said["answered_chats"]

    def test_is_not_played_beside_a_worker(self, settings: LazySettings) -> None:
        settings.DEMONSTRATION = True
        Heartbeat.objects.create(worker="another", since=now(), seen_at=now())
        with pytest.raises(CommandError, match="A worker runs here"):
            call_command("day", "replay")

    def test_is_shown_on_this_machine_alone(self, settings: LazySettings) -> None:
        settings.DEMONSTRATION = True
        with pytest.raises(CommandError, match="not this machine"):
            call_command("day", "replay", "--address", "192.0.2.7:8018")

    @pytest.mark.parametrize(
        "wrong",
        [("--speed", "0.5"), ("--speed", "fast"), ("--day", "2126-01-01"), ("--calls", "-1")],
    )
    def test_refuses_kindly(self, settings: LazySettings, wrong: tuple[str, str]) -> None:
        settings.DEMONSTRATION = True
        with pytest.raises(CommandError):
            call_command("day", "replay", *wrong)


def test_a_page_is_as_late_as_the_day() -> None:
    moment = now() - timedelta(days=3)
    seen: list[Any] = []

    def application(_environ: dict[str, Any], _start: Any) -> list[bytes]:
        seen.append(now())
        return []

    as_late_as(lambda: moment, application)({}, None)
    assert seen == [moment]
    assert now() > moment


def test_a_day_goes_by_as_fast_as_it_was_asked() -> None:
    heard: list[Any] = []
    opening = now() - timedelta(days=1)
    pace = Pace(opening, 3_600, lambda: heard.append(now()))
    pace.begin()
    pace.wait_until(1_200)  # twenty minutes, in a third of a second
    assert opening + timedelta(minutes=20) <= pace.now() < opening + timedelta(minutes=60)
    assert heard
    # As late as the day will be some moments from now: a page is not taken for gone meanwhile.
    assert all(opening < moment <= pace.now() + timedelta(hours=4) for moment in heard)


def test_colleagues_are_not_whom_one_enters_as() -> None:
    made = create_colleagues(role_of("listener"), 12)
    assert len({each.name for each in made}) == 12
    assert [each.pk for each in entering() if each.role == "listener"] == [made[0].pk]
    assert create_colleagues(role_of("listener"), 12) == made
