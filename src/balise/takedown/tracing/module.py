"""The card of this module: what the rest of Balise reads of it."""

from balise.foundation.modules import Module
from balise.takedown.tracing import access
from balise.takedown.tracing.retention import RULES

MODULE = Module(
    abilities={"analyst": (access.READ,)},
    retention=RULES,
)
