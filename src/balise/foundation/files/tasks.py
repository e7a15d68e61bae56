"""The jobs of files: delete what a crash left behind."""

from datetime import time

from balise.foundation.files.keeping import sweep
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.rules import Lane
from balise.foundation.tasks.schedule import Daily


@job(attempts=2, lane=Lane.UPKEEP)
def sweep_files() -> None:
    """Delete uploads that no page kept and stored files whose key is gone."""
    sweep()


SCHEDULE = (Daily(time(4, 30), sweep_files),)
