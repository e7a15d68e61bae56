"""Why a reading is refused."""

from balise.foundation.refusals import Refused


class ThingTaken(Refused, code="thing-taken"):
    """Another thing is followed under this code."""

    field = "code"


class CodeFaulty(Refused, code="thing-code-faulty"):
    """The text is no code."""

    field = "code"


class SpanFaulty(Refused, code="thing-span-faulty"):
    """It is followed until before it is followed."""

    field = "until"


class SeriesForeign(Refused, code="series-foreign"):
    """Nothing of this kind has such a series."""

    field = "series"


class DayFaulty(Refused, code="reading-day-faulty"):
    """The day has not come, or the days do not fit the series."""

    field = "day"


class NumberFaulty(Refused, code="reading-number-faulty"):
    """It is no whole number from zero on."""

    field = "value"


class DayTaken(Refused, code="reading-day-taken"):
    """There is a reading of this day, or of days of it."""

    field = "day"


class WhyNeeded(Refused, code="reading-why-needed"):
    """It is not where it is expected, and nobody said why."""

    field = "why"


class ReadingReplaced(Refused, code="reading-replaced"):
    """It was corrected or withdrawn: only a reading that stands is."""


class ColumnsFaulty(Refused, code="columns-faulty"):
    """The columns of a file say no reading."""


class ThingUnknown(Refused, code="thing-unknown"):
    """Nothing that is followed is called so."""
