"""The card of this module: what the rest of Balise reads of it."""

from balise.foundation.modules import Module
from balise.helpline.queue import access
from balise.helpline.queue.grants import GRANTS
from balise.helpline.queue.retention import RULES

MODULE = Module(
    abilities={"listener": (access.READ, access.WORK), "helpline_lead": (access.SUPERVISE,)},
    retention=RULES,
    grants=GRANTS,
)
