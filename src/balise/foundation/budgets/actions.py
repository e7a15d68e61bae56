"""What is stored is measured anew: what was deleted meanwhile may be stored again."""

from collections.abc import Iterable

from django.db.models import F, Value
from django.db.models.functions import Greatest

from balise.foundation import clock
from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.budgets.models import Stock
from balise.foundation.budgets.rules import Budget


def measure(*, budgets: Iterable[Budget], by: Actor = SYSTEM) -> None:  # noqa: ARG001
    """Note how many octets each budget has stored; nothing is refused, and nothing written down.

    What was sent while it is measured is counted as sent since.
    """
    for budget in budgets:
        row, _made = Stock.objects.get_or_create(budget=budget.name)
        before = row.since
        found = budget.stored() if budget.stored else 0
        Stock.objects.filter(budget=budget.name).update(
            measured=found,
            measured_at=clock.now(),
            since=Greatest(F("since") - Value(before), Value(0)),
        )
