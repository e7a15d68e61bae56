"""What this module brings to the house."""

from balise.foundation.modules import Module
from balise.foundation.statistics.tasks import SCHEDULE

MODULE = Module(
    schedule=SCHEDULE,
)
