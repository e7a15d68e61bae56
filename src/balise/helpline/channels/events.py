"""What happened to a correspondence: the subject is its id. Never a word, never an address."""

from uuid import UUID

from balise.foundation.journal.events import Code, Event
from balise.helpline.channels.rules import Audience, Way


class MessageReceived(Event):
    """Someone wrote; `first` where it began the correspondence, `risk` as their words tell it."""

    name = "helpline.message.received"

    way: Way
    audience: Audience | Code
    risk: Code
    first: bool


class MessageAnswered(Event):
    """A listener answered, `seconds` after the first word that waited."""

    name = "helpline.message.answered"

    way: Way
    message: UUID
    seconds: int


class AnswerBegun(Event):
    """A listener began an answer, or went on with a colleague's: what they type is kept."""

    name = "helpline.message.begun"


class AnswerSent(Event):
    """It left for the person's mailbox or messaging."""

    name = "helpline.message.sent"

    message: UUID


class AnswerFailed(Event):
    """It will not arrive, for a reason in codes; it waits for a listener again."""

    name = "helpline.message.failed"

    message: UUID
    reason: Code


class AnswerTriedAgain(Event):
    name = "helpline.message.tried-again"

    way: Way
    message: UUID


class MessageAcknowledged(Event):
    """They were told, once, that it came, when someone reads it, and whom to call before."""

    name = "helpline.message.acknowledged"

    way: Way
    open: bool


class MessagePassedOver(Event):
    """A robot's mail: nobody reads it, nothing answers it."""

    name = "helpline.message.passed-over"

    nature: Code


class ThreadRead(Event):
    """The listener who has it opened it."""

    name = "helpline.thread.read"


class ThreadClosed(Event):
    name = "helpline.thread.closed"


class ThreadErased(Event):
    """The person destroyed what was written, on both sides."""

    name = "helpline.thread.erased"
