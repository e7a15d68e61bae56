"""Dead letters, as something that a centre has to forget."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from balise.foundation.retention.rules import RULES, Rule
from balise.foundation.retention.usual import deleted, past
from balise.foundation.tasks.models import DeadLetter

AGE = timedelta(days=30)


def make_letters(count: int, *, died_at: datetime) -> None:
    """Keep so many dead letters of one moment."""
    DeadLetter.objects.bulk_create(
        DeadLetter(
            id=uuid4(), job="x", ids={}, attempts=1, error="X", enqueued_at=died_at, died_at=died_at
        )
        for _ in range(count)
    )


def rows_due(name: str, at: datetime) -> list[Any]:
    """Return the primary keys of the rows that a rule erases at a moment."""
    return list(RULES[name].due(at).values_list("pk", flat=True))


def erase_rows(name: str, keys: Sequence[Any]) -> int:
    """Erase rows as a rule does; return how many there were."""
    return RULES[name].erase(keys)


def break_down(records: Sequence[UUID]) -> int:
    """Fail, as a rule with a fault does."""
    raise ArithmeticError(f"{len(records)} words about a person")


DUE = past(DeadLetter, "died_at", AGE)
LETTERS = Rule(
    "pond.letters", DeadLetter, "Letters are deleted after thirty days.", DUE, deleted(DeadLetter)
)
BROKEN = Rule("pond.broken", DeadLetter, "This rule fails.", DUE, break_down)
IDLE = Rule("pond.idle", DeadLetter, "This rule erases nothing.", DUE, lambda _records: 0)
