"""Rotas are computed by a process of their own, with limited time.

No job waits for it: one starts it, and short ones check each second whether it is done.
"""

import json
import logging
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from tempfile import TemporaryFile
from typing import IO, Any, Final
from uuid import UUID

from balise.foundation.journal.models import Entry
from balise.foundation.refusals import Refused
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.rules import Lane
from balise.foundation.tasks.schedule import Every
from balise.helpline.queue.rules import SeatState
from balise.helpline.staffing.actions import planning, presence
from balise.helpline.staffing.queries import rotas

log = logging.getLogger("balise.staffing")

SOLVES_FOR: Final = 12.0  # seconds of the solver
_ENDS_WITHIN: Final = 60.0  # seconds of its process, its start and a busy machine included
_LOOKS_EACH: Final = timedelta(seconds=1)
_LOOKS: Final = 75  # more than the process can last
SOLVER: Final = (sys.executable, "-m", "balise.helpline.staffing.rules.solver")
_COMMAND: Final = ("nice", "-n", "10", *SOLVER)


def solve_asked(entries: Sequence[Entry]) -> None:
    """Queue each rota that is asked for."""
    for entry in entries:
        solve_rota.later(rota_id=str(entry.subject))


def add_up_seats(entries: Sequence[Entry]) -> None:
    """Add up presence, from each change of a console."""
    presence.add_up(
        changes=(
            presence.Change(
                account=str(entry.subject),
                before=SeatState(entry.facts["before"]),
                seconds=entry.facts["seconds"],
                at=entry.at,
            )
            for entry in entries
        )
    )


@dataclass(frozen=True, slots=True)
class Solving:
    """A solver's process at work; files, for a full pipe would hold it up."""

    process: subprocess.Popen[bytes]
    found: IO[bytes]
    ends_at: float  # seconds of the monotonic clock

    def is_done(self) -> bool:
        """Return whether it has ended; one that takes too long is ended."""
        if self.process.poll() is None and time.monotonic() >= self.ends_at:
            self.process.kill()
            self.process.wait()
        return self.process.poll() is not None

    def answer(self) -> dict[str, Any] | None:
        """Return what it found, once it is done, and delete it; None where it failed."""
        with self.found:
            self.found.seek(0)
            try:
                answer: dict[str, Any] = json.load(self.found)
            except ValueError:
                answer = {}
        if self.process.returncode or not answer:
            log.warning("staffing: the solver gave no answer (%s)", self.process.returncode)
            return None
        return answer


# What this process began, by rota: both jobs are of one lane. Another worker that looks finds
# nothing here and passes it on.
AT_WORK: Final[dict[str, Solving]] = {}


@job(attempts=1, outside=True, priority=-50, lane=Lane.HOUSE)
def solve_rota(rota_id: str) -> None:
    """Begin to work a week's shifts out, and wait for nothing; after another that is at work."""
    asked = rotas.problem_of(UUID(rota_id), seconds=SOLVES_FOR)
    if asked is None:
        return
    for old in [each for each, one in AT_WORK.items() if one.is_done()]:
        if not rotas.is_waited_for(UUID(old)):
            AT_WORK.pop(old).answer()
    if any(not one.is_done() for one in AT_WORK.values()):
        solve_rota.later(after=_LOOKS_EACH, rota_id=rota_id)
        return
    try:
        AT_WORK[rota_id] = begin(asked)
    except OSError:
        log.exception("staffing: the solver does not start")
        planning.fail(rota_id=UUID(rota_id))
        return
    take_answer.later(after=_LOOKS_EACH, rota_id=rota_id, looks=_LOOKS)


@job(attempts=3)
def take_answer(rota_id: str, looks: int) -> None:
    """Save what the solver found, or look again; where there is no answer, note that."""
    one = AT_WORK.get(rota_id)
    if one is None or not one.is_done():
        if looks <= 1:
            planning.fail(rota_id=UUID(rota_id))
        elif rotas.is_waited_for(UUID(rota_id)):
            take_answer.later(after=_LOOKS_EACH, rota_id=rota_id, looks=looks - 1)
        return
    answer = AT_WORK.pop(rota_id).answer()
    if answer is None:
        planning.fail(rota_id=UUID(rota_id))
        return
    try:
        planning.keep_draft(rota_id=UUID(rota_id), answer=answer)
    except Refused:
        log.exception("staffing: the solver's shifts break a rule")
        planning.fail(rota_id=UUID(rota_id))


@job(attempts=1)
def fail_forgotten() -> None:
    """Note the rotas whose solver died with its worker."""
    planning.fail_forgotten()


def begin(
    asked: dict[str, Any], *, command: Sequence[str] = _COMMAND, within: float = _ENDS_WITHIN
) -> Solving:
    """Start the solver's process. OSError where it does not start."""
    found = TemporaryFile()  # noqa: SIM115 - it is read by a later job
    with TemporaryFile() as problem:
        problem.write(json.dumps(asked).encode())
        problem.seek(0)
        try:
            process = subprocess.Popen(  # noqa: S603 - our own programme
                command, stdin=problem, stdout=found, stderr=subprocess.DEVNULL
            )
        except OSError:
            found.close()
            raise
    return Solving(process, found, time.monotonic() + within)


SCHEDULE = (Every(timedelta(minutes=5), fail_forgotten),)
