"""What a conversation is made of, and what may be said in it."""

from datetime import timedelta

import regex
from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from balise.foundation.refusals import Refused, Shut

MOST_BYTES = 2_048  # of one message, as UTF-8
LONGEST_NICKNAME = 30
SUSPENDED_AFTER = timedelta(seconds=45)  # without a sign of the young person's page
PLACE_KEPT = timedelta(minutes=15)  # then the listener is free for others
ENDS_AFTER = timedelta(days=1)


class ConversationState(TextChoices):
    """The state of a conversation."""

    WAITING = "waiting", gettext_lazy("Waiting for a listener")
    OPEN = "open", pgettext_lazy("conversation", "Open")
    SUSPENDED = "suspended", gettext_lazy("The line dropped")
    ENDED = "ended", pgettext_lazy("conversation", "Ended")


class Earlier(TextChoices):
    """How it is known that someone has talked before."""

    CODE = "code", gettext_lazy("They came back with their code")
    BROWSER = "browser", gettext_lazy("The same browser: perhaps the same person")
    LISTENER = "listener", gettext_lazy("The listener asked, and it is the same person")

    @property
    def is_sure(self) -> bool:
        """Return whether it is the same person; a browser proves nothing, telephones are shared."""
        return self is not Earlier.BROWSER


class Side(TextChoices):
    """The side that writes: sides, never names."""

    YOUNG = "young", gettext_lazy("The young person")
    STAFF = "staff", gettext_lazy("The helpline")
    HOUSE = "house", gettext_lazy("The centre")


class ChatEventKind(TextChoices):
    """What an event of the log is."""

    MESSAGE = "message", gettext_lazy("Message")
    NOTE = "note", gettext_lazy("News of a removal")
    PICTURE = "picture", gettext_lazy("News of a picture")
    VAULT = "vault", gettext_lazy("News of a vault")
    JOINED = "joined", gettext_lazy("A listener has joined")
    LEFT = "left", gettext_lazy("The listener has left")
    TRANSFERRED = "transferred", gettext_lazy("Passed on to a colleague")
    CAME_IN = "came_in", gettext_lazy("A supervisor has joined")
    WENT_OUT = "went_out", gettext_lazy("The supervisor has left")
    STATE = "state", gettext_lazy("The conversation changed")
    REDACTED = "redacted", gettext_lazy("A message was removed")


class TooLong(Refused, code="too-long"):
    """A message is too long; the page keeps all of it."""


class NothingSaid(Refused, code="nothing-said"):
    """A message without a word."""


class ConversationOver(Refused, code="conversation-over"):
    """The conversation has ended: no message can be added."""


class NobodyTalks(Refused, code="nobody-talks"):
    """A supervisor would speak where no listener is in the conversation."""


class NotInConversation(Refused, code="not-in-conversation"):
    """A listener writes in a conversation that they have not joined."""


class TokenUnknown(Shut, code="token-unknown"):
    """No conversation has this token: the same answer for a wrong one and for one that is over."""


def read_words(text: str) -> str:
    """Return a message as it is kept; refuse an empty one, and one over 2,048 bytes of UTF-8."""
    words = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if not words:
        raise NothingSaid(_("Write something first."))
    size = len(words.encode("utf-8", "surrogatepass"))
    if size > MOST_BYTES:
        fits, whole = fitting(words)
        raise TooLong(
            _(
                "This message is too long: %(whole)s characters, %(fits)s at most. Send it in "
                "several parts. Nothing is lost."
            )
            % {"fits": fits, "whole": whole}
        )
    return words.encode("utf-8", "replace").decode()


def fitting(words: str) -> tuple[int, int]:
    """Return how many characters of a text fit into one message, and how many it has.

    As people count them (grapheme clusters, Unicode annex 29): a family is one, é is one however
    it is written.
    """
    whole = regex.findall(r"\X", words)
    room = MOST_BYTES
    for fits, character in enumerate(whole):
        room -= len(character.encode("utf-8", "surrogatepass"))
        if room < 0:
            return fits, len(whole)
    return len(whole), len(whole)


def check_goes_on(state: str) -> None:
    """Refuse to say anything in a conversation that has ended."""
    if state == ConversationState.ENDED:
        raise ConversationOver(_("This conversation has ended."))
