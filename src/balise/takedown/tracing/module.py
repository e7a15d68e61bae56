"""What this module brings to the house."""

from balise.foundation.modules import Module
from balise.takedown.tracing import access
from balise.takedown.tracing.measures import MEASURES
from balise.takedown.tracing.retention import RULES

MODULE = Module(
    abilities={"analyst": (access.READ,)},
    measures=MEASURES,
    retention=RULES,
)
