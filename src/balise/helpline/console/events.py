"""What happened at the console: the subject is the item that one holds."""

from balise.foundation.journal.events import Event
from balise.helpline.queue.rules import WaitKind


class BriefLeft(Event, name="helpline.brief.left"):
    """A listener passed someone on, with a private word to the next one."""


class BriefRead(Event, name="helpline.brief.read"):
    """The next listener read a private message."""


class HandRaised(Event, name="helpline.hand.raised"):
    """A listener asks for a supervisor."""


class HandLowered(Event, name="helpline.hand.lowered"):
    """A supervisor came, `seconds` later, or the listener no longer needs help."""

    seconds: int


class DangerAnswered(Event, name="helpline.danger.answered"):
    """The checklist was filled in; `imminent` if all four steps of the ladder are."""

    imminent: bool


class SwitchboardTaken(Event, name="helpline.switchboard.taken"):
    """A supervisor took over all that waits of one kind; the subject is their account."""

    kind: WaitKind


class SwitchboardReleased(Event, name="helpline.switchboard.released"):
    kind: WaitKind
