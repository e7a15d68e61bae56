"""The state of a dossier, its channel, what the authority answered, which step follows."""

from datetime import date, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from balise.foundation.refusals import Refused

LONGEST_HOLD = timedelta(days=90)  # the centre's custom: it is asked again, never forgotten

BANDS = (
    ("1h", timedelta(hours=1)),
    ("4h", timedelta(hours=4)),
    ("24h", timedelta(hours=24)),
    ("3d", timedelta(days=3)),
    ("7d", timedelta(days=7)),
)
LONGEST_BAND = "more"


class State(StrEnum):
    """The state of a dossier. Once approved it has its number permanently, cancelled or not."""

    DRAFT = "draft"
    APPROVED = "approved"
    QUEUED = "queued"
    HANDED_OVER = "handed-over"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return str(_STATES[self])


class Channel(StrEnum):
    """How a dossier reaches an authority."""

    PORTAL = "portal"
    MAIL = "mail"
    API = "api"

    @property
    def label(self) -> str:
        return str(_CHANNELS[self])


class Answer(StrEnum):
    """The outcome that an authority gives of a dossier."""

    INVESTIGATION = "investigation"
    PASSED_ON = "passed-on"
    KNOWN = "known"
    MORE_NEEDED = "more-needed"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return str(_ANSWERS[self])


class Refusal(StrEnum):
    """Why an authority does not take a dossier."""

    NOT_COMPETENT = "not-competent"
    NO_OFFENCE = "no-offence"
    INCOMPLETE = "incomplete"
    OTHER = "other"

    @property
    def label(self) -> str:
        return str(_REFUSALS[self])


class Failure(StrEnum):
    """Why a dossier's mail did not leave."""

    REFUSED = "refused-by-server"
    UNREACHABLE = "server-unreachable"
    IN_DOUBT = "in-doubt"

    @property
    def label(self) -> str:
        return str(_FAILURES[self])


class WrongState(Refused):
    """The dossier is not where this step begins."""

    code = "dossier-wrong-state"


class SameHands(Refused):
    """A dossier needs two people: this would be one."""

    code = "same-hands"


class NotPacked(Refused):
    """The dossier is not packed yet: there is nothing to send."""

    code = "dossier-not-packed"


class ChannelClosed(Refused):
    """The authority takes no dossiers on this way."""

    code = "channel-closed"


class HoldRefused(Refused):
    """A hold ends on a day to come, within three months."""

    code = "hold-refused"


WAITING = frozenset({State.HANDED_OVER, State.ACKNOWLEDGED})
NUMBERED = frozenset(State) - {State.DRAFT, State.WITHDRAWN}
REACHED_THE_AUTHORITY = WAITING | {State.ANSWERED, State.REFUSED}
# In these states, a second one about the same content would repeat the first.
OPEN = frozenset({State.DRAFT, State.APPROVED, State.QUEUED}) | WAITING
# It was not sent: it can still be cancelled.
IN_THE_HOUSE = frozenset({State.DRAFT, State.APPROVED})
ENDED = frozenset({State.ANSWERED, State.REFUSED, State.WITHDRAWN})

_BEGINS_AT: dict[str, frozenset[State]] = {
    "revise": frozenset({State.DRAFT}),
    "approve": frozenset({State.DRAFT}),
    "withdraw": IN_THE_HOUSE,
    "pack": frozenset({State.APPROVED}),
    "hand-over": frozenset({State.APPROVED}),
    "acknowledge": frozenset({State.HANDED_OVER}),
    "answer": WAITING,
    "refuse": WAITING,
}


def check_step(step: str, state: State) -> None:
    """Refuse a step that does not begin at this state."""
    if state not in _BEGINS_AT[step]:
        raise WrongState(_("The dossier is now: %(state)s.") % {"state": state.label})


def check_other_hands(*, drafted_by: str, approved_by: str) -> None:
    """Refuse approval by the person who wrote what a dossier says."""
    if drafted_by and drafted_by == approved_by:
        raise SameHands(_("Someone else must approve your text."))


def check_hold(until: date, *, today: date) -> None:
    """Refuse a hold that ends today or before, or in more than three months."""
    if not today < until <= today + LONGEST_HOLD:
        raise HoldRefused(_("Choose a date within the next three months."))


def band(took: timedelta) -> str:
    """Return the code of the duration band that a span of time falls in, from BANDS or "more"."""
    return next((code for code, most in BANDS if took <= most), LONGEST_BAND)


_STATES: dict[State, Promise] = {
    State.DRAFT: pgettext_lazy("dossier", "Draft"),
    State.APPROVED: pgettext_lazy("dossier", "Approved"),
    State.QUEUED: pgettext_lazy("dossier", "Being sent"),
    State.HANDED_OVER: pgettext_lazy("dossier", "Sent"),
    State.ACKNOWLEDGED: pgettext_lazy("dossier", "Acknowledged"),
    State.ANSWERED: pgettext_lazy("dossier", "Answered"),
    State.REFUSED: pgettext_lazy("dossier", "Refused by the authority"),
    State.WITHDRAWN: pgettext_lazy("dossier", "Cancelled"),
}
_CHANNELS: dict[Channel, Promise] = {
    Channel.PORTAL: gettext_lazy("By hand, on the authority’s portal"),
    Channel.MAIL: gettext_lazy("By e-mail, encrypted with the authority’s key"),
    Channel.API: gettext_lazy("By an interface between machines"),
}
_ANSWERS: dict[Answer, Promise] = {
    Answer.INVESTIGATION: gettext_lazy("An investigation is open"),
    Answer.PASSED_ON: gettext_lazy("It was passed on to another authority"),
    Answer.KNOWN: gettext_lazy("Already known"),
    Answer.MORE_NEEDED: gettext_lazy("More information is requested"),
    Answer.CLOSED: gettext_lazy("Closed without further action"),
}
_REFUSALS: dict[Refusal, Promise] = {
    Refusal.NOT_COMPETENT: gettext_lazy("It is another authority’s business"),
    Refusal.NO_OFFENCE: gettext_lazy("No offence is seen in it"),
    Refusal.INCOMPLETE: gettext_lazy("It does not say enough"),
    Refusal.OTHER: gettext_lazy("Another reason"),
}
_FAILURES: dict[Failure, Promise] = {
    Failure.REFUSED: gettext_lazy("The authority’s mail server refused it."),
    Failure.UNREACHABLE: gettext_lazy("The mail server could not be reached."),
    Failure.IN_DOUBT: gettext_lazy(
        "The machine stopped during sending: it may have arrived. Ask before you send it again."
    ),
}
