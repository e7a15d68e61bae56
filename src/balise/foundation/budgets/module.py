"""The card of this module: what the rest of Balise reads of it."""

from balise.foundation.budgets.grants import GRANTS
from balise.foundation.budgets.retention import RULES
from balise.foundation.budgets.tasks import SCHEDULE
from balise.foundation.modules import Module

MODULE = Module(
    retention=RULES,
    schedule=SCHEDULE,
    grants=GRANTS,
)
