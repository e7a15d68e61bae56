"""The card of this module: what the rest of Balise reads of it."""

from balise.foundation.modules import Module, Mount
from balise.takedown.onward.cybertips import access
from balise.takedown.onward.cybertips.measures import MEASURES

MODULE = Module(
    staff=(Mount("takedown/cybertips/", "cybertips"),),
    abilities={"analyst": (access.EXPORT,)},
    measures=MEASURES,
)
