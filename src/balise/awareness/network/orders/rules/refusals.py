"""Why something of printed kits is refused."""

from balise.foundation.refusals import Refused


class StockShort(Refused, code="stock-short"):
    """There are not so many kits."""

    field = "number"


class NotThere(Refused, code="kits-not-there"):
    """Kits of this range are not where they would be taken from."""

    field = "numbers"


class NumbersFaulty(Refused, code="kit-numbers-faulty"):
    """The text names neither kits nor a note."""

    field = "numbers"


class MarkFaulty(Refused, code="kit-mark-faulty"):
    """The text is no mark."""

    field = "mark"


class MarkTaken(Refused, code="kit-mark-taken"):
    """Another kit has this mark."""

    field = "mark"


class WrongState(Refused, code="order-state"):
    """The order does not stand where this can be done."""


class TooMany(Refused, code="order-too-many"):
    """More kits than were asked for, or accepted."""

    field = "number"


class AlreadyReversed(Refused, code="entry-reversed"):
    """An entry is reversed once, and no counter-entry is."""


class AreaUnknown(Refused, code="order-area-unknown"):
    """The postcode is none that we know."""

    field = "postcode"


class KitNotOffered(Refused, code="kit-not-offered"):
    """The kit cannot be ordered."""

    field = "kit"
