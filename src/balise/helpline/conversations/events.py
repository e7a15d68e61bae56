"""What happened to a conversation: never a word of it."""

from balise.foundation.journal.events import Code, Event
from balise.helpline.conversations.rules import Side


class ConversationBegun(Event, name="helpline.conversation.begun"):
    language: Code
    age_band: Code


class ConversationContinued(Event, name="helpline.conversation.continued"):
    """Someone who talked before begins again; by which sign (`rules.Earlier`)."""

    how: Code


class MessageSaid(Event, name="helpline.conversation.said"):
    """Someone said something: which side, and the place in the log."""

    side: Side
    seq: int


class ListenerJoined(Event, name="helpline.conversation.joined"):
    """A listener is in the conversation, `seconds` after it began."""

    seconds: int


class ListenerLeft(Event, name="helpline.conversation.left"):
    """A listener left a conversation."""


class SupervisorJoined(Event, name="helpline.conversation.supervisor-joined"):
    """A supervisor may speak in the conversation, and the young person was told."""


class SupervisorLeft(Event, name="helpline.conversation.supervisor-left"):
    """The supervisor speaks in it no longer, and the young person was told."""


class ConversationRead(Event, name="helpline.conversation.read"):
    """A listener or a supervisor read what was said."""


class MessageRedacted(Event, name="helpline.conversation.redacted"):
    seq: int


class MessageMarked(Event, name="helpline.conversation.marked"):
    """The listener marked a message as important, or took the mark away."""

    seq: int
    is_marked: bool


class ConversationEnded(Event, name="helpline.conversation.ended"):
    """It ended, by which side, `seconds` after it began, with so many messages."""

    side: Side
    seconds: int
    messages: int


class ConversationErased(Event, name="helpline.conversation.erased"):
    """Its key is destroyed: what was said can never be read again."""


class ConversationDropped(Event, name="helpline.conversation.dropped"):
    """The young person's page gave no sign for too long; nothing has ended."""

    was_waiting: bool


class ConversationResumed(Event, name="helpline.conversation.resumed"):
    """They are back, so many seconds after the last sign."""

    seconds: int


class CoachNoted(Event, name="helpline.conversation.coached"):
    """A supervisor left a note for the listener, who reads it at once."""


class CoachAnswered(Event, name="helpline.conversation.coach-answered"):
    """The listener answered the notes of supervisors."""


class AnotherWanted(Event, name="helpline.conversation.another-wanted"):
    """The line of the listener was cut, and the young person does not wait for them."""


class QuestionsOffered(Event, name="helpline.conversation.questions-offered"):
    """Its page leads the young person, and nobody else, to the questions afterwards."""
