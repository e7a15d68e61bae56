"""Why a break or a target is refused."""

from balise.foundation.refusals import Refused


class ConcernsNothing(Refused, code="break-concerns-nothing"):
    """No series is concerned."""

    field = "lines"


class ValueFaulty(Refused, code="target-value-faulty"):
    """A target is a number above zero."""

    field = "value"
