"""Make the season: each part in its turn, then linked, counted and verified."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db import connection

from balise.demonstration.season2023 import awareness, helpline, hotline, removals, steering
from balise.demonstration.season2023.plan import BEGINS, ENDS, Plan
from balise.demonstration.season2023.telling import Cast, cast, moment
from balise.foundation import clock, rows
from balise.foundation.journal import clerk
from balise.foundation.statistics import telling
from balise.foundation.statistics.counting import SUBSCRIBER
from balise.steering.editions.actions import freezing, preparing, reviewing
from balise.steering.editions.queries import showing
from balise.steering.editions.rules.life import Tick
from balise.takedown.directory import actions as directory

# Whoever counts hears of the past; nobody else has anything to do about it.
_AT_ONCE = 10_000  # entries in one transaction: nobody waits for the database
_COUNT = frozenset({SUBSCRIBER, "removals.figures"})


@dataclass(slots=True)
class Made:
    """How many of each thing were made, and how many seconds each part took."""

    many: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)


class NotVerified(RuntimeError):
    """The journal of the season does not hold: a chain is broken."""


def make(
    plan: Plan,
    *,
    tell: Callable[[str, float, float], None],
    beside: Executor | None = None,
    verified: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> Made:
    """Make the season in the database that is open, which is empty; `tell` hears of each
    part: its seconds by the clock, and those of the processor in this process.

    With `beside`, badges are signed on another thread, whose child does the work meanwhile. What
    is linked is `verified` while it is counted.
    """
    made = Made()

    @contextmanager
    def part(name: str) -> Iterator[None]:
        began, busy = time.perf_counter(), time.process_time()
        yield
        made.seconds[name] = time.perf_counter() - began
        tell(name, made.seconds[name], time.process_time() - busy)

    rows.expect_many()
    with part("people"), clock.at(moment(BEGINS, 8 * 3600)):
        directory.read_packs(country=settings.COUNTRY)
        people = cast()
    signed = beside.submit(_sign, plan) if beside else None
    with part("reports"):
        made.many |= hotline.tell(plan, people)
    with part("contacts"):
        made.many |= helpline.tell(plan, people)
    with part("removals"):
        made.many["removals"] = removals.tell(plan, people)
    with part("awareness"):
        made.many |= awareness.tell(plan, people)
    with part("steering"):
        made.many |= steering.tell(plan, people)
    with part("badges"):  # what is left of them, where they are signed beside
        made.many["badges"] = signed.result() if signed else awareness.give_badges(plan)
    with clock.at(moment(ENDS, 23 * 3600)):
        with part("linked"):
            clerk.link(at_once=_AT_ONCE)
        with part("counted, verified"), verified():
            count()
        with part("told"):
            telling.tell()
    with clock.at(moment(ENDS, 24 * 3600 + 1800)), part("edition"):  # its last day is over
        freeze(people)
        clerk.link()
    return made


def freeze(people: Cast) -> None:
    """Open, read and freeze the edition of the season's last day, from all counted by then."""
    by = people.by_role["steering"]
    edition = preparing.open_edition(day=ENDS, first=date(ENDS.year, 1, 1), last=ENDS, by=by)
    reviewing.ask_review(edition_id=edition, by=by)
    reader = people.by_role["steering_office"]
    digest = showing.edition(edition, seen_by=reader).edition.digest
    reviewing.approve(edition_id=edition, digest=digest, ticks=list(Tick), by=reader)
    freezing.freeze(edition_id=edition, by=by)


def count() -> None:
    """Have what is linked counted; nobody else hears of the past."""
    clerk.begin_here(except_for=_COUNT)
    clerk.deliver(at_once=_AT_ONCE)


def _sign(plan: Plan) -> int:
    try:
        return awareness.give_badges(plan)
    finally:
        connection.close()  # this thread's own


@contextmanager
def verified() -> Iterator[None]:
    """Verify the chains in a process of its own, which only reads. Raises NotVerified."""
    command = (sys.executable, "-m", "balise", "journal", "verify")
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as verifying:  # noqa: S603 - our own
        yield
        said, _none = verifying.communicate()
    if verifying.returncode:
        raise NotVerified(said)
