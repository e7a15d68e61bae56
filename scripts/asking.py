"""Ask mutants in processes of their own, forked from one that has loaded what does not change.

A mutant of a function takes the place of the live one; what such a swap does not show, and every
mutant of a table, is loaded from memory in the place of its file. The checkout is only read.
"""

import gc
import importlib
import json
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from itertools import zip_longest
from math import ceil
from pathlib import Path
from types import CodeType
from typing import Any, Final, NamedTuple, override

from breaking import Mutant, mutants
from swapping import Place, put, swapped

ROOT: Final = Path(__file__).parent.parent
OURS: Final = {"src", "tests", *(each.stem for each in (ROOT / "src").iterdir())}
# What waits never comes to the end of a processor's time: it is ended, and kills nothing.
LONGEST: Final = 300  # seconds
FAILED: Final = 70  # this script failed, not a test: it kills nothing
PYTEST: Final = (
    *("-q", "--noconftest", "--import-mode=importlib", "-c", os.devnull, "--rootdir", str(ROOT)),
    *("-p", "no:cacheprovider", "-p", "no:warnings", "-m", "not django_db"),
)
type Tests = tuple[str, ...]
type Passed = Mapping[str, float]  # which tests pass, and in how many seconds


@dataclass(frozen=True, slots=True)
class Subject:
    """A file of rules, in its group, and the tests that are asked to see it broken."""

    group: str
    path: str
    tests: Tests

    @property
    def name(self) -> str:
        """The module's name."""
        path = Path(self.path)
        parts = path.parent.parts if path.name == "__init__.py" else path.with_suffix("").parts
        return ".".join(parts[1:])


@dataclass(frozen=True, slots=True)
class Score:
    """What became of the mutants of a file, and the seconds of a processor that it took."""

    mutants: int
    asked: int
    survived: Sequence[Mutant]
    seconds: float

    @property
    def killed(self) -> int:
        return self.asked - len(self.survived)


class _Broken(SourceFileLoader):
    """Loads one module from a source that stands nowhere."""

    def __init__(self, name: str, path: str, source: str) -> None:
        super().__init__(name, path)
        self.source = source

    @override
    def get_code(self, fullname: str) -> CodeType:
        return compile(self.source, self.path, "exec")

    def find_spec(self, name: str, *_where: object) -> ModuleSpec | None:
        return spec_from_file_location(name, self.path, loader=self) if name == self.name else None


def ready() -> None:
    """Have Django as rules need it: words and zones, without a database or a module of ours."""
    import django  # noqa: PLC0415
    import hypothesis  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415

    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    os.environ["TZ"] = "Europe/Paris"  # as Django does; a rule in UTC must say so
    time.tzset()
    sys.path[:0] = [str(ROOT)]
    key = "signs what nobody keeps"
    settings.configure(
        INSTALLED_APPS=[], LANGUAGE_CODE="en", TIME_ZONE="Europe/Paris", SECRET_KEY=key
    )
    django.setup()
    phases = (
        hypothesis.Phase.explicit,
        hypothesis.Phase.generate,
    )  # a mutant needs no smallest case
    hypothesis.settings.register_profile(
        "mutants", deadline=None, derandomize=True, database=None, phases=phases, max_examples=40
    )
    hypothesis.settings.load_profile("mutants")


class Asked(NamedTuple):
    """What a mutant came to, and the seconds of a processor that it took."""

    killed: bool
    seconds: float


_NOT_YET: Final = Asked(killed=False, seconds=0)


class _Collected:
    """pytest's plugin: runs something in the place of the tests that were collected."""

    def __init__(self, instead: Callable[[Any], object]) -> None:
        self.instead = instead
        self.passed: dict[str, float] = {}

    def pytest_runtestloop(self, session: Any) -> bool:
        self.instead(session)
        return True

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.when == "call" and report.passed:
            self.passed[report.nodeid] = report.duration


def collect(tests: Tests, instead: _Collected) -> int:
    """Collect the tests of some files, and do something else: pytest's exit code."""
    import pytest  # noqa: PLC0415

    return int(pytest.main([*PYTEST, *(str(ROOT / each) for each in tests)], [instead]))


def run_items(session: Any, *, passed: Passed | None = None) -> bool:
    """Run the collected tests; or those that `passed`, the quickest first, until one fails.

    Returns whether some ran and none failed.
    """
    items = list(session.items)
    if passed is not None:
        known = [each for each in items if each.nodeid in passed]
        items = sorted(known, key=lambda one: passed[one.nodeid])
    for item, following in zip_longest(items, items[1:]):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed and passed is not None:
            return False
    return not session.testsfailed and bool(items)


def ask_loading(subject: Subject, source: str, passed: Passed) -> int:
    """Load a broken file and all that imports it, and run the tests: 0 where none fails."""
    sys.meta_path.insert(0, _Broken(subject.name, str(ROOT / subject.path), source))
    collect(
        subject.tests, _Collected(lambda session: os._exit(not run_items(session, passed=passed)))
    )
    return 1  # it could not be loaded


def forked(work: Callable[[], int], *, words: str, seconds: float) -> int:
    """Begin some work in a process of its own, with so many seconds of a processor: its id."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return child
    code = FAILED
    try:
        most = ceil(seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (most, most))
        signal.alarm(LONGEST)
        out = os.open(words, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(out, 1)
        os.dup2(out, 2)
        code = work()
        sys.stdout.flush()
    except BaseException:  # noqa: BLE001 - a mutant may raise anything
        traceback.print_exc()
        sys.stderr.flush()
    os._exit(code)


def each_forked(
    works: Iterable[tuple[int, Callable[[], int]]], *, seconds: float, until: float
) -> dict[int, Asked]:
    """Run works in processes of their own, as many at once as there are processors."""
    running: dict[int, int] = {}
    done: dict[int, Asked] = {}

    def hear() -> None:
        child, status, used = os.wait4(-1, 0)
        is_killed = os.waitstatus_to_exitcode(status) not in {0, FAILED, -signal.SIGALRM}
        done[running.pop(child)] = Asked(is_killed, used.ru_utime + used.ru_stime)

    for number, work in works:
        if time.monotonic() > until:
            break
        if len(running) >= (os.cpu_count() or 1):
            hear()
        running[forked(work, words=os.devnull, seconds=seconds)] = number
    while running:
        hear()
    return done


class Whole(NamedTuple):
    """What the tests of an unbroken file take, those that pass, and the modules that they load."""

    seconds: float
    passed: Passed
    loaded: frozenset[str]


def in_a_fork(work: Callable[[], object], *, scratch: Path) -> tuple[Any, float]:
    """Return what some work gives in a process of its own, and its seconds; stop where it fails."""
    words, found = scratch / "words", scratch / "found"

    def told() -> int:
        signal.alarm(0)
        found.write_text(json.dumps(work()))
        return 0

    _, status, used = os.wait4(forked(told, words=str(words), seconds=3600), 0)
    if status:
        sys.exit(words.read_text() or f"ended by {status}")
    return json.loads(found.read_text()), used.ru_utime + used.ru_stime


def whole(tests: Tests, scratch: Path) -> Whole:
    """Run the tests beside files that are not broken; stop where none passes.

    Those that need a database, or pages, fail in a process without one and are not asked.
    """

    def work() -> object:
        found = _Collected(run_items)
        collect(tests, found)
        return found.passed, list(sys.modules)

    (passed, loaded), seconds = in_a_fork(work, scratch=scratch)
    if not passed:
        sys.exit(f"{tests}: none passes\n{(scratch / 'words').read_text()}")
    for name in loaded:  # what no mutant changes is loaded once
        if name.split(".")[0] not in OURS:
            with suppress(ImportError):
                importlib.import_module(name)
    return Whole(seconds, passed, frozenset(loaded))


def swap_each(subject: Subject, broken: Sequence[Mutant], tests: Whole, until: float) -> object:
    """Ask mutants of functions in a process that has all tests collected: each by its number."""
    was = compile((ROOT / subject.path).read_text(), subject.path, "exec")
    found = ((number, swapped(was, compiled(one, subject))) for number, one in enumerate(broken))
    swaps = {number: one for number, one in found if one is not None}
    done: dict[int, Asked] = {}

    def instead(session: Any) -> None:
        caches = [one for one in gc.get_objects() if hasattr(type(one), "cache_clear")]
        ours = [one for one in caches if one.__module__.split(".")[0] in OURS]
        gc.freeze()

        def ask(place: Place, code: CodeType) -> int:
            if not put(subject.name, place, code):
                return 0  # asked again by loading it
            for cache in ours:
                cache.cache_clear()
            return int(not run_items(session, passed=tests.passed))

        works = ((number, partial(ask, *one)) for number, one in swaps.items())
        done.update(each_forked(works, seconds=4 * tests.seconds + 1, until=until))

    if swaps:
        collect(subject.tests, _Collected(instead))
    return list(done.items())


def still_passes(subject: Subject, source: str, tests: Whole) -> None:
    """Stop where a file that is not broken fails when it is loaded as a broken one is."""
    asked = each_forked(
        [(0, partial(ask_loading, subject, source, tests.passed))],
        seconds=LONGEST,
        until=time.monotonic() + LONGEST,
    )
    if asked[0].killed:
        sys.exit(f"{subject.path}: its tests fail without a break")


def compiled(mutant: Mutant, subject: Subject) -> CodeType:
    return compile(mutant.source, subject.path, "exec")


def score(subject: Subject, tests: Whole, *, until: float, scratch: Path) -> Score:
    """Ask all mutants of a file, as far as there is time."""
    if subject.name not in tests.loaded:
        sys.exit(f"{subject.path}: none of its tests loads it")
    source = (ROOT / subject.path).read_text()
    in_a_fork(lambda: still_passes(subject, source, tests), scratch=scratch)
    broken = mutants(source)
    swaps, _ = in_a_fork(lambda: swap_each(subject, broken, tests, until), scratch=scratch)
    quick = {number: Asked(*asked) for number, asked in swaps}
    # What no test saw in a function that was swapped may show where its file is loaded.
    again = [number for number in range(len(broken)) if not quick.get(number, _NOT_YET).killed]
    loads = (
        (number, partial(ask_loading, subject, broken[number].source, tests.passed))
        for number in again
    )
    slow = each_forked(loads, seconds=4 * tests.seconds + 1, until=until)
    asked = {number: one for number, one in quick.items() if one.killed} | slow
    return Score(
        mutants=len(broken),
        asked=len(asked),
        survived=[broken[number] for number in sorted(asked) if not asked[number].killed],
        seconds=sum(one.seconds for one in [*quick.values(), *slow.values()]),
    )
