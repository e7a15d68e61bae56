"""What happened to a referral sent: the subject is the referral. Receivers are codes."""

from uuid import UUID

from balise.foundation.journal.events import Code, Event
from balise.helpline.cases.rules.receivers import Way
from balise.helpline.cases.rules.sendings import Refusal


class SentEvent(Event):
    """Whom it went to, and from which file."""

    case: UUID
    receiver: Code


class ReferralSent(SentEvent):
    """A receiver was told, on this ground, this way."""

    name = "helpline.sent-referral.sent"

    ground: Code
    way: Way


class SentRead(SentEvent):
    """A listener read what was told, and what was answered."""

    name = "helpline.sent-referral.read"


class LinkMade(SentEvent):
    """There is a new link; one made before opens nothing any more."""

    name = "helpline.sent-referral.link-made"


class LinkEnded(SentEvent):
    """The link opens nothing any more: it is over, or the receiver has refused."""

    name = "helpline.sent-referral.link-ended"


class LinkOpened(SentEvent):
    """The receiver read what was told, for the `opening`th time."""

    name = "helpline.sent-referral.link-opened"

    opening: int


class LinkDocumentTaken(SentEvent):
    """The receiver took the document of an item, by its place."""

    name = "helpline.sent-referral.document-taken"

    item: int


class SentAccepted(SentEvent):
    """The receiver takes it on, `seconds` after it was sent."""

    name = "helpline.sent-referral.accepted"

    seconds: int
    band: Code


class SentRefused(SentEvent):
    name = "helpline.sent-referral.refused"

    refusal: Refusal


class SentDone(SentEvent):
    """The receiver has done what it could."""

    name = "helpline.sent-referral.done"


class SentExpired(SentEvent):
    """Nobody answered in time: the link opens nothing any more."""

    name = "helpline.sent-referral.expired"


class SentWithdrawn(SentEvent):
    name = "helpline.sent-referral.withdrawn"


class SentReminded(SentEvent):
    """Nobody has answered yet: its sender is told, for the `reminder`th time."""

    name = "helpline.sent-referral.reminded"

    reminder: int


class ReceiverNoted(Event):
    """The contact at a receiver was filled in; the subject is that entry."""

    name = "helpline.receiver.noted"

    receiver: Code
    territory: Code
