"""What happened to a conversation: never a word of it."""

from balise.foundation.journal.events import Code, Event
from balise.helpline.conversations.rules import Side


class ConversationBegun(Event):
    name = "helpline.conversation.begun"

    language: Code
    age_band: Code


class MessageSaid(Event):
    """Someone said something: which side, and the place in the log."""

    name = "helpline.conversation.said"

    side: Side
    seq: int


class ListenerJoined(Event):
    """A listener is in the conversation, `seconds` after it began."""

    name = "helpline.conversation.joined"

    seconds: int


class ListenerLeft(Event):
    name = "helpline.conversation.left"


class ConversationRead(Event):
    """A listener or a supervisor read what was said."""

    name = "helpline.conversation.read"


class MessageRedacted(Event):
    name = "helpline.conversation.redacted"

    seq: int


class ConversationEnded(Event):
    """It ended, by which side, `seconds` after it began, with so many messages."""

    name = "helpline.conversation.ended"

    side: Side
    seconds: int
    messages: int


class ConversationErased(Event):
    """Its key is destroyed: what was said can never be read again."""

    name = "helpline.conversation.erased"


class ConversationDropped(Event):
    """The young person's page gave no sign for too long; nothing has ended."""

    name = "helpline.conversation.dropped"

    was_waiting: bool


class ConversationResumed(Event):
    """They are back, so many seconds after the last sign."""

    name = "helpline.conversation.resumed"

    seconds: int


class CoachNoted(Event):
    """A supervisor left a note for the listener, to be read afterwards."""

    name = "helpline.conversation.coached"


class QuestionsOffered(Event):
    """Its page leads the young person, and nobody else, to the questions afterwards."""

    name = "helpline.conversation.questions-offered"
