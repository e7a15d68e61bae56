"""The proof of a change: lanes of tests side by side, and one table at the end.

`python -m tests.proof gate` is `make test`; `all` is `make test-all`; `journeys` those alone. What
a lane says goes to `var/tests/lanes`, and is printed where it failed. `again FILE N` repeats tests
beside two loops that keep the cores busy.

`all` takes hours. What passed is kept for the very files it was asked of (`whole.json`), so that
one that was stopped goes on where it was; the table says when each lane ran.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tests import days, reporting
from tests.architecture.reading import ROOT

PLACE = ROOT / "var" / "tests"
LOGS = PLACE / "lanes"
PYTEST = str(Path(sys.executable).with_name("pytest"))
ON_POSTGRESQL = (sys.executable, "-m", "tests.postgres")
BESIDE = ("--numprocesses", "2")
FILES_TOGETHER = ("--dist", "loadfile")
# A worker of the journeys waits a good part of its time for a browser.
JOURNEYS = ("tests/journeys", "--numprocesses", "3", *FILES_TOGETHER)
SECOND_TRIES = 3  # so many in one run are no accident any more


@dataclass(frozen=True)
class Lane:
    """Tests that run together: a name for people, a command, and what it is told."""

    name: str
    command: Sequence[str]
    env: dict[str, str] = field(default_factory=dict)
    is_busy: bool = False  # beside loops that take all cores
    is_tried_twice: bool = False  # a browser drives it


@dataclass
class Outcome:
    """What a lane found."""

    lane: Lane
    status: int
    seconds: float
    processor: float  # seconds of it, with all processes that were waited for
    passed: int = 0
    failed: list[reporting.Failure] = field(default_factory=list)
    skipped: dict[str, int] = field(default_factory=dict)  # how many, by the reason given
    second_tries: list[reporting.Failure] = field(default_factory=list)
    ran: str = ""  # at which minute it began

    @property
    def is_good(self) -> bool:
        """Return whether nothing failed, or only what a second try mended."""
        return not self.failed and (not self.status or bool(self.second_tries))


def pytest(name: str, *words: str, database: Sequence[str] = (), **more: object) -> Lane:
    """Return a lane of pytest, on SQLite unless a database is started for it."""
    report = f"--report={LOGS / name}.json"
    return Lane(name, (*database, PYTEST, "-q", report, *words), **more)  # type: ignore[arg-type]


def marked(mark: str) -> list[str]:
    """Return the files in which a mark stands: no others are gathered for a lane of it."""
    found = _git("grep", "-l", "--untracked", f"mark.{mark}", "--", "src", "tests")
    return [name for name in found.split() if Path(name).name.startswith("test_")]


def gate(today: date) -> tuple[list[list[Lane]], str]:
    """Return the lanes of each round of the gate, and what is said of the days."""
    moved = days.in_turn(today)
    lanes = [
        pytest(
            "PostgreSQL",
            *("--ignore", "tests/journeys", "-m", "not whole and not journey", *BESIDE),
            database=ON_POSTGRESQL,
        ),
        pytest("Journeys", *JOURNEYS, "-m", "not whole", is_tried_twice=True),
        pytest(
            "SQLite",
            *(*marked("sqlite"), "-m", "sqlite and not whole and not journey"),
            env=days.environment(moved),
        ),
    ]
    return [lanes], f"PostgreSQL and journeys ran on today, {today}; SQLite on {said(moved)}."


def said(day: days.Day) -> str:
    """Return a moved day for people: its name, and the moment at which a file begins."""
    return f"{day.name}, {day.local:%Y-%m-%d %H:%M} in {day.zone}"


def everything(today: date) -> tuple[list[list[Lane]], str]:
    """Return the lanes of each round of the whole proof, and what is said of the days."""
    no_journeys = ("--ignore", "tests/journeys", *BESIDE)
    storm = pytest("Storms", "tests/journeys", "-m", "storm", is_busy=True, is_tried_twice=True)
    rounds = [
        [pytest("PostgreSQL, whole", *no_journeys, database=ON_POSTGRESQL)],
        [pytest("SQLite, whole", "--only-database", *no_journeys)],
        [pytest("Journeys, all", *JOURNEYS, "-m", "not storm", is_tried_twice=True)],
        [storm],
        *extras(today)[0],
        [Lane("Benches, small", ("scripts/bench", "--smoke"))],
        [Lane("Mutants", ("scripts/mutants",))],
    ]
    for number, day in enumerate(days.DAYS):
        database = ON_POSTGRESQL if number % 2 else ()
        words = (*no_journeys, "-m", "not whole", "--only-database")
        rounds.append(
            [pytest(f"On {day.name}", *words, database=database, env=days.environment(day))]
        )
    return rounds, f"All but the lanes of a day ran on today, {today}."


def extras(today: date) -> tuple[list[list[Lane]], str]:
    """Return the lanes of what is tried beside libraries that set-up leaves out.

    What kills nodes of a cluster leaves its process in it: the cluster's own tests have theirs.
    """
    lanes = [
        pytest("Extras", "-m", "extra", "--ignore", "tests/test_cluster.py"),
        pytest("Extras, a cluster", "-m", "extra", "tests/test_cluster.py"),
    ]
    return [[lane] for lane in lanes], f"On today, {today}."


def journeys(today: date) -> tuple[list[list[Lane]], str]:
    """Return all journeys as one lane."""
    return [[pytest("Journeys, all", *JOURNEYS, is_tried_twice=True)]], f"On today, {today}."


class Kept:
    """What passed before on the very files that stand here; nothing while one is not committed."""

    def __init__(self, place: Path) -> None:
        self._place, self._tree = place, tree()
        self._lanes: dict[str, dict[str, Any]] = {}
        if self._tree and place.exists():
            found = json.loads(place.read_text(encoding="utf-8"))
            self._lanes = found["lanes"] if found["tree"] == self._tree else {}

    def outcome(self, lane: Lane) -> Outcome | None:
        """Return what this lane found before, if it passed."""
        found = self._lanes.get(lane.name)
        if found is None:
            return None
        tries = [reporting.Failure(**each) for each in found["second_tries"]]
        return Outcome(lane, **found | {"second_tries": tries})

    def keep(self, outcome: Outcome) -> None:
        """Keep what a lane found, if it passed."""
        if self._tree and outcome.is_good:
            fields = asdict(outcome)
            del fields["lane"]
            self._lanes[outcome.lane.name] = fields
            text = json.dumps({"tree": self._tree, "lanes": self._lanes})
            self._place.write_text(text, encoding="utf-8")


def tree() -> str:
    """Return git's name of all files as they stand, or nothing where one is not committed."""
    if _git("status", "--porcelain"):
        return ""
    return _git("rev-parse", "HEAD^{tree}")


def _git(*words: str) -> str:
    asked = ["git", *words]
    done = subprocess.run(asked, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603
    return done.stdout.strip()


def prove(rounds: Sequence[Sequence[Lane]], *, of_days: str, kept: Kept | None = None) -> int:
    """Run the lanes of each round side by side, one round after the other; print the table.

    A round of one lane that is kept is not run again.
    """
    LOGS.mkdir(parents=True, exist_ok=True)
    outcomes: list[Outcome] = []
    for lanes in rounds:
        before = kept.outcome(lanes[0]) if kept else None
        if before:
            outcomes.append(before)
            continue
        say(f"— {', '.join(lane.name for lane in lanes)}: {LOGS.relative_to(ROOT)}/*.log")
        for outcome in run(lanes):
            if outcome.lane.is_tried_twice:
                try_again(outcome)
            outcomes.append(outcome)
            if kept:
                kept.keep(outcome)
            show(outcome)
    tries = [each for outcome in outcomes for each in outcome.second_tries]
    text = "\n".join([*table(outcomes), *remarks(outcomes, of_days)])
    say(text)
    failed = sum(len(each.failed) or not each.is_good for each in outcomes)
    if len(tries) >= SECOND_TRIES:
        say(f"{len(tries)} second tries in one run are no accident.")
        failed += 1
    skipped = sum(sum(each.skipped.values()) for each in outcomes)
    passed = sum(each.passed for each in outcomes)
    counted = f"Proof: {passed} passed, {failed} failed, {skipped} skipped"
    (PLACE / "proof.txt").write_text(f"{text}\n{counted}\n", encoding="utf-8")
    say(counted)
    return int(failed > 0)


def run(lanes: Sequence[Lane]) -> list[Outcome]:
    """Run lanes at the same time, and return what each found."""
    with ExitStack() as stack:
        if any(lane.is_busy for lane in lanes):
            stack.enter_context(busy())
        started = {stack.enter_context(_running(lane)): lane for lane in lanes}
        begun, ran = time.monotonic(), f"{datetime.now():%m-%d %H:%M}"  # noqa: DTZ005 - as a clock here
        outcomes = []
        while started:
            pid, status, used = os.wait4(-1, 0)
            process = next((each for each in started if each.pid == pid), None)
            if process is None:
                continue  # a loop that was ended
            process.returncode = os.waitstatus_to_exitcode(status)
            spent = used.ru_utime + used.ru_stime
            took = time.monotonic() - begun
            outcome = Outcome(started.pop(process), process.returncode, took, spent, ran=ran)
            outcomes.append(_read(outcome))
        return outcomes


@contextmanager
def _running(lane: Lane) -> Iterator[subprocess.Popen[bytes]]:
    report = LOGS / f"{lane.name}.json"
    report.unlink(missing_ok=True)
    with (LOGS / f"{lane.name}.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - the tests' own commands
            list(lane.command),
            cwd=ROOT,
            env={**os.environ, **lane.env},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # so that Ctrl-C can end all of it
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
                process.wait()


@contextmanager
def busy() -> Iterator[None]:
    """Keep two cores at work with endless loops."""
    loop = [sys.executable, "-c", "while True: pass"]
    loops = [subprocess.Popen(loop) for _each in range(2)]  # noqa: S603 - our own
    try:
        yield
    finally:
        for each in loops:
            each.kill()
            each.wait()


def _read(outcome: Outcome) -> Outcome:
    """Add what pytest reported; another command passed or failed as one."""
    file = LOGS / f"{outcome.lane.name}.json"
    if not file.exists():
        outcome.passed = int(not outcome.status)
        return outcome
    found = json.loads(file.read_text(encoding="utf-8"))
    outcome.passed = found["passed"]
    outcome.failed = [reporting.Failure(**each) for each in found["failed"]]
    outcome.skipped = found["skipped"]
    return outcome


def try_again(outcome: Outcome) -> None:
    """Try each journey that failed once more, alone, in a fresh house."""
    for failure in list(outcome.failed):
        if failure.test == reporting.THE_RUN:
            return
        lane = pytest(f"{outcome.lane.name}, again", failure.test, env=outcome.lane.env)
        (again,) = run([lane])
        outcome.seconds += again.seconds
        outcome.processor += again.processor
        if again.is_good and again.passed:
            outcome.passed += again.passed
            outcome.failed.remove(failure)
            outcome.second_tries.append(failure)


def show(outcome: Outcome) -> None:
    """Print what a lane that failed said."""
    if not outcome.is_good or outcome.second_tries:
        log = LOGS / f"{outcome.lane.name}.log"
        say(f"— {outcome.lane.name}\n{log.read_text('utf-8', errors='replace')}")


def table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield a line for each lane."""
    head = ("lane", "passed", "failed", "skipped", "seconds", "processor", "second tries", "began")
    row = "{:<22}" + "{:>9}" * 4 + "{:>11}{:>14}{:>13}"
    yield row.format(*head)
    for each in outcomes:
        failed = len(each.failed) or int(not each.is_good)
        skipped = sum(each.skipped.values())
        took = f"{each.seconds:.0f}", f"{each.processor:.0f}"
        tries = len(each.second_tries)
        cells = (each.lane.name, each.passed, failed, skipped, *took, tries, each.ran)
        yield row.format(*map(str, cells))


def remarks(outcomes: Sequence[Outcome], of_days: str) -> Iterator[str]:
    """Yield what failed, what needed a second try, what was skipped and why, and the days."""
    for outcome in outcomes:
        for failure in outcome.failed:
            yield f"failed: {failure.test}: {failure.why}"
        for failure in outcome.second_tries:
            kind = "second try of a promise of safety" if failure.is_safety else "second try"
            yield f"{kind}: {failure.test}: {failure.why}"
    reasons: dict[str, int] = {}
    for outcome in outcomes:
        for reason, number in outcome.skipped.items():
            reasons[reason] = reasons.get(reason, 0) + number
    for reason, number in sorted(reasons.items()):
        yield f"skipped {number}: {reason}"
    yield of_days


def again(file: str, times: str) -> int:
    """Repeat tests beside two busy loops; return whether one of the times failed."""
    lane = pytest("Again", file, is_busy=True)
    LOGS.mkdir(parents=True, exist_ok=True)
    failures: dict[str, int] = {}
    for number in range(1, int(times) + 1):
        (outcome,) = run([lane])
        for failure in outcome.failed:
            failures[failure.test] = failures.get(failure.test, 0) + 1
        found = f"{outcome.passed} passed, {len(outcome.failed)} failed"
        say(f"{number}: {found} in {outcome.seconds:.0f} s")
        show(outcome)
    for test, number in failures.items():
        say(f"{number} of {times}: {test}")
    return int(bool(failures))


def say(words: str) -> None:
    """Print at once."""
    print(words, flush=True)  # noqa: T201 - what a person reads


def main(words: Sequence[str]) -> int:
    """Run a proof by its name, and return its exit status."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what runs is stopped too
    if words[0] == "again":
        return again(*words[1:])
    proofs = {"gate": gate, "all": everything, "journeys": journeys, "extras": extras}
    rounds, of_days = proofs[words[0]](datetime.now().astimezone().date())
    kept = Kept(PLACE / "whole.json") if words[0] == "all" else None
    return prove(rounds, of_days=of_days, kept=kept)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
