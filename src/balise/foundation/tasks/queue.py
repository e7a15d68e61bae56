"""The queue as libraries know it: what they put in it and is no job of ours runs at once."""

from typing import Any

from django_tasks_db import DatabaseBackend

from balise.foundation.tasks.jobs import Job


class HouseBackend(DatabaseBackend):
    """Queues our jobs. A library's task runs here and now, in the open transaction.

    The worker knows no function that is no job (`JobUnknown`), and no library waits for a result.
    """

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> Any:
        """Return the queued job's result; nothing for a library's task, which is done."""
        if isinstance(task, Job):
            return super().enqueue(task, args, kwargs)
        return task.func(*args, **kwargs)
