"""Rules of the family charter. Pure: no database, clock or settings."""

from typing import Final

PACKAGE: Final = "balise.awareness.activities.charter"
