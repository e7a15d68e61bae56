"""What a file is brought for."""

from enum import StrEnum


class ImportKind(StrEnum):
    """The module that reads its rows."""

    PRESS = "press"
    READINGS = "readings"
