"""What happened at the console: the subject is the item that one holds."""

from balise.foundation.journal.events import Event
from balise.helpline.queue.rules import Kind


class BriefLeft(Event):
    """A listener passed someone on, with a private word to the next one."""

    name = "helpline.brief.left"


class BriefRead(Event):
    name = "helpline.brief.read"


class HandRaised(Event):
    """A listener asks for a supervisor."""

    name = "helpline.hand.raised"


class HandLowered(Event):
    """A supervisor came, `seconds` later, or the listener no longer needs help."""

    name = "helpline.hand.lowered"

    seconds: int


class DangerDeclared(Event):
    """A life is in danger; `paged` already, because the item was of risk A before."""

    name = "helpline.danger.declared"

    paged: bool


class DangerAnswered(Event):
    """The checklist was filled in; `imminent` if all four steps of the ladder are."""

    name = "helpline.danger.answered"

    imminent: bool


class DangerJoined(Event):
    """A supervisor is there, `seconds` after the listener called."""

    name = "helpline.danger.joined"

    seconds: int


class DangerEnded(Event):
    """It is over, `seconds` after it was declared; the debrief is done."""

    name = "helpline.danger.ended"

    seconds: int


class SwitchboardTaken(Event):
    """A supervisor took over all that waits of one kind; the subject is their account."""

    name = "helpline.switchboard.taken"

    kind: Kind


class SwitchboardReleased(Event):
    name = "helpline.switchboard.released"

    kind: Kind
