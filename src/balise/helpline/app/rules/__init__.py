"""The words of the app that are data, and what follows from them. Pure."""

from typing import Final

PACKAGE: Final = "balise.helpline.app"
