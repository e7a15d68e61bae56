"""What is refused, each with the field that it is about."""

from balise.foundation.refusals import Refused


class WordsMissing(Refused, code="event-words-missing"):
    """An event has a title and a summary in one of the centre's languages at least."""

    field = "title"


class TimesFaulty(Refused, code="event-times-faulty"):
    """It ends before it starts, or lasts longer than a month."""

    field = "ends_at"


class ZoneUnknown(Refused, code="event-zone-unknown"):
    """No such time zone."""

    field = "zone"


class PlaceMissing(Refused, code="event-place-missing"):
    """An event that is published is somewhere: at a place, behind a link, or both."""

    field = "place"


class LinkFaulty(Refused, code="event-link-faulty"):
    """A link is an address that begins with https://."""

    field = "link"


class CapacityFaulty(Refused, code="event-capacity-faulty"):
    """Fewer places than are taken, or more than there can be."""

    field = "capacity"


class EditionTaken(Refused, code="event-edition-taken"):
    """A series has one event of each number."""

    field = "edition"


class NotNow(Refused, code="event-not-now"):
    """What is asked does not fit the state of the event."""


class RegistrationClosed(Refused, code="event-registration-closed"):
    """Nobody registers for it: not published, cancelled, over, or without registration."""


class AdultsOnly(Refused, code="event-adults-only"):
    """Nothing is asked of a minor; an adult registers."""

    field = "is_adult"
