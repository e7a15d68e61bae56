"""The card of this module: what the rest of Balise reads of it."""

from balise.foundation.modules import Module
from balise.steering.imports import access
from balise.steering.imports.retention import RULES

MODULE = Module(
    abilities={
        "steering": (access.READ,),
        "steering_office": (access.READ, access.WRITE),
    },
    retention=RULES,
)
