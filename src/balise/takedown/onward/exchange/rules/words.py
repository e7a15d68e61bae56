"""The state of a transfer, its outcome, and which step may follow."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from balise.foundation.refusals import Refused


class Direction(TextChoices):
    """Whether a content went from here, or came to us."""

    OUT = "out", pgettext_lazy("transfer", "Sent")
    IN = "in", pgettext_lazy("transfer", "Received")


class TransferState(TextChoices):
    """The state of a transfer, at either end."""

    QUEUED = "queued", pgettext_lazy("transfer", "Being sent")
    SENT = "sent", pgettext_lazy("transfer", "Sent, not acknowledged yet")
    RECEIVED = "received", pgettext_lazy("transfer", "Delivered")
    ACCEPTED = "accepted", pgettext_lazy("transfer", "Accepted")
    REFUSED = "refused", pgettext_lazy("transfer", "Rejected")
    CLOSED = "closed", pgettext_lazy("transfer", "Done")
    FAILED = "failed", pgettext_lazy("transfer", "Not delivered")
    WITHDRAWN = "withdrawn", pgettext_lazy("transfer", "Cancelled")


class Standing(TextChoices):
    """Whether letters pass to and from a hotline."""

    OPEN = "open", pgettext_lazy("hotline", "Letters are exchanged")
    WAITING = "waiting", pgettext_lazy("hotline", "Waiting for a second person")
    BLOCKED = "blocked", pgettext_lazy("hotline", "Blocked")


class LetterKind(StrEnum):
    """What a letter says: content is transferred, taken, refused; or its outcome."""

    REPORT = "report"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    OUTCOME = "outcome"


class Outcome(TextChoices):
    """What the hotline that received content decided, and the outcome."""

    NONE = "", gettext_lazy("Nothing yet")
    ILLEGAL = "illegal", gettext_lazy("Illegal there, removal in progress")
    REMOVED = "removed", gettext_lazy("Removed")
    GONE = "gone", pgettext_lazy("transfer", "Already gone")
    NOT_ILLEGAL = "not-illegal", gettext_lazy("Not illegal there")
    OUT_OF_SCOPE = "out-of-scope", gettext_lazy("Out of their scope")
    UNVERIFIABLE = "unverifiable", gettext_lazy("Could not be verified")

    @property
    def is_final(self) -> bool:
        """Whether nothing more is to be expected; illegal is waiting for its removal."""
        return self not in {Outcome.NONE, Outcome.ILLEGAL}


class Reason(TextChoices):
    """Why a hotline refused a content."""

    NONE = "", gettext_lazy("None given")
    UNREADABLE = "unreadable", gettext_lazy("It could not be read")
    ELSEWHERE = "hosted-elsewhere", gettext_lazy("It is hosted in another country")
    NOT_OURS = "not-our-remit", gettext_lazy("Not for this hotline")
    OTHER = "other", gettext_lazy("Another reason")


class Fault(TextChoices):
    """Why a letter has not arrived."""

    NONE = "", gettext_lazy("No errors")
    UNREACHABLE = (
        "unreachable",
        gettext_lazy("Their server cannot be reached. We try again automatically."),
    )
    NOT_TAKEN = (
        "not-taken",
        gettext_lazy("Their server did not accept it. We try again automatically."),
    )
    MALFORMED = "refused-as-malformed", gettext_lazy("Their server could not read it.")
    NO_KEYS = (
        "no-approved-keys",
        gettext_lazy("None of their keys has been approved by two people."),
    )
    FORGOTTEN = "forgotten", gettext_lazy("Its text has been erased.")
    TOO_LATE = "tried-for-too-long", gettext_lazy("No answer for two weeks.")


class WrongState(Refused, code="transfer-wrong-state"):
    """The transfer is not where this step begins."""


# They may still do something with it.
OPEN = frozenset(
    {TransferState.QUEUED, TransferState.SENT, TransferState.RECEIVED, TransferState.ACCEPTED}
)
_ENDED = frozenset({TransferState.REFUSED, TransferState.CLOSED})
# A content is with a hotline once at a time; what failed can still be tried again.
NOT_OVER = OPEN | {TransferState.FAILED}
_ON_THE_WAY = frozenset({TransferState.QUEUED, TransferState.SENT, TransferState.RECEIVED})
_BEGINS_AT: dict[str, frozenset[TransferState]] = {
    "resend": frozenset({TransferState.FAILED}),
    "withdraw": frozenset({TransferState.QUEUED, TransferState.FAILED}),
    "refuse": frozenset({TransferState.ACCEPTED}),
}


def check_resend(direction: Direction, state: TransferState, *, has_given_up: bool) -> None:
    """Refuse to try again what did not fail; of what came to us, an answer that was given up."""
    if direction is Direction.OUT:
        check_step("resend", state)
    elif not has_given_up:
        raise WrongState(_("Every answer is delivered or being sent."))


def check_step(step: str, state: TransferState) -> None:
    """Refuse a step that does not begin at this state."""
    if state not in _BEGINS_AT[step]:
        raise WrongState(_("This transfer is now: %(state)s.") % {"state": state.label})


def state_after(
    state: TransferState, kind: LetterKind, outcome: Outcome, *, is_handed_again: bool = False
) -> TransferState:
    """Return the state of our transfer after an answer of theirs; a late one changes nothing.

    The caller has checked that the answer is newer than any received before. What ended stays so
    when the content `is_handed_again`, under a newer number: that one is the open one.
    """
    after = _after(state, kind, outcome)
    return state if is_handed_again and state in _ENDED and after in OPEN else after


def _after(state: TransferState, kind: LetterKind, outcome: Outcome) -> TransferState:
    match kind:
        case LetterKind.ACCEPTED:
            return (
                TransferState.ACCEPTED if state in _ON_THE_WAY | {TransferState.FAILED} else state
            )
        case LetterKind.REFUSED:
            return TransferState.REFUSED
        case LetterKind.OUTCOME:
            return TransferState.CLOSED if outcome.is_final else TransferState.ACCEPTED
        case LetterKind.REPORT:
            raise ValueError("a report is no answer")
