"""Why a file that was brought is refused."""

from balise.foundation.refusals import Refused


class FileUnreadable(Refused, code="file-unreadable"):
    """It is no file that is read here."""

    field = "file"


class AlreadyImported(Refused, code="already-imported"):
    """It was imported by somebody, perhaps a moment ago."""


class CellUnreadable(Refused, code="cell-unreadable"):
    """A cell is no day, or no span of days."""
