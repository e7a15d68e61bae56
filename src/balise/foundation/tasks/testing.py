"""For tests alone: run what a worker would run now."""

from balise.foundation.tasks import running

_ENDLESS = 10_000


def run_due(*, tolerate: bool = False) -> int:
    """Run every job that is due, also those that they enqueue, and return how many ran.

    The first failure is raised, unless the test says that it tolerates failures: then a failed
    job waits for its next attempt, as it would in a centre.
    """
    for done in range(_ENDLESS):
        row = running.claim("test")
        if row is None:
            return done
        error = running.run(row)
        if error and not tolerate:
            raise error
    raise AssertionError("the jobs enqueue each other without end")
