import json
from datetime import UTC, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.tasks.base import Task
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from balise.foundation import clock
from balise.foundation.actors import SYSTEM
from balise.foundation.journal.models import Entry
from balise.foundation.tasks import running
from balise.foundation.tasks.models import DeadLetter, Heartbeat, ScheduledRun
from balise.foundation.tasks.rules import LIMITS, Lane
from balise.foundation.tasks.running import LetterUnknown, run_due
from balise.foundation.tasks.schedule import Daily, Every, enqueue_due, register_schedule
from balise.foundation.tasks.tests import jobs
from balise.foundation.tasks.working import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

BELL = uuid4()


def rung(bell: UUID = BELL) -> int:
    return Entry.objects.filter(event="tower.bell.rung", subject=bell).count()


def wake() -> None:
    """Let the pause of every failed job pass."""
    DBTaskResult.objects.update(run_after=clock.now())


class TestTaskOfALibrary:
    def test_runs_at_once_and_leaves_no_row(self) -> None:
        task = Task[..., None](
            priority=0, func=jobs.ring_for_a_library, backend="default", queue_name="default"
        )

        task.enqueue(BELL)

        assert rung() == 1
        assert not DBTaskResult.objects.exists()


class TestLater:
    def test_runs_once_and_leaves_no_row(self) -> None:
        jobs.ring_bell.later(bell=BELL)

        assert (run_due(), run_due()) == (1, 0)
        assert (rung(), DBTaskResult.objects.count()) == (1, 0)

    def test_belongs_to_the_open_transaction(self) -> None:
        with transaction.atomic():
            jobs.ring_bell.later(bell=BELL)
            transaction.set_rollback(True)

        assert run_due() == 0

    def test_waits_as_long_as_it_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        jobs.ring_bell.later(bell=BELL, after=timedelta(hours=2))
        assert run_due() == 0

        late = clock.now() + timedelta(hours=2, seconds=1)
        monkeypatch.setattr("balise.foundation.clock.now", lambda: late)
        assert run_due() == 1

    def test_takes_only_what_the_function_takes(self) -> None:
        with pytest.raises(TypeError, match="argument"):
            jobs.ring_bell.later(whistle=BELL)

    def test_takes_no_free_text(self) -> None:
        with pytest.raises(ValueError, match="no free text"):
            jobs.ring_bell.later(bell="Camille rang twice")
        with pytest.raises(TypeError, match="not dict"):
            jobs.ring_bell.later(bell={"a": 1})  # type: ignore[arg-type]

    def test_a_job_may_enqueue_others(self) -> None:
        jobs.ring_later.later(bell=BELL, times=3)

        assert run_due() == 4
        assert rung() == 3


class TestFailure:
    def test_a_test_hears_of_it(self) -> None:
        jobs.poison.later(bell=BELL)

        with pytest.raises(jobs.Unlucky):
            run_due()

    def test_is_tried_again_after_a_pause(self) -> None:
        jobs.poison.later(bell=BELL)
        run_due(tolerate=True)

        row = DBTaskResult.objects.get()
        wait = row.run_after - clock.now()
        assert (row.status, len(row.worker_ids)) == ("READY", 1)
        assert timedelta(seconds=3) < wait <= timedelta(seconds=15)
        assert rung() == 0  # what it had written is undone

    def test_a_poisoned_job_is_given_up_while_others_proceed(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        task_id = jobs.poison.later(bell=BELL)
        for _ in range(3):
            jobs.ring_bell.later(bell=BELL)
            run_due(tolerate=True)
            wake()

        letter = DeadLetter.objects.get()
        assert (letter.id, letter.job) == (task_id, jobs.poison.module_path)
        assert (letter.attempts, letter.ids) == (3, {"bell": str(BELL)})
        assert letter.error == "Unlucky"
        assert letter.place.startswith("balise/foundation/tasks/tests/jobs.py:")
        assert (rung(), DBTaskResult.objects.count()) == (3, 0)
        assert "words about a person" not in caplog.text

    def test_a_job_that_the_programme_no_longer_has_is_given_up(self) -> None:
        jobs.ring_bell.later(bell=BELL)
        DBTaskResult.objects.update(task_path="balise.foundation.tasks.tests.jobs.gone")

        run_due(tolerate=True)

        assert DeadLetter.objects.get().error == "JobUnknown"


class TestRetry:
    @pytest.fixture
    def letter(self) -> DeadLetter:
        jobs.poison.later(bell=BELL)
        for _ in range(3):
            run_due(tolerate=True)
            wake()
        return DeadLetter.objects.get()

    def test_gives_all_attempts_again(self, letter: DeadLetter) -> None:
        running.retry(letters=[letter.id], by=SYSTEM)

        assert not DeadLetter.objects.exists()
        run_due(tolerate=True)
        row = DBTaskResult.objects.get()
        assert (len(row.worker_ids), row.queue_name) == (1, jobs.poison.queue_name)
        assert Entry.objects.get(event="tasks.job.retried").subject == letter.id

    def test_refuses_a_letter_that_is_gone(self, letter: DeadLetter) -> None:
        with pytest.raises(LetterUnknown):
            running.retry(letters=[letter.id, uuid4()], by=SYSTEM)

        assert DeadLetter.objects.count() == 1

    def test_is_an_operators_command(
        self, letter: DeadLetter, capsys: pytest.CaptureFixture[str]
    ) -> None:
        call_command("tasks", "dead", "--json")
        [document] = json.loads(capsys.readouterr().out)
        assert document["id"] == str(letter.id)

        with pytest.raises(CommandError):
            call_command("tasks", "retry", str(uuid4()))
        call_command("tasks", "retry", str(letter.id))
        call_command("tasks", "dead")
        assert "No job was given up" in capsys.readouterr().out


def beat(worker: str, *, ago: timedelta = timedelta()) -> None:
    seen_at = clock.now() - ago
    Heartbeat.objects.update_or_create(
        worker=worker, defaults={"since": seen_at, "seen_at": seen_at}
    )


class TestReap:
    def test_leaves_the_living_alone(self) -> None:
        beat("alive", ago=timedelta(seconds=50))
        jobs.ring_bell.later(bell=BELL)
        running.claim("alive")

        assert running.reap() == 0

    def test_puts_back_what_a_dead_worker_ran_and_counts_the_attempt(self) -> None:
        beat("dead", ago=timedelta(seconds=61))
        jobs.ring_bell.later(bell=BELL)
        running.claim("dead")

        assert running.reap() == 1
        assert run_due() == 0
        wake()
        assert run_due() == 1

    def test_gives_up_a_job_that_kills_its_workers(self) -> None:
        jobs.poison.later(bell=BELL)
        for _ in range(3):
            running.claim("dead")
            running.reap()
            wake()

        assert DeadLetter.objects.get().error == "WorkerLost"

    def test_a_worker_that_comes_back_finds_its_claim_gone(self) -> None:
        jobs.ring_bell.later(bell=BELL)
        slow = running.claim("slow")
        assert slow is not None
        running.reap()
        wake()
        assert run_due() == 1

        running.run(slow)

        assert rung() == 1

    def test_a_worker_puts_back_its_own_after_an_outage(self) -> None:
        beat("mine")
        jobs.ring_bell.later(bell=BELL)
        running.claim("mine")

        assert running.reap() == 0
        assert running.settle("mine", running.WorkerLost())
        assert DBTaskResult.objects.get().status == "READY"

    def test_a_lane_puts_back_its_own_alone(self) -> None:
        beat("mine")
        jobs.ring_bell.later(bell=BELL)
        running.claim("mine/mail")

        assert running.reap() == 0
        assert running.settle("mine/house", running.WorkerLost())
        assert DBTaskResult.objects.get().status == "RUNNING"

    def test_a_job_out_of_time_is_written_down_and_tried_again(self) -> None:
        job_id = jobs.ring_bell.later(bell=BELL)
        running.claim("mine/house")

        running.settle("mine/house", running.OutOfTime())

        entry = Entry.objects.get(event="tasks.job.killed")
        assert (entry.subject, entry.actor_key) == (job_id, SYSTEM.key)
        assert entry.facts == {"of_lane": "house", "job": "ring_bell", "attempt": 1}
        assert DBTaskResult.objects.get().run_after > clock.now()


class TestLanes:
    def test_a_lane_takes_its_own_jobs(self) -> None:
        jobs.ring_bell.later(bell=BELL)
        jobs.ring_bell_outside.later(bell=BELL)

        assert running.claim("w", lane=Lane.MAIL) is None
        found = [running.claim("w", lane=lane) for lane in (Lane.PARTNERS, Lane.HOUSE)]
        assert [row and row.task_path for row in found] == [
            jobs.ring_bell_outside.module_path,
            jobs.ring_bell.module_path,
        ]

    def test_a_job_of_a_lane_that_nobody_knows_is_not_left(self) -> None:
        jobs.ring_bell.later(bell=BELL)
        DBTaskResult.objects.update(queue_name="default")

        assert running.claim("w", lane=Lane.HOUSE) is not None

    def test_a_job_that_says_no_limit_has_that_of_its_lane(self) -> None:
        assert jobs.ring_bell.limit == LIMITS[Lane.HOUSE]
        assert jobs.ring_bell_outside.limit == LIMITS[Lane.PARTNERS]


class TestSchedule:
    @pytest.fixture(autouse=True)
    def at_noon(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = datetime(2026, 3, 2, 12, tzinfo=UTC)
        monkeypatch.setattr("balise.foundation.clock.now", lambda: self.now)

    def test_waits_for_the_next_slot_when_it_is_new(self) -> None:
        register_schedule(Every(timedelta(minutes=10), jobs.round_the_clock))

        assert enqueue_due() == 0
        self.now += timedelta(minutes=10)
        assert (enqueue_due(), enqueue_due()) == (1, 0)

    def test_catches_up_once_after_a_long_silence(self) -> None:
        register_schedule(Every(timedelta(minutes=10), jobs.round_the_clock))
        enqueue_due()

        self.now += timedelta(days=3)

        assert (enqueue_due(), enqueue_due()) == (1, 0)

    def test_a_daily_job_keeps_the_centre_s_hour(self, settings: Settings) -> None:
        settings.TIME_ZONE = "Europe/Paris"
        register_schedule(Daily(time(3, 0), jobs.round_the_clock))
        enqueue_due()

        self.now = datetime(2026, 3, 3, 1, 59, tzinfo=UTC)  # 02:59 in Paris
        assert enqueue_due() == 0
        self.now = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)
        assert enqueue_due() == 1

    def test_a_clock_that_ran_ahead_and_came_back_locks_nothing_out(self) -> None:
        register_schedule(Every(timedelta(minutes=10), jobs.round_the_clock))
        enqueue_due()
        self.now += timedelta(days=3650)
        enqueue_due()
        self.now -= timedelta(days=3650)

        assert enqueue_due() == 1
        assert ScheduledRun.objects.get().due_at <= self.now


def test_once_does_all_that_is_due() -> None:
    jobs.ring_later.later(bell=BELL, times=2)

    assert Worker().once() == 3
    assert not Heartbeat.objects.exists()
