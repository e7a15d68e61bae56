"""Where a notice stands, how a host answered, and which step may follow."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from balise.foundation.refusals import Refused


class State(StrEnum):
    """Where a notice stands. It is sent once the host's mail server took it, never before."""

    DRAFT = "draft"
    QUEUED = "queued"
    FAILED = "failed"
    SENT = "sent"
    REMINDED = "reminded"
    ANSWERED = "answered"
    REMOVED = "removed"
    REFUSED = "refused"
    UNANSWERED = "unanswered"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return str(_STATES[self])


class Outcome(StrEnum):
    """What came of a notice: the third heading of the report that Article 22(3) of the DSA asks."""

    REMOVED = "removed"
    RESTRICTED = "restricted"
    REFUSED = "refused"
    NO_ANSWER = "no-answer"

    @property
    def label(self) -> str:
        return str(_OUTCOMES[self])

    @property
    def state(self) -> State:
        """The state that a notice is left in."""
        return _LEADS_TO[self]


class Impediment(StrEnum):
    """Why a host says that it cannot act: the three grounds of article 6-2 of the French LCEN."""

    NONE = ""
    IMPOSSIBLE = "impossible"
    MANIFEST_ERROR = "manifest-error"
    TOO_LITTLE = "too-little-information"

    @property
    def label(self) -> str:
        return str(_IMPEDIMENTS[self])


class Failure(StrEnum):
    """Why a notice did not leave."""

    REFUSED = "refused-by-server"
    UNREACHABLE = "server-unreachable"
    IN_DOUBT = "in-doubt"
    CONTACT_CLOSED = "contact-closed"
    FORGOTTEN = "forgotten"

    @property
    def label(self) -> str:
        return str(_FAILURES[self])


class WrongState(Refused):
    """The notice is not where this step begins."""

    code = "notice-wrong-state"


# A host can still act on it.
WAITING = frozenset({State.SENT, State.REMINDED, State.ANSWERED})
# It is on the way to a host, or there: a second one would say the same again.
OPEN = WAITING | {State.DRAFT, State.QUEUED, State.FAILED}
CLOSED = frozenset({State.REMOVED, State.REFUSED, State.UNANSWERED, State.WITHDRAWN})
REACHED_THE_HOST = WAITING | {State.REMOVED, State.REFUSED, State.UNANSWERED}

_BEGINS_AT: dict[str, frozenset[State]] = {
    "revise": frozenset({State.DRAFT, State.FAILED}),
    "send": frozenset({State.DRAFT, State.FAILED}),
    "send-by-hand": frozenset({State.DRAFT, State.FAILED}),
    "remind": frozenset({State.SENT}),
    "outcome": WAITING,
    "withdraw": OPEN,
}


def check_step(step: str, state: State) -> None:
    """Refuse a step that does not begin at this state."""
    if state not in _BEGINS_AT[step]:
        raise WrongState(_("The notice is now: %(state)s.") % {"state": state.label})


def check_not_being_sent(*, is_handed_over: bool) -> None:
    """Refuse to take back what is at a mail server right now."""
    if is_handed_over:
        raise WrongState(_("The notice is being sent this very moment. Try again shortly."))


_STATES: dict[State, Promise] = {
    State.DRAFT: gettext_lazy("Draft"),
    State.QUEUED: gettext_lazy("On its way"),
    State.FAILED: gettext_lazy("Not sent"),
    State.SENT: gettext_lazy("Sent"),
    State.REMINDED: gettext_lazy("Reminded"),
    State.ANSWERED: gettext_lazy("Answered"),
    State.REMOVED: gettext_lazy("Removed"),
    State.REFUSED: gettext_lazy("Refused by the host"),
    State.UNANSWERED: gettext_lazy("No answer"),
    State.WITHDRAWN: gettext_lazy("Withdrawn"),
}
_OUTCOMES: dict[Outcome, Promise] = {
    Outcome.REMOVED: gettext_lazy("The content was removed"),
    Outcome.RESTRICTED: gettext_lazy("Access was restricted"),
    Outcome.REFUSED: gettext_lazy("The host refuses"),
    Outcome.NO_ANSWER: gettext_lazy("No answer came"),
}
_LEADS_TO = {
    Outcome.REMOVED: State.REMOVED,
    Outcome.RESTRICTED: State.ANSWERED,
    Outcome.REFUSED: State.REFUSED,
    Outcome.NO_ANSWER: State.UNANSWERED,
}
_IMPEDIMENTS: dict[Impediment, Promise] = {
    Impediment.NONE: gettext_lazy("None"),
    Impediment.IMPOSSIBLE: gettext_lazy("It cannot be done (force majeure, or in fact)"),
    Impediment.MANIFEST_ERROR: gettext_lazy("The notice has an obvious error"),
    Impediment.TOO_LITTLE: gettext_lazy("The notice says too little"),
}
_FAILURES: dict[Failure, Promise] = {
    Failure.REFUSED: gettext_lazy("The host's mail server refused it."),
    Failure.UNREACHABLE: gettext_lazy("The mail server could not be reached."),
    Failure.IN_DOUBT: gettext_lazy(
        "The machine stopped while it was sent: it may have arrived. Look before you send it again."
    ),
    Failure.CONTACT_CLOSED: gettext_lazy("The contact is no longer approved."),
    Failure.FORGOTTEN: gettext_lazy("What it said has been erased."),
}
