"""What the worker does for removals: call platforms (`calling`), and what follows (`working`)."""

from balise.helpline.removals.tasks.working import (
    SCHEDULE,
    call_leaving,
    count,
    follow_notices,
    note_back,
    note_gone,
    pass_answers_on,
    remind_climbed,
    stop_watching_ended,
    watch_sent,
)

__all__ = [
    "SCHEDULE",
    "call_leaving",
    "count",
    "follow_notices",
    "note_back",
    "note_gone",
    "pass_answers_on",
    "remind_climbed",
    "stop_watching_ended",
    "watch_sent",
]
