"""What this module brings to the house."""

from balise.foundation.modules import Module
from balise.takedown.law.grants import GRANTS

MODULE = Module(
    grants=GRANTS,
)
