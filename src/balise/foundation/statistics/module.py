"""The card of this module: what the rest of Balise reads of it."""

from balise.foundation.modules import Module
from balise.foundation.statistics.grants import GRANTS
from balise.foundation.statistics.tasks import SCHEDULE

MODULE = Module(
    schedule=SCHEDULE,
    grants=GRANTS,
)
