"""What this module brings to the house."""

from balise.foundation.modules import Module

MODULE = Module()
