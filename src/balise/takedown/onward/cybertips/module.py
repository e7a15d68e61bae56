"""The card of this module: what the rest of Balise reads of it."""

from balise.foundation.modules import Module, Mount
from balise.takedown.onward.cybertips import access

MODULE = Module(
    staff=(Mount("takedown/cybertips/", "cybertips"),),
    abilities={"analyst": (access.EXPORT,)},
)
