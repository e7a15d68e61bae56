"""Why a press item, or a row of a file, is refused."""

from balise.foundation.refusals import Refused


class DayFaulty(Refused, code="press-day-faulty"):
    """It is no day, or one that has not come."""

    field = "day"


class WordsMissing(Refused, code="press-words-missing"):
    """An outlet and a title are needed."""

    field = "title"


class MediumUnknown(Refused, code="press-medium-unknown"):
    field = "medium"


class ToneUnknown(Refused, code="press-tone-unknown"):
    field = "tone"


class AddressFaulty(Refused, code="press-address-faulty"):
    """It is no address of the web."""

    field = "address"


class NumberFaulty(Refused, code="press-number-faulty"):
    """It is no whole number from zero on."""

    field = "audience"


class EvidenceFaulty(Refused, code="press-evidence-faulty"):
    """It is no SHA-256 digest."""

    field = "evidence"


class KnownAlready(Refused, code="press-known-already"):
    """The same address, or the same title of an outlet on a day, is there."""


class ItemWithdrawn(Refused, code="press-item-withdrawn"):
    """It was withdrawn."""


class GroupFaulty(Refused, code="press-group-faulty"):
    """Two items or more are needed, none of another group."""
