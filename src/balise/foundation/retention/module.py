"""The card of this module: what the rest of Balise reads of it."""

from balise.foundation.modules import Module
from balise.foundation.retention.tasks import SCHEDULE

MODULE = Module(
    schedule=SCHEDULE,
)
