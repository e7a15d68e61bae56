"""The state of a transfer, its outcome, and which step may follow."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from balise.foundation.refusals import Refused


class Direction(StrEnum):
    """Whether a content went from here, or came to us."""

    OUT = "out"
    IN = "in"

    @property
    def label(self) -> str:
        return str(_DIRECTIONS[self])


class State(StrEnum):
    """The state of a transfer, at either end."""

    QUEUED = "queued"
    SENT = "sent"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    CLOSED = "closed"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return str(_STATES[self])


class Standing(StrEnum):
    """Whether letters pass to and from a hotline."""

    OPEN = "open"
    WAITING = "waiting"
    BLOCKED = "blocked"

    @property
    def label(self) -> str:
        return str(_STANDINGS[self])


class Kind(StrEnum):
    """What a letter says: content is transferred, taken, refused; or its outcome."""

    REPORT = "report"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    OUTCOME = "outcome"


class Outcome(StrEnum):
    """What the hotline that received content decided, and the outcome."""

    NONE = ""
    ILLEGAL = "illegal"
    REMOVED = "removed"
    GONE = "gone"
    NOT_ILLEGAL = "not-illegal"
    OUT_OF_SCOPE = "out-of-scope"
    UNVERIFIABLE = "unverifiable"

    @property
    def label(self) -> str:
        return str(_OUTCOMES[self])

    @property
    def is_final(self) -> bool:
        """Whether nothing more is to be expected; illegal is waiting for its removal."""
        return self not in {Outcome.NONE, Outcome.ILLEGAL}


class Reason(StrEnum):
    """Why a hotline refused a content."""

    NONE = ""
    UNREADABLE = "unreadable"
    ELSEWHERE = "hosted-elsewhere"
    NOT_OURS = "not-our-remit"
    OTHER = "other"

    @property
    def label(self) -> str:
        return str(_REASONS[self])


class Fault(StrEnum):
    """Why a letter has not arrived."""

    NONE = ""
    UNREACHABLE = "unreachable"
    NOT_TAKEN = "not-taken"
    MALFORMED = "refused-as-malformed"
    NO_KEYS = "no-approved-keys"
    FORGOTTEN = "forgotten"
    TOO_LATE = "tried-for-too-long"

    @property
    def label(self) -> str:
        return str(_FAULTS[self])


class WrongState(Refused):
    """The transfer is not where this step begins."""

    code = "transfer-wrong-state"


# They may still do something with it.
OPEN = frozenset({State.QUEUED, State.SENT, State.RECEIVED, State.ACCEPTED})
_ENDED = frozenset({State.REFUSED, State.CLOSED})
# A content is with a hotline once at a time; what failed can still be tried again.
NOT_OVER = OPEN | {State.FAILED}
_ON_THE_WAY = frozenset({State.QUEUED, State.SENT, State.RECEIVED})
_BEGINS_AT: dict[str, frozenset[State]] = {
    "resend": frozenset({State.FAILED}),
    "withdraw": frozenset({State.QUEUED, State.FAILED}),
    "refuse": frozenset({State.ACCEPTED}),
}


def check_resend(direction: Direction, state: State, *, has_given_up: bool) -> None:
    """Refuse to try again what did not fail; of what came to us, an answer that was given up."""
    if direction is Direction.OUT:
        check_step("resend", state)
    elif not has_given_up:
        raise WrongState(_("Every answer is delivered or being sent."))


def check_step(step: str, state: State) -> None:
    """Refuse a step that does not begin at this state."""
    if state not in _BEGINS_AT[step]:
        raise WrongState(_("This transfer is now: %(state)s.") % {"state": state.label})


def state_after(
    state: State, kind: Kind, outcome: Outcome, *, is_handed_again: bool = False
) -> State:
    """Return the state of our transfer after an answer of theirs; a late one changes nothing.

    The caller has checked that the answer is newer than any received before. What ended stays so
    when the content `is_handed_again`, under a newer number: that one is the open one.
    """
    after = _after(state, kind, outcome)
    return state if is_handed_again and state in _ENDED and after in OPEN else after


def _after(state: State, kind: Kind, outcome: Outcome) -> State:
    match kind:
        case Kind.ACCEPTED:
            return State.ACCEPTED if state in _ON_THE_WAY | {State.FAILED} else state
        case Kind.REFUSED:
            return State.REFUSED
        case Kind.OUTCOME:
            return State.CLOSED if outcome.is_final else State.ACCEPTED
        case Kind.REPORT:
            raise ValueError("a report is no answer")


_DIRECTIONS: dict[Direction, Promise] = {
    Direction.OUT: pgettext_lazy("transfer", "Sent"),
    Direction.IN: pgettext_lazy("transfer", "Received"),
}
_STANDINGS: dict[Standing, Promise] = {
    Standing.OPEN: pgettext_lazy("hotline", "Letters are exchanged"),
    Standing.WAITING: pgettext_lazy("hotline", "Waiting for a second person"),
    Standing.BLOCKED: pgettext_lazy("hotline", "Blocked"),
}
_STATES: dict[State, Promise] = {
    State.QUEUED: pgettext_lazy("transfer", "Being sent"),
    State.SENT: pgettext_lazy("transfer", "Sent, not acknowledged yet"),
    State.RECEIVED: pgettext_lazy("transfer", "Delivered"),
    State.ACCEPTED: pgettext_lazy("transfer", "Accepted"),
    State.REFUSED: pgettext_lazy("transfer", "Rejected"),
    State.CLOSED: pgettext_lazy("transfer", "Done"),
    State.FAILED: pgettext_lazy("transfer", "Not delivered"),
    State.WITHDRAWN: pgettext_lazy("transfer", "Cancelled"),
}
_OUTCOMES: dict[Outcome, Promise] = {
    Outcome.NONE: gettext_lazy("Nothing yet"),
    Outcome.ILLEGAL: gettext_lazy("Illegal there, removal in progress"),
    Outcome.REMOVED: gettext_lazy("Removed"),
    Outcome.GONE: pgettext_lazy("transfer", "Already gone"),
    Outcome.NOT_ILLEGAL: gettext_lazy("Not illegal there"),
    Outcome.OUT_OF_SCOPE: gettext_lazy("Out of their scope"),
    Outcome.UNVERIFIABLE: gettext_lazy("Could not be verified"),
}
_REASONS: dict[Reason, Promise] = {
    Reason.NONE: gettext_lazy("None given"),
    Reason.UNREADABLE: gettext_lazy("It could not be read"),
    Reason.ELSEWHERE: gettext_lazy("It is hosted in another country"),
    Reason.NOT_OURS: gettext_lazy("Not for this hotline"),
    Reason.OTHER: gettext_lazy("Another reason"),
}
_FAULTS: dict[Fault, Promise] = {
    Fault.NONE: gettext_lazy("No errors"),
    Fault.UNREACHABLE: gettext_lazy("Their server cannot be reached. We try again automatically."),
    Fault.NOT_TAKEN: gettext_lazy("Their server did not accept it. We try again automatically."),
    Fault.MALFORMED: gettext_lazy("Their server could not read it."),
    Fault.NO_KEYS: gettext_lazy("None of their keys has been approved by two people."),
    Fault.FORGOTTEN: gettext_lazy("Its text has been erased."),
    Fault.TOO_LATE: gettext_lazy("No answer for two weeks."),
}
