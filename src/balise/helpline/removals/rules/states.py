"""Where an item of a request stands, and which step may follow."""

from django.db.models import TextChoices
from django.utils.translation import gettext as _, pgettext_lazy

from balise.foundation.refusals import Refused


class State(TextChoices):
    """Where an item stands with its platform."""

    DRAFT = "draft", pgettext_lazy("removal", "Draft")
    READY = "ready", pgettext_lazy("removal", "Ready")
    SECOND_LOOK = "second-look", pgettext_lazy("removal", "Waiting for a second review")
    SENDING = "sending", pgettext_lazy("removal", "On its way")
    SENT = "sent", pgettext_lazy("removal", "Sent")
    ACKNOWLEDGED = "acknowledged", pgettext_lazy("removal", "Received by the platform")
    INFO_REQUESTED = "info-requested", pgettext_lazy("removal", "The platform has a question")
    ANSWERED = "answered", pgettext_lazy("removal", "We answered the platform")
    DECIDED = "decided", pgettext_lazy("removal", "Decided")
    VERIFIED_GONE = "verified-gone", pgettext_lazy("removal", "Gone, checked")
    STILL_UP = "still-up", pgettext_lazy("removal", "Still there")
    REAPPEARED = "reappeared", pgettext_lazy("removal", "Came back")
    CLOSED = "closed", pgettext_lazy("removal", "Closed")
    HANDED_OVER = "handed-over", pgettext_lazy("removal", "Sent to the hotline")


class Step(TextChoices):
    """What may happen to an item."""

    COMPLETE = "complete"
    ASK_SECOND = "ask-second"
    APPROVE = "approve"
    SEND_BACK = "send-back"
    SEND = "send"
    LEFT = "left"
    FAIL = "fail"
    ACKNOWLEDGE = "acknowledge"
    ASK_INFO = "ask-info"
    ANSWER = "answer"
    DECIDE = "decide"
    SEE_GONE = "see-gone"
    SEE_UP = "see-up"
    CLOSE = "close"
    REAPPEAR = "reappear"
    REOPEN = "reopen"
    RESUME = "resume"
    HAND_OVER = "hand-over"


class WrongState(Refused, code="removal-wrong-state"):
    """The item is not where this step begins."""


# The platform has it, and can act.
WAITING = frozenset({State.SENT, State.ACKNOWLEDGED, State.INFO_REQUESTED, State.ANSWERED})
# Its clock runs; where the platform asks something, it stands still.
RUNNING = WAITING - {State.INFO_REQUESTED}
_BEFORE = frozenset({State.DRAFT, State.READY, State.SECOND_LOOK})
_AFTER = frozenset({State.DECIDED, State.STILL_UP})
_SEEN = frozenset({State.VERIFIED_GONE, State.REAPPEARED})
ENDED = frozenset({State.CLOSED, State.HANDED_OVER})

_STEPS: dict[Step, tuple[frozenset[State], State]] = {
    Step.COMPLETE: (frozenset({State.DRAFT}), State.READY),
    Step.ASK_SECOND: (frozenset({State.READY}), State.SECOND_LOOK),
    Step.APPROVE: (frozenset({State.SECOND_LOOK}), State.READY),
    Step.SEND_BACK: (frozenset({State.SECOND_LOOK, State.READY}), State.DRAFT),
    Step.SEND: (frozenset({State.READY}), State.SENDING),
    Step.LEFT: (frozenset({State.SENDING}), State.SENT),
    # A mail that comes back reached nobody.
    Step.FAIL: (frozenset({State.SENDING, State.SENT}), State.READY),
    Step.ACKNOWLEDGE: (frozenset({State.SENT}), State.ACKNOWLEDGED),
    Step.ASK_INFO: (RUNNING, State.INFO_REQUESTED),
    Step.ANSWER: (frozenset({State.INFO_REQUESTED}), State.ANSWERED),
    Step.DECIDE: (WAITING, State.DECIDED),
    # The watch may see it before the platform says a word.
    Step.SEE_GONE: (WAITING | _AFTER, State.VERIFIED_GONE),
    Step.SEE_UP: (frozenset({State.DECIDED}), State.STILL_UP),
    Step.CLOSE: (_BEFORE | WAITING | _AFTER | _SEEN, State.CLOSED),
    Step.REAPPEAR: (frozenset({State.VERIFIED_GONE, State.CLOSED}), State.REAPPEARED),
    # What was given up is written, looked at and sent anew.
    Step.RESUME: (frozenset({State.CLOSED}), State.DRAFT),
    # With the prior dossier: what was complete still is.
    Step.REOPEN: (frozenset({State.REAPPEARED, State.STILL_UP}), State.READY),
    Step.HAND_OVER: (_BEFORE, State.HANDED_OVER),
}


# Only what was seen gone can come back; what was not, and was closed, was given up.
_NEEDS_GONE = {Step.REAPPEAR: True, Step.RESUME: False}


def may(step: Step, state: State, *, is_gone: bool) -> bool:
    """Return whether a step begins at this state, of an item that was seen gone or was not."""
    return state in _STEPS[step][0] and _NEEDS_GONE.get(step, is_gone) is is_gone


def after(step: Step, state: State, *, is_gone: bool) -> State:
    """Return the state that a step leads to; refuse one that does not begin here."""
    if not may(step, state, is_gone=is_gone):
        raise WrongState(_("This item is now: %(state)s.") % {"state": state.label})
    return _STEPS[step][1]
