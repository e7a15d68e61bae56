"""Rotas are worked out beside the worker, by a process of their own with little time."""

import json
import logging
import subprocess
import sys
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from balise.foundation.journal.models import Entry
from balise.foundation.refusals import Refused
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.schedule import Every
from balise.helpline.queue.rules import SeatState
from balise.helpline.staffing.actions import planning, presence
from balise.helpline.staffing.queries import rotas

log = logging.getLogger("balise.staffing")

# The worker waits for it, and a mail about a life in danger waits for the worker: little time.
SOLVES_FOR: Final = 12.0  # seconds of the solver
_ENDS_WITHIN: Final = 60.0  # seconds of its process, its start and a busy machine included
_COMMAND: Final = (
    "nice",
    "-n",
    "10",
    sys.executable,
    "-m",
    "balise.helpline.staffing.rules.solver",
)


def solve_asked(entries: Sequence[Entry]) -> None:
    """Put each rota that is asked for in the queue."""
    for entry in entries:
        solve_rota.later(rota_id=str(entry.subject))


def add_up_seats(entries: Sequence[Entry]) -> None:
    """Add up who was there, from each change of a seat."""
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


@job(attempts=1, outside=True, priority=-50)
def solve_rota(rota_id: str) -> None:
    """Work a week's shifts out; where there is no answer, say so."""
    asked = rotas.problem_of(UUID(rota_id), seconds=SOLVES_FOR)
    if asked is None:
        return
    answer = answer_of(asked)
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
    """Say so of rotas whose solver died with its worker."""
    planning.fail_forgotten()


def answer_of(
    asked: dict[str, Any], *, command: Sequence[str] = _COMMAND, within: float = _ENDS_WITHIN
) -> dict[str, Any] | None:
    """Return what the solver's process answers; None where it fails, or takes too long."""
    try:
        done = subprocess.run(  # noqa: S603 - our own programme
            command,
            input=json.dumps(asked).encode(),
            capture_output=True,
            timeout=within,
            check=True,
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        log.warning("staffing: the solver gave no answer (%s)", type(error).__name__)
        return None
    return answer


SCHEDULE = (Every(timedelta(minutes=5), fail_forgotten),)
