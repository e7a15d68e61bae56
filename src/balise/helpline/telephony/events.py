"""What happened to a call or a call-back: the subject is its id. Never a number."""

from datetime import date
from uuid import UUID

from balise.foundation.journal.events import Code, Event
from balise.helpline.telephony.rules.call_backs import Attempt, Script
from balise.helpline.telephony.rules.calls import EndedBy
from balise.helpline.telephony.rules.numbers import HeldFor, Need


class CallOffered(Event):
    """Someone calls on a `day` of the centre, in a `half_hour` of it, as 09:30."""

    name = "helpline.call.offered"

    day: date
    half_hour: Code
    returning: bool


class CallAnswered(Event):
    """A listener answered after `seconds`."""

    name = "helpline.call.answered"

    day: date
    half_hour: Code
    seconds: int
    band: Code
    in_time: bool


class CallAbandoned(Event):
    """The caller hung up after waiting `seconds`."""

    name = "helpline.call.abandoned"

    day: date
    half_hour: Code
    seconds: int
    band: Code


class CallBlocked(Event):
    """The caller was blocked: the call is over, and no telephone rang."""

    name = "helpline.call.blocked"

    day: date
    half_hour: Code


class CallEnded(Event):
    """The talk is over after `seconds`."""

    name = "helpline.call.ended"

    day: date
    ended_by: EndedBy
    seconds: int


class NumberHeld(Event):
    """The number outlives the call, for so long as `retention` says."""

    name = "helpline.number.held"

    reason: HeldFor


class NumberAsked(Event):
    """Someone asks to read a number: `about` is the call, or the thread of its author."""

    name = "helpline.number.asked"

    about: UUID
    need: Need


class NumberReleased(Event):
    """A second person agreed."""

    name = "helpline.number.released"

    about: UUID


class NumberRead(Event):
    name = "helpline.number.read"

    about: UUID


class CallBackAsked(Event):
    name = "helpline.call-back.asked"

    script: Script


class CallBackOpened(Event):
    """The listener who has it read the number, to dial it."""

    name = "helpline.call-back.opened"


class CallBackDialled(Event):
    """The listener who has it let the exchange ring their telephone, then the number."""

    name = "helpline.call-back.dialled"

    extension: Code


class CallBackNotDialled(Event):
    """The exchange did not take it, for a reason in codes; the listener dials by hand."""

    name = "helpline.call-back.not-dialled"

    reason: Code


class CallBackTried(Event):
    name = "helpline.call-back.tried"

    attempt: Attempt
    attempts: int


class CallBackWithdrawn(Event):
    name = "helpline.call-back.withdrawn"
