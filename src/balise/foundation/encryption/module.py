"""What this module brings to the house."""

from balise.foundation.encryption.grants import GRANTS
from balise.foundation.modules import Module

MODULE = Module(
    grants=GRANTS,
)
