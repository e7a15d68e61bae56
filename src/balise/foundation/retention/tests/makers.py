"""Dead letters, as something that a centre has to forget."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from balise.foundation.retention.rules import Rule
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


def due(at: datetime) -> Iterable[UUID]:
    """Return the first hundred letters that are thirty days old."""
    letters = DeadLetter.objects.filter(died_at__lte=at - AGE).order_by("died_at", "id")
    return letters.values_list("id", flat=True)[:100]


def erase(records: Sequence[UUID]) -> int:
    """Destroy letters."""
    count, _ = DeadLetter.objects.filter(id__in=records).delete()
    return count


def break_down(records: Sequence[UUID]) -> int:
    """Fail, as a rule with a fault does."""
    raise ArithmeticError(f"{len(records)} words about a person")


LETTERS = Rule(
    "pond.letters", DeadLetter, "pond", "Letters are destroyed after thirty days.", due, erase
)
BROKEN = Rule("pond.broken", DeadLetter, "pond", "This rule fails.", due, break_down)
IDLE = Rule("pond.idle", DeadLetter, "pond", "This rule erases nothing.", due, lambda _records: 0)
