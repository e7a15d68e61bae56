"""What the worker does for removals: call platforms (`calling`), and what follows (`working`)."""

from balise.helpline.removals.tasks.working import (
    SCHEDULE,
    call_leaving,
    count,
    follow_notices,
    note_seen,
    pass_answers_on,
    remind_climbed,
    watch_moved,
)

__all__ = [
    "SCHEDULE",
    "call_leaving",
    "count",
    "follow_notices",
    "note_seen",
    "pass_answers_on",
    "remind_climbed",
    "watch_moved",
]
