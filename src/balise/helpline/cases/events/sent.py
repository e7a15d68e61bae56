"""What happened to a referral sent: the subject is the referral. Receivers are codes."""

from uuid import UUID

from balise.foundation.journal.events import Code, Event
from balise.helpline.cases.rules.receivers import Way
from balise.helpline.cases.rules.sendings import Refusal


class SentEvent(Event):
    """Whom it went to, and from which file."""

    case: UUID
    receiver: Code


class ReferralSent(SentEvent, name="helpline.sent-referral.sent"):
    """A receiver was told, on this ground, this way."""

    ground: Code
    way: Way


class SentRead(SentEvent, name="helpline.sent-referral.read"):
    """A listener read what was told, and what was answered."""


class LinkMade(SentEvent, name="helpline.sent-referral.link-made"):
    """There is a new link; one made before opens nothing any more."""


class LinkEnded(SentEvent, name="helpline.sent-referral.link-ended"):
    """The link opens nothing any more: it is over, or the receiver has refused."""


class LinkOpened(SentEvent, name="helpline.sent-referral.link-opened"):
    """The receiver read what was told, for the `opening`th time."""

    opening: int


class LinkDocumentTaken(SentEvent, name="helpline.sent-referral.document-taken"):
    """The receiver took the document of an item, by its place."""

    item: int


class SentAccepted(SentEvent, name="helpline.sent-referral.accepted"):
    """The receiver takes it on, `seconds` after it was sent."""

    seconds: int
    band: Code


class SentRefused(SentEvent, name="helpline.sent-referral.refused"):
    refusal: Refusal


class SentDone(SentEvent, name="helpline.sent-referral.done"):
    """The receiver has done what it could."""


class SentExpired(SentEvent, name="helpline.sent-referral.expired"):
    """Nobody answered in time: the link opens nothing any more."""


class SentWithdrawn(SentEvent, name="helpline.sent-referral.withdrawn"):
    """A referral sent was cancelled."""


class SentReminded(SentEvent, name="helpline.sent-referral.reminded"):
    """Nobody has answered yet: its sender is told, for the `reminder`th time."""

    reminder: int


class ReceiverNoted(Event, name="helpline.receiver.noted"):
    """The contact at a receiver was filled in; the subject is that entry."""

    receiver: Code
    territory: Code
