"""What a run of the tests tells of itself: what passed, what failed and why, what was left out.

`--report FILE` writes it as JSON. What is skipped for a reason that the list here does not name is
said, and on a server it fails: a test that nobody asks proves nothing.
"""

import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest

# Each is a fact of the machine or the database that no installation changes.
SKIPPED = {
    "SQLite has one writer: its workers claim one after the other",
    "SQLite has one writer: one comes after the other",
    "SQLite has one writer",
    "SQLite lets one write at a time",
    "SQLite has no roles",
    "SQLite knows no roles",
    "SQLite has no TRUNCATE",
    "SQLite knows no length",
    "SQLite sorts those who wait",
    "PostgreSQL folds its own log",
    "PostgreSQL reads few rows at once",
    "asked where the tests run on PostgreSQL",
    "no volume can be mounted here",
}
THE_RUN = "the run"  # where not one test failed, but all of it
_REASON = 300  # characters


@dataclass(frozen=True)
class Failure:
    """A test that failed, its reason in a line, and whether it is a promise of safety."""

    test: str
    why: str
    is_safety: bool


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer a file for what is told."""
    parser.addoption("--report", type=Path, help="write what passed, failed, was skipped as JSON")


def pytest_configure(config: pytest.Config) -> None:
    """Listen where the reports of all workers arrive."""
    if not hasattr(config, "workerinput") and config.getoption("--report"):
        config.pluginmanager.register(_Reporting(config.getoption("--report")))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    """Let a skip that nobody knows of fail on a server."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and "CI" in os.environ:
        reason = _skipped(report)
        if not _is_known(reason):
            report.outcome = "failed"
            report.longrepr = f"Skipped, and not for a reason of tests/reporting.py: {reason}"
    return report


class _Reporting:
    def __init__(self, file: Path) -> None:
        self._file = file
        self._passed: set[str] = set()
        self._failed: dict[str, Failure] = {}
        self._skipped: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            why = str(getattr(report.longrepr, "reprcrash", None) or report.longrepr)
            is_safety = "safety" in report.keywords
            line = " ".join(why.split())[:_REASON]
            self._failed.setdefault(
                report.nodeid, Failure(report.nodeid, line, is_safety=is_safety)
            )
        elif report.skipped and not hasattr(report, "wasxfail"):
            self._skipped[_skipped(report)] += 1
        elif report.when == "call":
            self._passed.add(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            why = str(report.longrepr)[-_REASON:]
            self._failed[report.nodeid] = Failure(report.nodeid, why, is_safety=False)

    def pytest_sessionfinish(self, exitstatus: int) -> None:
        if exitstatus not in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}:
            self._failed[THE_RUN] = Failure(THE_RUN, f"exit {exitstatus}", is_safety=False)
        failed = [asdict(each) for each in self._failed.values()]
        passed = len(self._passed - self._failed.keys())
        found = {"passed": passed, "failed": failed, "skipped": self._skipped}
        self._file.write_text(json.dumps(found), encoding="utf-8")


def _skipped(report: pytest.TestReport) -> str:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return reason.removeprefix("Skipped: ")


def _is_known(reason: str) -> bool:
    return any(reason.startswith(known) for known in SKIPPED)
