"""What a process may do with the queue of tasks: only the worker adds freely."""

from balise.foundation.grants import STAFF, Declared, Grant, Kept

QUEUE = "django_tasks_database_dbtaskresult"
DEAD = "tasks_deadletter"

GRANTS: tuple[Declared, ...] = (
    Kept(
        on=(QUEUE,),
        from_=(STAFF,),
        rights=("UPDATE", "DELETE"),
        why="The page shows tasks; only the worker takes, ends and gives up one.",
    ),
    Kept(
        on=(DEAD,),
        from_=(STAFF,),
        rights=("INSERT", "UPDATE"),
        why="What was given up is put back as it was.",
    ),
    Grant(
        on=(DEAD,),
        to=(STAFF,),
        why="A row is locked only by a process that may change something of it.",
        change=("died_at",),
    ),
)
