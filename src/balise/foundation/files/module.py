"""What this module brings to the house."""

from balise.foundation.files.tasks import SCHEDULE
from balise.foundation.modules import Module

MODULE = Module(
    schedule=SCHEDULE,
)
