"""Where a notice stands, why it did not leave, and which step may follow."""

from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from balise.foundation.refusals import Refused
from balise.takedown.notices.rules.outcomes import Account, Ends, Impediment, Outcome

__all__ = [
    "ANSWERABLE",
    "CLOSED",
    "OPEN",
    "REACHED_THE_HOST",
    "STOPPED",
    "WAITING",
    "Account",
    "Failure",
    "Impediment",
    "NoticeState",
    "Outcome",
    "WrongState",
    "begins_at",
    "check_contestable",
    "check_not_being_sent",
    "check_step",
    "goes_on_as",
    "may_have_arrived",
    "state_after",
]


class NoticeState(TextChoices):
    """Where a notice stands. It is sent once the host's mail server took it, never before."""

    DRAFT = "draft", gettext_lazy("Draft")
    QUEUED = "queued", gettext_lazy("On its way")
    FAILED = "failed", gettext_lazy("Not sent")
    SENT = "sent", gettext_lazy("Sent")
    REMINDED = "reminded", gettext_lazy("Reminded")
    INFO_ASKED = "info_asked", gettext_lazy("The host asks for information")
    HINDERED = "hindered", gettext_lazy("The host states an impediment")
    ANSWERED = "answered", pgettext_lazy("notice", "Answered")
    REMOVED = "removed", gettext_lazy("Removed")
    REFUSED = "refused", gettext_lazy("Refused by the host")
    UNANSWERED = "unanswered", gettext_lazy("No answer")
    WITHDRAWN = "withdrawn", pgettext_lazy("notice", "Cancelled")
    RETRACTED = "retracted", gettext_lazy("Cancelled after objection")


class Failure(TextChoices):
    """Why a notice did not leave, or did not arrive."""

    REFUSED = "refused-by-server", gettext_lazy("The host’s mail server refused it.")
    UNREACHABLE = "server-unreachable", gettext_lazy("The mail server could not be reached.")
    IN_DOUBT = (
        "in-doubt",
        gettext_lazy(
            "The machine stopped during sending: it may have arrived. "
            "Check before you send it again."
        ),
    )
    CONTACT_CLOSED = "contact-closed", gettext_lazy("This contact point is no longer approved.")
    FORGOTTEN = "forgotten", gettext_lazy("Its text has been erased.")
    BOUNCED = "bounced", gettext_lazy("It bounced: nobody received it.")


class WrongState(Refused, code="notice-wrong-state"):
    """The notice is not where this step begins."""


# Its clock stands still.
STOPPED = frozenset({NoticeState.INFO_ASKED, NoticeState.HINDERED})
# A host can still act on it.
WAITING = STOPPED | {NoticeState.SENT, NoticeState.REMINDED, NoticeState.ANSWERED}
# What its host says of it can still be written down, late as it is or changed as its mind may be.
ANSWERABLE = WAITING | {NoticeState.REFUSED, NoticeState.UNANSWERED}
# It is on the way to a host, or there: a second one would say the same again.
OPEN = WAITING | {NoticeState.DRAFT, NoticeState.QUEUED, NoticeState.FAILED}
# A host was told, or will be without anyone doing more.
UNDER_WAY = WAITING | {NoticeState.QUEUED}
CLOSED = frozenset(
    {
        NoticeState.REMOVED,
        NoticeState.REFUSED,
        NoticeState.UNANSWERED,
        NoticeState.WITHDRAWN,
        NoticeState.RETRACTED,
    }
)
# Its host has it. One that was withdrawn or taken back may have reached it too.
REACHED_THE_HOST = WAITING | {NoticeState.REMOVED, NoticeState.REFUSED, NoticeState.UNANSWERED}

_CLIMBS = WAITING | {NoticeState.FAILED, NoticeState.REFUSED, NoticeState.UNANSWERED}
_BEGINS_AT: dict[str, frozenset[NoticeState]] = {
    "revise": frozenset({NoticeState.DRAFT, NoticeState.FAILED}),
    "send": frozenset({NoticeState.DRAFT, NoticeState.FAILED}),
    "send-by-hand": frozenset({NoticeState.DRAFT, NoticeState.FAILED}),
    "remind": WAITING - STOPPED,
    "acknowledge": WAITING,
    "ask-information": WAITING - {NoticeState.INFO_ASKED},
    "give-information": frozenset({NoticeState.INFO_ASKED}),
    "plead": WAITING - {NoticeState.HINDERED},
    "lift-impediment": frozenset({NoticeState.HINDERED}),
    "outcome": ANSWERABLE,
    "withdraw": OPEN,
    "bounce": WAITING,
    "climb": _CLIMBS,
    "wait": WAITING,
    "leave-at-that": _CLIMBS - WAITING,
}


def begins_at(step: str, state: NoticeState) -> bool:
    """Return whether a step begins at this state."""
    return state in _BEGINS_AT[step]


def check_step(step: str, state: NoticeState) -> None:
    """Refuse a step that does not begin at this state."""
    if not begins_at(step, state):
        raise WrongState(_("The notice is now: %(state)s.") % {"state": state.label})


def may_have_arrived(*, state: NoticeState, was_sent: bool, in_doubt: bool) -> bool:
    """Return whether a host has a notice, or may have it: it left and did not come back.

    What was given up later is still with the host. `in_doubt`: nobody knows whether its mail left.
    """
    return in_doubt or (was_sent and state is not NoticeState.FAILED)


def check_contestable(state: NoticeState, *, has_arrived: bool) -> None:
    """Refuse to contest what no host has, and what was taken back."""
    if state is NoticeState.RETRACTED or not has_arrived:
        raise WrongState(_("The notice is now: %(state)s.") % {"state": state.label})


def check_not_being_sent(*, is_handed_over: bool) -> None:
    """Refuse to take back what is at a mail server right now."""
    if is_handed_over:
        raise WrongState(_("The notice is being sent right now. Try again shortly."))


def state_after(outcome: Outcome) -> NoticeState:
    """Return the state that an outcome leaves a notice in."""
    return _LEADS_TO[outcome.ends]


def goes_on_as(*, outcome: Outcome | None, reminder_count: int) -> NoticeState:
    """Return the state of a notice whose clock goes on after it stood still."""
    if outcome is not None:
        return NoticeState.ANSWERED
    return NoticeState.REMINDED if reminder_count else NoticeState.SENT


_LEADS_TO = {
    Ends.OBEYED: NoticeState.REMOVED,
    Ends.PARTLY: NoticeState.ANSWERED,
    Ends.REFUSED: NoticeState.REFUSED,
    Ends.UNANSWERED: NoticeState.UNANSWERED,
}
