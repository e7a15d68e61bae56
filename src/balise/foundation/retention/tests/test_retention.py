import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, strategies as st

from balise.foundation.actors import SYSTEM
from balise.foundation.journal.models import Entry
from balise.foundation.retention import actions, queries, tasks
from balise.foundation.retention.models import Outcome, Run
from balise.foundation.retention.rules import RULES, Rule, find_jump, register
from balise.foundation.retention.tests.makers import AGE, BROKEN, IDLE, LETTERS, make_letters
from balise.foundation.tasks.models import DeadLetter
from balise.foundation.tasks.running import run_due

START = datetime(2026, 3, 2, 3, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
OLD = START - AGE - HOUR


def test_a_leap_of_more_than_a_day_is_found_in_either_direction() -> None:
    day = [START + n * HOUR for n in range(24)]

    assert find_jump(day, START + 30 * HOUR) is None
    assert find_jump(day, START + 48 * HOUR) == (day[-1], START + 48 * HOUR)
    assert find_jump([*day, START + 99 * HOUR], START + 100 * HOUR) is not None
    assert find_jump(day, START - 10 * HOUR) is not None
    assert find_jump([], START) is None


@given(st.lists(st.integers(-20, 20), max_size=20))
def test_a_clock_that_is_set_by_less_than_a_day_is_trusted(steps: list[int]) -> None:
    moments = [START]
    for step in steps:
        moments.append(moments[-1] + step * HOUR)

    assert find_jump(moments, moments[-1]) is None


class Clock:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.now = START

    def live(self, hours: int) -> None:
        """Let time pass as it does in a centre that runs, with its marks in the journal."""
        for _ in range(hours // 6):
            self.now += 6 * HOUR
            actions.note_clock(by=SYSTEM)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("balise.foundation.clock.now", lambda: clock.now)
    return clock


@pytest.fixture
def rules(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Apply these rules, and none of a line's."""

    def only(*some: Rule) -> None:
        known = {rule.name: rule for rule in some}
        monkeypatch.setattr(actions, "RULES", known)
        monkeypatch.setattr(queries, "RULES", known)

    only(LETTERS)
    return only


def erased() -> list[int]:
    entries = Entry.objects.filter(event="pond.retention.erased").order_by("id")
    return [entry.facts["count"] for entry in entries]


@pytest.mark.django_db
@pytest.mark.usefixtures("rules")
class TestRun:
    def test_erases_what_is_due_and_nothing_else(self, clock: Clock) -> None:
        make_letters(250, died_at=OLD)
        make_letters(3, died_at=clock.now)
        actions.note_clock(by=SYSTEM)

        run = actions.run(by=SYSTEM)

        assert run.outcome == Outcome.DONE
        assert DeadLetter.objects.count() == 3
        assert [one.count for one in run.applied.all()] == [250]
        assert [(s.rule, s.last and s.last.count) for s in queries.standings()] == [(LETTERS, 250)]

    def test_writes_each_batch_in_the_line_s_journal(self, clock: Clock) -> None:
        make_letters(250, died_at=OLD)

        actions.run(by=SYSTEM)

        assert sum(erased()) == 250
        entry = Entry.objects.filter(event="pond.retention.erased").first()
        assert entry is not None
        assert (entry.line, entry.subject) == ("pond", LETTERS.subject)
        assert entry.facts["rule"] == "pond.letters"

    def test_a_rule_that_fails_holds_up_no_other(
        self, clock: Clock, rules: Callable[..., None], caplog: pytest.LogCaptureFixture
    ) -> None:
        rules(BROKEN, LETTERS)
        make_letters(1, died_at=OLD)

        run = actions.run(by=SYSTEM)

        assert run.outcome == Outcome.FAILED
        assert [(one.rule, one.count, one.error) for one in run.applied.order_by("id")] == [
            ("pond.broken", 0, "ArithmeticError"),
            ("pond.letters", 1, ""),
        ]
        assert "words about a person" not in caplog.text

    def test_a_rule_that_erases_nothing_is_not_asked_for_ever(
        self, clock: Clock, rules: Callable[..., None]
    ) -> None:
        rules(IDLE)
        make_letters(1, died_at=OLD)

        assert actions.run(by=SYSTEM).applied.get().error == "NothingErased"

    def test_a_rehearsal_erases_nothing(self, clock: Clock) -> None:
        make_letters(7, died_at=OLD)

        assert [due.count for due in queries.due_now()] == [7]
        assert DeadLetter.objects.count() == 7

    def test_runs_every_night(self, clock: Clock) -> None:
        make_letters(1, died_at=OLD)
        tasks.forget_what_is_due.later()
        run_due()

        assert Run.objects.get().outcome == Outcome.DONE


@pytest.mark.django_db
@pytest.mark.usefixtures("rules")
class TestClock:
    @pytest.fixture(autouse=True)
    def one_good_night(self, clock: Clock) -> None:
        actions.note_clock(by=SYSTEM)
        assert actions.run(by=SYSTEM).outcome == Outcome.DONE
        clock.live(24)
        make_letters(5, died_at=clock.now - AGE + 48 * HOUR)  # due in two days

    def test_quiet_days_are_no_leap(self, clock: Clock) -> None:
        clock.live(24 * 5)

        assert actions.run(by=SYSTEM).outcome == Outcome.DONE
        assert not DeadLetter.objects.exists()

    @pytest.mark.parametrize("leap", [timedelta(days=3), timedelta(days=3650)], ids=str)
    def test_nothing_is_erased_after_a_leap(self, clock: Clock, leap: timedelta) -> None:
        clock.now += leap

        run = actions.run(by=SYSTEM)

        assert run.outcome == Outcome.REFUSED
        assert queries.refused() == run
        assert (run.jumped_from, run.jumped_to) == (clock.now - leap, clock.now)
        assert DeadLetter.objects.count() == 5
        assert Entry.objects.filter(event="retention.run.ended").last().facts == {  # type: ignore[union-attr]
            "outcome": "refused"
        }

    def test_work_done_after_the_leap_does_not_hide_it(self, clock: Clock) -> None:
        clock.now += timedelta(days=3650)
        clock.live(48)

        assert actions.run(by=SYSTEM).outcome == Outcome.REFUSED
        clock.live(24)
        assert actions.run(by=SYSTEM).outcome == Outcome.REFUSED
        assert DeadLetter.objects.count() == 5

    def test_a_clock_that_goes_back_is_not_trusted_either(self, clock: Clock) -> None:
        clock.now -= timedelta(days=3)

        assert actions.run(by=SYSTEM).outcome == Outcome.REFUSED

    def test_somebody_who_looked_at_the_clock_ends_the_refusal(
        self, clock: Clock, capsys: pytest.CaptureFixture[str]
    ) -> None:
        clock.now += timedelta(days=3)
        with pytest.raises(CommandError, match="clock-is-right"):
            call_command("retention", "run")

        call_command("retention", "run", "--clock-is-right", "--json")
        text = capsys.readouterr().out
        document = json.loads(text[text.index("{") :])
        assert (document["outcome"], document["rules"][0]["erased"]) == ("done", 5)

        assert queries.refused() is None
        clock.live(24)
        assert actions.run(by=SYSTEM).outcome == Outcome.DONE
        assert [run.is_refused for run in queries.last_runs()] == [False, False, True, False]

    def test_a_rehearsal_is_an_operators_command(self, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("retention", "run", "--dry-run")

        assert "pond.letters: 0 due" in capsys.readouterr().out


def test_two_rules_never_share_a_name() -> None:
    known = dict(RULES)
    try:
        register(LETTERS, LETTERS)
        with pytest.raises(ValueError, match=r"called pond\.letters"):
            register(Rule(LETTERS.name, LETTERS.forgets, "Another.", LETTERS.due, IDLE.erase))
    finally:
        RULES.clear()
        RULES.update(known)
