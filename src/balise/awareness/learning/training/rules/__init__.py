"""The words and decisions of training: no database, no clock, no settings."""

from typing import Final

PACKAGE: Final = "balise.awareness.learning.training"
