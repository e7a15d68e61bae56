"""Days on which a rule about time can go wrong, and a lane of tests that runs on one of them.

`python -m tests.days NAME COMMAND…` runs a command on such a day, `in-turn` on the one that today's
date takes: all its processes, Python, PostgreSQL and others, read a clock moved by the same span
(Debian's `faketime`). A file of tests begins at the day's moment, however long those before it
took. Times of files are not moved, or Python would compile all it imports for each day.
"""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

PARIS = "Europe/Paris"
LIBRARY = "/usr/lib/*/faketime/libfaketimeMT.so.1"
DAY, OFFSET = "TESTS_DAY", "FAKETIME"  # variables of the environment
IN_TURN = "in-turn"  # in the place of a name: the one that is taken today


class FaketimeMissing(RuntimeError):
    """The library that moves the clock is not installed on this machine."""


class DayUnknown(ValueError):
    """No day has this name."""


@dataclass(frozen=True, slots=True)
class Day:
    """A moment at which a lane of tests begins, in the zone of the centre, and why there."""

    name: str
    local: datetime
    why: str
    zone: str = PARIS

    @property
    def aware(self) -> datetime:
        """Return the moment in the zone of the centre."""
        return self.local.replace(tzinfo=ZoneInfo(self.zone))

    @property
    def moment(self) -> datetime:
        """Return the moment in UTC."""
        return self.aware.astimezone(UTC)


def _at(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute)  # noqa: DTZ001 - `Day` has the zone


DAYS = (
    Day("first-of-month", _at(2026, 12, 1, 9), "a month of one day; yesterday is another month"),
    Day("last-of-month", _at(2027, 4, 30, 18), "a month is whole today, and has no 31st"),
    Day("new-year", _at(2027, 1, 1, 0, 1), "a year of one minute; in UTC it is the year before"),
    Day("last-of-year", _at(2027, 12, 31, 20, 30), "in UTC it is next year", "America/Martinique"),
    Day("leap-day", _at(2028, 2, 29, 23, 59), "the year before has no such day; soon it is over"),
    Day("spring-night", _at(2027, 3, 28, 1, 59), "an hour is missing: 02:00 is 03:00"),
    Day("autumn-night", _at(2027, 10, 31, 2, 59), "an hour comes twice, on the last of a month"),
    Day("sunday", _at(2027, 6, 6, 15), "a week ends, and offices are closed"),
    Day("holiday", _at(2027, 7, 14, 0, 1), "nobody works; in winter days begin an hour later"),
    Day("overseas", _at(2027, 9, 1, 8), "in Paris and in UTC it is August", "Pacific/Noumea"),
)
NAMES = tuple(day.name for day in DAYS)


def named(name: str) -> Day:
    """Return the day of this name."""
    for day in DAYS:
        if day.name == name:
            return day
    raise DayUnknown(f"no day is named {name!r}: {', '.join(NAMES)}")


def in_turn(today: date) -> Day:
    """Return the day that is taken beside today: each of them in turn, the same for a date."""
    return DAYS[today.toordinal() % len(DAYS)]


def environment(day: Day) -> dict[str, str]:
    """Return what to add to the environment of a lane, and of all it starts, to run on a day."""
    zone = {} if day.zone == PARIS else {"BALISE_TIME_ZONE": day.zone, "TZ": day.zone}
    return zone | {
        DAY: day.name,
        "LD_PRELOAD": str(library()),
        OFFSET: offset(day),
        "FAKETIME_NO_CACHE": "1",  # a file of tests sets the offset anew, in its own process
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "FAKETIME_DISABLE_SHM": "1",
        "NO_FAKE_STAT": "1",
    }


def offset(day: Day) -> str:
    """Return by how many seconds the clock is to be moved, from where it stands without that."""
    moved = float(os.environ.get(OFFSET, "0"))
    return f"{day.moment.timestamp() - time.time() + moved:+.3f}"


def library() -> Path:
    """Return the library that moves the clock of each process that loads it."""
    found = sorted(Path("/").glob(LIBRARY.removeprefix("/")))
    if not found:
        raise FaketimeMissing("faketime is missing: apt install faketime")
    return found[0]


class Beginnings:
    """Each file of tests begins at the day's moment."""

    def __init__(self, day: Day) -> None:
        self.day = day
        self.path = Path()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> None:
        """Move this process back where another file begins."""
        if item.path != self.path:
            self.path = item.path
            os.environ[OFFSET] = offset(self.day)


def pytest_configure(config: pytest.Config) -> None:
    """Begin each file on the day that this run is moved to, if it is."""
    if DAY in os.environ:
        config.pluginmanager.register(Beginnings(named(os.environ[DAY])))


def main(words: list[str]) -> int:
    """Run a command on a day and return its exit status; without one, say which days there are."""
    if len(words) < 2:
        for day in DAYS:
            print(f"{day.name:16} {day.local:%Y-%m-%d %H:%M} {day.zone:20} {day.why}")  # noqa: T201
        return 0
    name, *command = words
    day = in_turn(datetime.now(UTC).date()) if name == IN_TURN else named(name)
    print(f"· {day.name}, {day.local:%Y-%m-%d %H:%M} {day.zone}: {day.why}", file=sys.stderr)  # noqa: T201
    env = {**os.environ, **environment(day)}
    return subprocess.run(command, env=env, check=False).returncode  # noqa: S603 - as it was asked


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
