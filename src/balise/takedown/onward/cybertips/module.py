"""What this module brings to the house."""

from balise.foundation.modules import Module, Mount
from balise.takedown.onward.cybertips import access
from balise.takedown.onward.cybertips.measures import MEASURES

MODULE = Module(
    staff=(Mount("takedown/cybertips/", "cybertips"),),
    abilities={"analyst": (access.EXPORT,)},
    measures=MEASURES,
)
