"""What is stored is measured every hour where there is a total, and all of it every night."""

from datetime import time, timedelta

from balise.foundation.budgets import actions
from balise.foundation.budgets.rules import DECLARED
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.rules import Lane
from balise.foundation.tasks.schedule import Daily, Every


@job(attempts=2, lane=Lane.UPKEEP)
def measure_totals() -> None:
    """Measure the budgets that a total may shut."""
    actions.measure(budgets=[one for one in DECLARED.by_name.values() if one.in_all])


@job(attempts=2, lane=Lane.UPKEEP)
def measure_all() -> None:
    """Measure every budget."""
    actions.measure(budgets=DECLARED.by_name.values())


SCHEDULE = (Every(timedelta(hours=1), measure_totals), Daily(time(4, 50), measure_all))
