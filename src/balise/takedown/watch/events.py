"""What the monitoring saw. The subject is the content, `for_line` whose it is.

`host` is the organisation of the directory that was told first, `network` an AS number or 0,
`country` where it is hosted (ISO 3166), `category` the line's own word for what it is.
"""

from datetime import date, datetime
from uuid import UUID

from balise.foundation.journal.events import Code, Event
from balise.takedown.watch.rules.removals import Heading
from balise.takedown.watch.rules.schedule import Pace
from balise.takedown.watch.rules.verdicts import Seen


class WatchStarted(Event, name="takedown.watch.started"):
    for_line: Code
    pace: Pace


class WatchStopped(Event, name="takedown.watch.stopped"):
    for_line: Code


class LookAsked(Event, name="takedown.watch.look-asked"):
    """Someone asks to have it looked at now."""

    for_line: Code


class AddressRead(Event, name="takedown.watch.address-read"):
    """Someone opened the address that a content's own leads to."""

    for_line: Code


class ContentGone(Event, name="takedown.content.gone"):
    """Three looks did not find it: the first at `gone_at`, `seconds` after the watch began, or
    after it had come back. `seen` is what the third look saw.
    """

    for_line: Code
    seen: Seen
    gone_at: datetime
    gone_on: date
    seconds: int
    heading: Heading
    host: UUID | None
    network: int
    country: Code
    category: Code


class ContentBack(Event, name="takedown.content.back"):
    """It is there again, `seconds` after it was first missed."""

    for_line: Code
    seconds: int
    host: UUID | None
    network: int
    country: Code
    category: Code


class HostMoved(Event, name="takedown.content.host-moved"):
    """It is still there, in another network or (`by_site`) under another registrable domain."""

    for_line: Code
    by_site: bool
    network: int
    country: Code
    from_network: int
    from_country: Code
    category: Code
