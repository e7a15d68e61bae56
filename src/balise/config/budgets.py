"""Which budgets each module has: those that it tells, or the usual one (decision 87)."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from balise.foundation.budgets.measuring import octets_of
from balise.foundation.budgets.rules import Budget
from balise.foundation.grants import Grant
from balise.foundation.modules import Module


def budgets_of(name: str, module: Module) -> Iterator[Budget]:
    """Yield what the doors of a module may store; the first is that of doors that name none.

    A module that tells none has the usual one where its grants let others than staff add rows. What
    is stored is measured by the first, in those tables, unless it measures otherwise.
    """
    tables = tuple(
        table for one in module.grants if isinstance(one, Grant) and one.add for table in one.on
    )
    is_open = bool(module.public or module.partners or module.machines)
    usual = (Budget(name.removeprefix("balise.")),) if is_open and tables else ()
    for nth, budget in enumerate(module.budgets or usual):
        if nth or budget.stored or not tables:
            yield budget
        else:
            yield replace(budget, stored=partial(octets_of, tables))
