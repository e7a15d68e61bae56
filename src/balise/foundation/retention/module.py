"""What this module brings to the house."""

from balise.foundation.modules import Module
from balise.foundation.retention.tasks import SCHEDULE

MODULE = Module(
    schedule=SCHEDULE,
)
