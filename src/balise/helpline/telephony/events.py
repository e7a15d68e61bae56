"""What happened to a call or a call-back: the subject is its id. Never a number."""

from datetime import date
from uuid import UUID

from balise.foundation.journal.events import Code, Event
from balise.helpline.queue.rules import Risk
from balise.helpline.telephony.rules.call_backs import Attempt, Script
from balise.helpline.telephony.rules.calls import Command, EndedBy, Failure
from balise.helpline.telephony.rules.numbers import HeldFor, Need


class CallOffered(Event, name="helpline.call.offered"):
    """Someone calls on a `day` of the centre, in a `half_hour` of it, as 09:30."""

    day: date
    half_hour: Code
    returning: bool


class CallAnswered(Event, name="helpline.call.answered"):
    """A listener answered after `seconds`."""

    day: date
    half_hour: Code
    seconds: int
    band: Code
    in_time: bool


class CallAbandoned(Event, name="helpline.call.abandoned"):
    """The caller hung up after waiting `seconds`."""

    day: date
    half_hour: Code
    seconds: int
    band: Code


class CallBlocked(Event, name="helpline.call.blocked"):
    """The caller was blocked: the call is over, and no telephone rang."""

    day: date
    half_hour: Code


class CallEnded(Event, name="helpline.call.ended"):
    """The talk is over after `seconds`."""

    day: date
    ended_by: EndedBy
    seconds: int


class CallCommanded(Event, name="helpline.call.commanded"):
    """The listener lets the exchange hold, resume or transfer it; `to` an extension or nobody."""

    command: Command
    to: Code


class CallNotCommanded(Event, name="helpline.call.not-commanded"):
    """The exchange did not do it; the caller is with the listener."""

    command: Command
    failure: Failure
    reason: Code


class CallTransferred(Event, name="helpline.call.transferred"):
    """Someone else picked the call up."""


class CallReturned(Event, name="helpline.call.returned"):
    """Nobody picked up a transferred call: it is with its listener again."""


class ExtensionGiven(Event, name="helpline.extension.given"):
    """Someone said at which telephone they are rung; the subject is their account."""

    extension: Code


class NumberHeld(Event, name="helpline.number.held"):
    """The number outlives the call, for so long as `retention` says."""

    reason: HeldFor


class NumberAsked(Event, name="helpline.number.asked"):
    """Someone asks to read a number: `about` is the call, or the thread of its author."""

    about: UUID
    need: Need


class NumberReleased(Event, name="helpline.number.released"):
    """A second person agreed."""

    about: UUID


class NumberRead(Event, name="helpline.number.read"):
    about: UUID


class CallBackAsked(Event, name="helpline.call-back.asked"):
    """Someone wants to be called back; `risk` is what their words told, F where they told none."""

    script: Script
    risk: Risk


class CallBackOpened(Event, name="helpline.call-back.opened"):
    """The listener who has it read the number, to dial it."""


class CallBackDialled(Event, name="helpline.call-back.dialled"):
    """The listener who has it let the exchange ring their telephone, then the number."""

    extension: Code


class CallBackNotDialled(Event, name="helpline.call-back.not-dialled"):
    """The exchange did not take it, for a reason in codes; the listener dials by hand."""

    reason: Code


class CallBackTried(Event, name="helpline.call-back.tried"):
    attempt: Attempt
    attempts: int


class CallBackWithdrawn(Event, name="helpline.call-back.withdrawn"):
    """A call-back was cancelled."""
