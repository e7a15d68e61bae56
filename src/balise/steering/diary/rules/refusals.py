"""Why an entry of the diary is refused."""

from balise.foundation.refusals import Refused


class DaysFaulty(Refused, code="diary-days-faulty"):
    """It ends before it begins."""

    field = "last"


class EditionFaulty(Refused, code="diary-edition-faulty"):
    """An edition is of a series, and each number and year is one's."""

    field = "edition"


class EntryWithdrawn(Refused, code="diary-entry-withdrawn"):
    """It was withdrawn."""
