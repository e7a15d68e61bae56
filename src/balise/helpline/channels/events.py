"""What happened to a correspondence: the subject is its id. Never a word, never an address."""

from uuid import UUID

from balise.foundation.journal.events import Code, Event
from balise.helpline.channels.rules import Audience, Way


class MessageReceived(Event, name="helpline.message.received"):
    """Someone wrote; `first` where it began the correspondence, `risk` as their words tell it."""

    way: Way
    audience: Audience | Code
    risk: Code
    first: bool


class MessageAnswered(Event, name="helpline.message.answered"):
    """A listener answered, `seconds` after the first word that waited."""

    way: Way
    message: UUID
    seconds: int


class AnswerBegun(Event, name="helpline.message.begun"):
    """A listener began an answer, or went on with a colleague's: what they type is kept."""


class AnswerSent(Event, name="helpline.message.sent"):
    """It left for the person's mailbox or messaging."""

    message: UUID


class AnswerFailed(Event, name="helpline.message.failed"):
    """It will not arrive, for a reason in codes; it waits for a listener again."""

    message: UUID
    reason: Code


class AnswerTriedAgain(Event, name="helpline.message.tried-again"):
    way: Way
    message: UUID


class MessageAcknowledged(Event, name="helpline.message.acknowledged"):
    """They were told, once, that it came, when someone reads it, and whom to call before."""

    way: Way
    open: bool


class MessagePassedOver(Event, name="helpline.message.passed-over"):
    """A robot's mail: nobody reads it, nothing answers it."""

    nature: Code


class ThreadRead(Event, name="helpline.thread.read"):
    """The listener who has it opened it."""


class ThreadClosed(Event, name="helpline.thread.closed"):
    """A listener closed a correspondence."""


class ThreadErased(Event, name="helpline.thread.erased"):
    """The person destroyed what was written, on both sides."""
