"""Addresses of boards: only those that there are."""

from balise.foundation.refusals import Refused
from balise.foundation.statistics.boards import board_of


class BoardCode:
    """The code of a board; another word is somebody else's address."""

    regex = "[a-z0-9-]+"

    def to_python(self, value: str) -> str:
        """Return the code of a board that there is. Raises ValueError: no address."""
        try:
            return board_of(value).code
        except Refused as refusal:
            raise ValueError(value) from refusal

    def to_url(self, value: str) -> str:
        """Return the code as it is."""
        return value
