"""What happened to a conversation: never a word of it."""

from dataclasses import dataclass

from balise.foundation.journal.events import Code, Event
from balise.helpline.conversations.rules import Side


@dataclass(frozen=True, kw_only=True)
class ConversationBegun(Event):
    name = "helpline.conversation.begun"

    language: Code
    age_band: Code


@dataclass(frozen=True, kw_only=True)
class MessageSaid(Event):
    """Someone said something: which side, and the place in the log."""

    name = "helpline.conversation.said"

    side: Side
    seq: int


@dataclass(frozen=True, kw_only=True)
class ListenerJoined(Event):
    """A listener is in the conversation, `seconds` after it began."""

    name = "helpline.conversation.joined"

    seconds: int


@dataclass(frozen=True, kw_only=True)
class ListenerLeft(Event):
    name = "helpline.conversation.left"


@dataclass(frozen=True, kw_only=True)
class ConversationRead(Event):
    """A listener or a supervisor read what was said."""

    name = "helpline.conversation.read"


@dataclass(frozen=True, kw_only=True)
class MessageRedacted(Event):
    name = "helpline.conversation.redacted"

    seq: int


@dataclass(frozen=True, kw_only=True)
class ConversationEnded(Event):
    """It ended, by which side, `seconds` after it began, with so many messages."""

    name = "helpline.conversation.ended"

    side: Side
    seconds: int
    messages: int


@dataclass(frozen=True, kw_only=True)
class ConversationErased(Event):
    """Its key is destroyed: what was said can never be read again."""

    name = "helpline.conversation.erased"


@dataclass(frozen=True, kw_only=True)
class ConversationDropped(Event):
    """The young person's page gave no sign for too long; nothing has ended."""

    name = "helpline.conversation.dropped"

    was_waiting: bool


@dataclass(frozen=True, kw_only=True)
class ConversationResumed(Event):
    """They are back, so many seconds after the last sign."""

    name = "helpline.conversation.resumed"

    seconds: int


@dataclass(frozen=True, kw_only=True)
class CoachNoted(Event):
    """A supervisor left a note for the listener, to be read afterwards."""

    name = "helpline.conversation.coached"


@dataclass(frozen=True, kw_only=True)
class QuestionsOffered(Event):
    """Its page leads the young person, and nobody else, to the questions afterwards."""

    name = "helpline.conversation.questions-offered"
