"""Why something about a structure is refused."""

from balise.foundation.refusals import Refused


class NumberFaulty(Refused, code="structure-number-faulty"):
    """The number has another form than SIRET and RNA, or its check digit is wrong."""

    field = "number"


class PlaceUnknown(Refused, code="structure-place-unknown"):
    """The commune or the area is not in the country's table."""

    field = "commune"


class CountryUnknown(Refused, code="structure-country-unknown"):
    field = "country"


class WordsUnknown(Refused, code="structure-words-unknown"):
    """An audience, an age, a topic or a language is not in the catalogue's words."""


class DatesFaulty(Refused, code="structure-dates-faulty"):
    """A convention ends before it begins, or an attestation is dated tomorrow."""

    field = "until"


class AlreadyClosed(Refused, code="structure-closed"):
    """The structure has left the network."""


class NotTheSame(Refused, code="structure-not-the-same"):
    """A structure is not merged with itself, nor with one that has left."""


class NoSchema(Refused, code="structure-no-schema"):
    """The country has no schema for files of structures."""
