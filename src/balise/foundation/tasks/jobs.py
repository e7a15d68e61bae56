"""Work for later: a job is a Django task with attempts, and its row is the outbox.

    @job(attempts=8)
    def forget_the_draft(draft_id: str) -> None: ...

    forget_the_draft.later(draft_id=draft.id)      # in the action's transaction

A job runs in one transaction with its own completion, so what it writes to the database happens
exactly once. A job that talks to the outside says `outside=True`: it runs without a transaction,
opens its own short ones, and may run again after its worker died, so it must bear repetition.

A job waits for no job of another lane (`rules.Lane`), and its process is killed once an attempt
takes longer than its limit, which is its lane's unless it says another.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from inspect import signature
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.tasks.base import Task

from balise.foundation import clock
from balise.foundation.journal.events import Code
from balise.foundation.tasks.rules import LIMITS, Lane

if TYPE_CHECKING:
    AnyTask = Task[..., None]
else:
    AnyTask = Task  # generic only for the checker

type Id = str | int | UUID | date | None

ATTEMPTS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Job(AnyTask):
    """A function that a worker runs later, with ids and codes alone for arguments."""

    attempts: int = ATTEMPTS
    outside: bool = False
    limit: timedelta = LIMITS[Lane.HOUSE]

    def later(self, *, after: timedelta | None = None, **ids: Id) -> UUID:
        """Put the job in the queue, in the open transaction, and return the task's id.

        Raises TypeError for arguments that the function does not take, ValueError for free text.
        """
        arguments = {name: _plain(value) for name, value in ids.items()}
        signature(self.func).bind(**arguments)
        task = self if after is None else self.using(run_after=clock.now() + after)
        return UUID(task.enqueue(**arguments).id)


def job(
    *,
    attempts: int = ATTEMPTS,
    outside: bool = False,
    priority: int = 0,
    lane: Lane | None = None,
    limit: timedelta | None = None,
) -> Callable[[Callable[..., None]], Job]:
    """Make a function of a module a job; its lane is HOUSE, or PARTNERS for an outside job."""
    lane = lane or (Lane.PARTNERS if outside else Lane.HOUSE)

    def make(function: Callable[..., None]) -> Job:
        return Job(
            func=function,
            attempts=attempts,
            outside=outside,
            priority=priority,
            queue_name=lane,
            limit=limit or LIMITS[lane],
        )

    return make


def _plain(value: Id) -> Any:
    match value:
        case UUID() | date():
            return str(value) if isinstance(value, UUID) else value.isoformat()
        case None | int():
            return value
        case str():
            return str(Code(value))
    raise TypeError(f"a job takes ids and codes, not {type(value).__name__}")
