"""The card of this module."""

from balise.foundation.modules import Module

MODULE = Module()
