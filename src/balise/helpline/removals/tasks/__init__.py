"""What the worker does for removals: call platforms (`calling`), and what follows (`working`)."""

from balise.helpline.removals.tasks.working import (
    SCHEDULE as SCHEDULE,
    call_leaving as call_leaving,
    count as count,
    follow_notices as follow_notices,
    note_seen as note_seen,
    pass_answers_on as pass_answers_on,
    remind_climbed as remind_climbed,
    watch_moved as watch_moved,
)
