"""Where contents are hosted. The subject is the content, `for_line` whose it is."""

from datetime import date
from uuid import UUID

from balise.foundation.journal.events import Code, Event


class HostingFound(Event, name="takedown.hosting.found"):
    """A content was found in a network for the first time: an AS number (0 if unknown), a country,
    the code of the delivery network in front of it ("" if none).
    """

    for_line: Code
    network: int
    country: Code
    cdn: Code


class HostChanged(Event, name="takedown.host.changed"):
    """A content was found with another host than before, where it had been for `days`."""

    for_line: Code
    stay: UUID
    from_network: int
    from_country: Code
    from_cdn: Code
    network: int
    country: Code
    cdn: Code
    changed_on: date
    days: int
