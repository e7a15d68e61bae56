"""The words and decisions of the app. Pure: no database, clock or settings."""

from typing import Final

PACKAGE: Final = "balise.helpline.app"
