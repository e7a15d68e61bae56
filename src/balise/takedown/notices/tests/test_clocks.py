"""A clock stands still, goes on or starts anew; quiet, groups and ladders follow their rules."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from balise.foundation.packs import PackFaulty, countries_of
from balise.takedown.notices.rules import links
from balise.takedown.notices.rules.clocks import (
    Clock,
    Goal,
    Stop,
    Targets,
    Urgency,
    Why,
    met_by,
    next_deadline,
    starts_at,
    targets_for,
)
from balise.takedown.notices.rules.customs import (
    Leaving,
    Own,
    Quiet,
    customs_of,
    easter,
    mails,
    next_open,
)
from balise.takedown.notices.rules.ladder import NotARung, Rung, check_above, next_step, same_ladder
from balise.takedown.notices.rules.links import Link, Purpose
from balise.takedown.notices.rules.outcomes import Outcome
from balise.takedown.notices.rules.percentiles import percentile, times

START = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")
FRANCE = customs_of("fr")
RUNGS = [step.rung for step in FRANCE.ladder]
hours = st.integers(min_value=0, max_value=400).map(lambda count: timedelta(minutes=15 * count))
whys = st.sampled_from(list(Why))


@st.composite
def ended_stops(draw: st.DrawFn, why: st.SearchStrategy[Why] = whys) -> tuple[Stop, ...]:
    stops = []
    for _count in range(draw(st.integers(0, 5))):
        began = START + draw(hours)
        stops.append(Stop(draw(why), began, began + draw(hours)))
    return tuple(stops)


pauses = ended_stops(st.just(Why.INFORMATION))


class TestClock:
    @given(target=hours)
    def test_without_a_stop_runs_out_when_its_time_has_passed(self, target: timedelta) -> None:
        assert Clock(START).due(target) == START + target

    @given(stops=ended_stops(), target=hours)
    def test_is_due_when_it_has_run_for_its_time(
        self, stops: tuple[Stop, ...], target: timedelta
    ) -> None:
        clock = Clock(START, stops)
        due = clock.due(target)
        assert due is not None
        assert clock.has_run(due) == target
        assert due >= clock.runs_from + target

    @given(stops=pauses, target=hours)
    def test_is_put_off_by_no_more_than_it_stood_still(
        self, stops: tuple[Stop, ...], target: timedelta
    ) -> None:
        due = Clock(START, stops).due(target)
        stood = sum(((stop.ended_at or START) - stop.began_at for stop in stops), timedelta())
        assert due is not None
        assert START + target <= due <= START + target + stood

    @given(stops=ended_stops(), target=hours, chance=st.randoms(use_true_random=False))
    def test_does_not_mind_the_order_of_its_stops(
        self, stops: tuple[Stop, ...], target: timedelta, chance: object
    ) -> None:
        shuffled = list(stops)
        chance.shuffle(shuffled)  # type: ignore[attr-defined]
        assert Clock(START, stops).due(target) == Clock(START, tuple(shuffled)).due(target)

    @given(stops=pauses, one=hours, more=hours)
    def test_never_runs_backward(
        self, stops: tuple[Stop, ...], one: timedelta, more: timedelta
    ) -> None:
        clock = Clock(START, stops)
        assert clock.has_run(START + one) <= clock.has_run(START + one + more)
        assert clock.has_run(START + one) <= one

    @given(stops=ended_stops(), since=hours, target=hours)
    def test_owes_nothing_while_it_stands_still(
        self, stops: tuple[Stop, ...], since: timedelta, target: timedelta
    ) -> None:
        clock = Clock(START, (*stops, Stop(Why.INFORMATION, START + since)))
        assert clock.stands_still
        assert clock.due(target) is None

    def test_goes_on_after_a_question(self) -> None:
        asked = Stop(Why.INFORMATION, START + timedelta(hours=2), START + timedelta(hours=5))
        assert Clock(START, (asked,)).due(timedelta(hours=4)) == START + timedelta(hours=7)

    @pytest.mark.parametrize("why", [why for why in Why if why.is_impediment])
    def test_starts_anew_after_an_impediment(self, why: Why) -> None:
        hindered = Stop(why, START + timedelta(hours=2), START + timedelta(hours=5))
        clock = Clock(START, (hindered,))
        assert clock.due(timedelta(hours=4)) == START + timedelta(hours=9)
        assert clock.has_run(START + timedelta(hours=6)) == timedelta(hours=1)

    @given(stops=ended_stops(), target=hours)
    def test_that_never_restarts_goes_on_after_an_impediment_as_after_a_question(
        self, stops: tuple[Stop, ...], target: timedelta
    ) -> None:
        asked = tuple(Stop(Why.INFORMATION, stop.began_at, stop.ended_at) for stop in stops)
        assert Clock(START, stops, restarts=False).due(target) == Clock(START, asked).due(target)

    def test_knows_exactly_three_impediments(self) -> None:
        assert sum(why.is_impediment for why in Why) == 3

    def test_starts_twelve_hours_after_a_first_contact(self) -> None:
        assert starts_at(START) == START
        informed = starts_at(START, informed_at=START, ahead=FRANCE.ahead)
        assert informed == START + timedelta(hours=12)
        long_ago = START - timedelta(days=30)
        assert starts_at(START, informed_at=long_ago, ahead=FRANCE.ahead) == START


class TestGoals:
    targets = Targets(timedelta(hours=1), timedelta(hours=4), timedelta(hours=8))

    def test_come_one_after_the_other(self) -> None:
        clock = Clock(START)
        met = met_by(acknowledged_at=None, decided_at=None, is_gone=False)
        first = next_deadline(clock, self.targets, met=met)
        assert first is not None
        assert (first.goal, first.due_at) == (Goal.ACKNOWLEDGE, START + timedelta(hours=1))
        met = met_by(acknowledged_at=None, decided_at=START, is_gone=False)
        second = next_deadline(clock, self.targets, met=met)
        assert second is not None
        assert second.goal is Goal.GONE
        met = met_by(acknowledged_at=None, decided_at=None, is_gone=True)
        assert next_deadline(clock, self.targets, met=met) is None

    @given(
        urgency=st.sampled_from(list(Urgency)),
        acknowledge=st.none() | st.integers(1, 10_000).map(lambda count: timedelta(minutes=count)),
        decide=st.none() | st.integers(1, 10_000).map(lambda count: timedelta(minutes=count)),
    )
    def test_have_times_that_grow_and_no_promise_slows_what_is_urgent(
        self, urgency: Urgency, acknowledge: timedelta | None, decide: timedelta | None
    ) -> None:
        found = targets_for(
            urgency,
            FRANCE.targets,
            steady=timedelta(hours=72),
            acknowledge=acknowledge,
            decide=decide,
        )
        assert timedelta() < found.acknowledge <= found.decide <= found.gone
        if urgency is not Urgency.STEADY:
            assert found.decide <= FRANCE.targets[urgency].decide

    def test_are_an_hour_four_hours_and_the_offences_own(self) -> None:
        steady = timedelta(hours=72)
        decide = {
            urgency: targets_for(urgency, FRANCE.targets, steady=steady).decide
            for urgency in Urgency
        }
        assert [decide[urgency] // timedelta(hours=1) for urgency in Urgency] == [1, 4, 72]


class TestQuiet:
    quiet = Quiet(
        begins=time(20),
        ends=time(8),
        weekdays=frozenset({7}),
        holidays=frozenset({(12, 25)}),
        after_easter=frozenset({1}),
    )

    @pytest.mark.parametrize(
        ("year", "day"),
        [(2024, date(2024, 3, 31)), (2026, date(2026, 4, 5)), (2038, date(2038, 4, 25))],
    )
    def test_knows_easter(self, year: int, day: date) -> None:
        assert easter(year) == day

    @pytest.mark.parametrize(
        ("at", "opens"),
        [
            ("2026-11-24T10:00", "2026-11-24T10:00"),
            ("2026-11-24T21:30", "2026-11-25T08:00"),
            ("2026-11-25T03:00", "2026-11-25T08:00"),
            ("2026-11-28T20:00", "2026-11-30T08:00"),  # Saturday evening to Monday
            ("2026-12-24T23:00", "2026-12-26T08:00"),
            ("2026-04-04T21:00", "2026-04-07T08:00"),  # over Easter Monday
        ],
    )
    def test_opens_in_the_morning_of_a_working_day(self, at: str, opens: str) -> None:
        asked = datetime.fromisoformat(at).replace(tzinfo=PARIS).astimezone(UTC)
        expected = datetime.fromisoformat(opens).replace(tzinfo=PARIS)
        assert next_open(asked, self.quiet, PARIS) == expected

    @given(
        minutes=st.integers(0, 600_000),
        begins=st.times(),
        ends=st.times(),
        weekdays=st.frozensets(st.integers(1, 7), max_size=6),
    )
    def test_never_lets_anything_leave_in_it(
        self, minutes: int, begins: time, ends: time, weekdays: frozenset[int]
    ) -> None:
        quiet = Quiet(begins, ends, weekdays)
        at = START + timedelta(minutes=minutes)
        opens = next_open(at, quiet, UTC)
        assert opens >= at
        assert not quiet.takes_the_day(opens.date())
        assert not quiet.takes_the_hour(opens.time())

    def test_is_respected_but_by_what_is_urgent(self) -> None:
        evening = datetime(2026, 11, 24, 22, tzinfo=PARIS)
        assert FRANCE.leaving(Urgency.IMMEDIATE).at(evening, zone=PARIS) == evening
        steady = FRANCE.leaving(Urgency.STEADY).at(evening, zone=PARIS)
        assert steady == datetime(2026, 11, 25, 8, tzinfo=PARIS)


class TestGroups:
    @given(count=st.integers(0, 500), most=st.integers(1, 60))
    def test_hold_each_notice_once_and_none_too_many(self, count: int, most: int) -> None:
        found = mails(range(count), most=most)
        assert [one for group in found for one in group] == list(range(count))
        assert all(1 <= len(group) <= most for group in found)
        assert len(found) == -(-count // most)
        assert not found or max(map(len, found)) - len(found[-1]) < most

    @given(window=hours, others=st.lists(hours, max_size=4))
    def test_leave_with_the_first_that_leaves(
        self, window: timedelta, others: list[timedelta]
    ) -> None:
        moments = [START + other for other in others]
        leaves = Leaving(window=window).at(START, zone=UTC, others=moments)
        assert START <= leaves <= START + window
        assert leaves == min([START + window, *moments])


class TestLadder:
    ladder = FRANCE.ladder

    def test_goes_from_the_host_to_the_police(self) -> None:
        assert self.ladder[0].rung is Rung.HOST
        assert self.ladder[-1].rung is Rung.POLICE

    def test_proposes_the_first_that_is_known(self) -> None:
        step = next_step(self.ladder, Rung.HOST, known={Rung.REGISTRAR})
        assert step is not None
        assert step.rung is Rung.REGISTRAR

    def test_proposes_to_look_for_the_next_before_it_proposes_an_authority(self) -> None:
        step = next_step(self.ladder, Rung.HOST)
        assert step is not None
        assert step.rung is Rung.UPSTREAM
        above = {Rung.UPSTREAM, Rung.REGISTRAR, Rung.REGISTRY}
        step = next_step(self.ladder, Rung.HOST, told=above)
        assert step is not None
        assert step.rung is Rung.COORDINATOR

    def test_ends(self) -> None:
        assert next_step(self.ladder, Rung.POLICE) is None

    @given(rung=st.sampled_from(RUNGS), told=st.sets(st.sampled_from(RUNGS)))
    def test_never_goes_down_nor_twice_to_one(self, rung: Rung, told: set[Rung]) -> None:
        step = next_step(self.ladder, rung, told=told)
        if step is not None:
            assert RUNGS.index(step.rung) > RUNGS.index(rung)
            assert step.rung not in told
        with pytest.raises(NotARung):
            check_above(self.ladder, rung=rung, above_rung=rung, told=told)


class TestSameLadder:
    follows = {"a": None, "b": "a", "c": "b", "d": "a", "e": None, "f": "e", "g": None}

    @pytest.mark.parametrize("notice", ["a", "b", "c", "d"])
    def test_holds_all_that_was_climbed_from_one_beginning(self, notice: str) -> None:
        assert same_ladder(notice, self.follows) == {"a", "b", "c", "d"}

    def test_holds_nothing_that_began_anew(self) -> None:
        assert same_ladder("f", self.follows) == {"e", "f"}
        assert same_ladder("g", self.follows) == {"g"}


class TestCustoms:
    @pytest.mark.parametrize("country", countries_of("balise.takedown.notices"))
    def test_of_each_country_can_be_read(self, country: str) -> None:
        customs = customs_of(country)
        assert all(customs.urgency_of(code) for code in customs.offences)

    def test_of_a_country_without_a_pack_are_refused(self) -> None:
        with pytest.raises(PackFaulty):
            customs_of("xx")

    def test_of_one_contact_change_only_what_they_say(self) -> None:
        own = Own(window=timedelta(hours=1), most_items=3, climbs_alone=frozenset({Rung.UPSTREAM}))
        customs = FRANCE.with_own(own)
        assert customs.windows[Urgency.STEADY] == timedelta(hours=1)
        assert customs.windows[Urgency.IMMEDIATE] == timedelta()
        assert customs.most_items == 3
        assert customs.quiet == FRANCE.quiet
        assert [step.rung for step in customs.ladder if step.automatic] == [Rung.UPSTREAM]
        assert FRANCE.with_own(Own()) == FRANCE
        assert FRANCE.with_own(Own(always_open=True)).quiet is None
        night = FRANCE.with_own(Own(quiet_hours=(time(18), time(9)))).quiet
        assert night is not None
        assert (night.begins, night.weekdays) == (time(18), frozenset({7}))


class TestPercentiles:
    def test_are_values_that_were_seen(self) -> None:
        found = times([50, 10, 40, 20, 30, 60, 70, 80, 90, 100])
        assert found is not None
        assert (found.count, found.median, found.ninety, found.longest) == (10, 50, 90, 100)
        assert times([]) is None

    @given(
        values=st.lists(st.integers(0, 10_000_000), min_size=1),
        percent=st.integers(1, 100),
    )
    def test_leave_no_more_below_than_they_say(self, values: list[int], percent: int) -> None:
        ordered = sorted(values)
        found = percentile(ordered, percent)
        assert found in ordered
        assert sum(value < found for value in ordered) * 100 < percent * len(ordered)
        assert sum(value <= found for value in ordered) * 100 >= percent * len(ordered)


class TestLinks:
    @staticmethod
    def mac(text: str) -> bytes:
        return (text.encode() * 16)[-16:]

    @given(record=st.uuids(), purpose=st.sampled_from(list(Purpose)), days=st.integers(0, 4_000))
    def test_come_back_as_they_were_written(
        self, record: UUID, purpose: Purpose, days: int
    ) -> None:
        link = Link(purpose, record, START + timedelta(days=days))
        token = links.written(link, self.mac)
        assert len(token) == 50
        assert links.read(token, self.mac) == link
        assert links.read(token, lambda _text: b"another key here") is None

    @given(token=st.text(max_size=60))
    def test_are_not_guessed(self, token: str) -> None:
        assert links.read(token, lambda _text: b"0123456789abcdef") is None


def test_every_decision_is_in_the_words_of_the_database() -> None:
    codes = {outcome.dsa for outcome in Outcome if outcome.dsa}
    assert all(code.startswith("DECISION_") for code in codes)
    visibility = {code for code in codes if code.startswith("DECISION_VISIBILITY_")}
    assert len(visibility) == 7
    gone = {outcome for outcome in Outcome if outcome.is_gone}
    assert gone == {Outcome.REMOVED, Outcome.DISABLED, Outcome.ALREADY_GONE}
