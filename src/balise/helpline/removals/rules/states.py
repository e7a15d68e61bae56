"""Where an item of a request stands, and which step may follow."""

from django.db.models import TextChoices
from django.utils.translation import gettext as _, pgettext_lazy

from balise.foundation.refusals import Refused


class RemovalState(TextChoices):
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
WAITING = frozenset(
    {
        RemovalState.SENT,
        RemovalState.ACKNOWLEDGED,
        RemovalState.INFO_REQUESTED,
        RemovalState.ANSWERED,
    }
)
# Its clock runs; where the platform asks something, it stands still.
RUNNING = WAITING - {RemovalState.INFO_REQUESTED}
_BEFORE = frozenset({RemovalState.DRAFT, RemovalState.READY, RemovalState.SECOND_LOOK})
_AFTER = frozenset({RemovalState.DECIDED, RemovalState.STILL_UP})
_SEEN = frozenset({RemovalState.VERIFIED_GONE, RemovalState.REAPPEARED})
ENDED = frozenset({RemovalState.CLOSED, RemovalState.HANDED_OVER})

_STEPS: dict[Step, tuple[frozenset[RemovalState], RemovalState]] = {
    Step.COMPLETE: (frozenset({RemovalState.DRAFT}), RemovalState.READY),
    Step.ASK_SECOND: (frozenset({RemovalState.READY}), RemovalState.SECOND_LOOK),
    Step.APPROVE: (frozenset({RemovalState.SECOND_LOOK}), RemovalState.READY),
    Step.SEND_BACK: (frozenset({RemovalState.SECOND_LOOK, RemovalState.READY}), RemovalState.DRAFT),
    Step.SEND: (frozenset({RemovalState.READY}), RemovalState.SENDING),
    Step.LEFT: (frozenset({RemovalState.SENDING}), RemovalState.SENT),
    # A mail that comes back reached nobody.
    Step.FAIL: (frozenset({RemovalState.SENDING, RemovalState.SENT}), RemovalState.READY),
    Step.ACKNOWLEDGE: (frozenset({RemovalState.SENT}), RemovalState.ACKNOWLEDGED),
    Step.ASK_INFO: (RUNNING, RemovalState.INFO_REQUESTED),
    Step.ANSWER: (frozenset({RemovalState.INFO_REQUESTED}), RemovalState.ANSWERED),
    Step.DECIDE: (WAITING, RemovalState.DECIDED),
    # The watch may see it before the platform says a word.
    Step.SEE_GONE: (WAITING | _AFTER, RemovalState.VERIFIED_GONE),
    Step.SEE_UP: (frozenset({RemovalState.DECIDED}), RemovalState.STILL_UP),
    Step.CLOSE: (_BEFORE | WAITING | _AFTER | _SEEN, RemovalState.CLOSED),
    Step.REAPPEAR: (
        frozenset({RemovalState.VERIFIED_GONE, RemovalState.CLOSED}),
        RemovalState.REAPPEARED,
    ),
    # What was given up is written, looked at and sent anew.
    Step.RESUME: (frozenset({RemovalState.CLOSED}), RemovalState.DRAFT),
    # With the prior dossier: what was complete still is.
    Step.REOPEN: (frozenset({RemovalState.REAPPEARED, RemovalState.STILL_UP}), RemovalState.READY),
    Step.HAND_OVER: (_BEFORE, RemovalState.HANDED_OVER),
}


# Only what was seen gone can come back; what was not, and was closed, was given up.
_NEEDS_GONE = {Step.REAPPEAR: True, Step.RESUME: False}


def may(step: Step, state: RemovalState, *, is_gone: bool) -> bool:
    """Return whether a step begins at this state, of an item that was seen gone or was not."""
    return state in _STEPS[step][0] and _NEEDS_GONE.get(step, is_gone) is is_gone


def after(step: Step, state: RemovalState, *, is_gone: bool) -> RemovalState:
    """Return the state that a step leads to; refuse one that does not begin here."""
    if not may(step, state, is_gone=is_gone):
        raise WrongState(_("This item is now: %(state)s.") % {"state": state.label})
    return _STEPS[step][1]
