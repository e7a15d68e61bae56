"""The state of a dossier, its channel, what the authority answered, which step follows."""

from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from balise.foundation.refusals import Refused

LONGEST_HOLD = timedelta(days=90)  # the centre's custom: it is asked again, never forgotten


class DossierState(TextChoices):
    """The state of a dossier. Once approved it has its number permanently, cancelled or not."""

    DRAFT = "draft", pgettext_lazy("dossier", "Draft")
    APPROVED = "approved", pgettext_lazy("dossier", "Approved")
    QUEUED = "queued", pgettext_lazy("dossier", "Being sent")
    HANDED_OVER = "handed-over", pgettext_lazy("dossier", "Sent")
    ACKNOWLEDGED = "acknowledged", pgettext_lazy("dossier", "Acknowledged")
    ANSWERED = "answered", pgettext_lazy("dossier", "Answered")
    REFUSED = "refused", pgettext_lazy("dossier", "Refused by the authority")
    WITHDRAWN = "withdrawn", pgettext_lazy("dossier", "Cancelled")


class Channel(TextChoices):
    """How a dossier reaches an authority."""

    PORTAL = "portal", gettext_lazy("By hand, on the authority’s portal")
    MAIL = "mail", gettext_lazy("By e-mail, encrypted with the authority’s key")
    API = "api", gettext_lazy("By an interface between machines")


class Answer(TextChoices):
    """The outcome that an authority gives of a dossier."""

    INVESTIGATION = "investigation", gettext_lazy("An investigation is open")
    PASSED_ON = "passed-on", gettext_lazy("It was passed on to another authority")
    KNOWN = "known", gettext_lazy("Already known")
    MORE_NEEDED = "more-needed", gettext_lazy("More information is requested")
    CLOSED = "closed", gettext_lazy("Closed without further action")


class Refusal(TextChoices):
    """Why an authority does not take a dossier."""

    NOT_COMPETENT = "not-competent", gettext_lazy("It is another authority’s business")
    NO_OFFENCE = "no-offence", gettext_lazy("No offence is seen in it")
    INCOMPLETE = "incomplete", gettext_lazy("It does not say enough")
    OTHER = "other", gettext_lazy("Another reason")


class Failure(TextChoices):
    """Why a dossier's mail did not leave."""

    REFUSED = "refused-by-server", gettext_lazy("The authority’s mail server refused it.")
    UNREACHABLE = "server-unreachable", gettext_lazy("The mail server could not be reached.")
    IN_DOUBT = (
        "in-doubt",
        gettext_lazy(
            "The machine stopped during sending: it may have arrived. Ask before you send it again."
        ),
    )


class WrongState(Refused, code="dossier-wrong-state"):
    """The dossier is not where this step begins."""


class SameHands(Refused, code="same-hands"):
    """A dossier needs two people: this would be one."""


class NotAlone(Refused, code="not-alone"):
    """Only a dossier of danger, before a verdict, leaves by one person."""


class NotPacked(Refused, code="dossier-not-packed"):
    """The dossier is not packed yet: there is nothing to send."""


class ChannelClosed(Refused, code="channel-closed"):
    """The authority takes no dossiers on this way."""


class HoldRefused(Refused, code="hold-refused"):
    """A hold ends on a day to come, within three months."""


READ_WITHIN = timedelta(hours=1)  # a second person reads what one person sent alone

WAITING = frozenset({DossierState.HANDED_OVER, DossierState.ACKNOWLEDGED})
NUMBERED = frozenset(DossierState) - {DossierState.DRAFT, DossierState.WITHDRAWN}
REACHED_THE_AUTHORITY = WAITING | {DossierState.ANSWERED, DossierState.REFUSED}
# In these states, a second one about the same content would repeat the first.
OPEN = frozenset({DossierState.DRAFT, DossierState.APPROVED, DossierState.QUEUED}) | WAITING
# It was not sent: it can still be cancelled.
IN_THE_HOUSE = frozenset({DossierState.DRAFT, DossierState.APPROVED})
ENDED = frozenset({DossierState.ANSWERED, DossierState.REFUSED, DossierState.WITHDRAWN})

_BEGINS_AT: dict[str, frozenset[DossierState]] = {
    "revise": frozenset({DossierState.DRAFT}),
    "approve": frozenset({DossierState.DRAFT}),
    "withdraw": IN_THE_HOUSE,
    "pack": frozenset({DossierState.APPROVED}),
    "hand-over": frozenset({DossierState.APPROVED}),
    "acknowledge": frozenset({DossierState.HANDED_OVER}),
    "answer": WAITING,
    "refuse": WAITING,
}


def check_step(step: str, state: DossierState) -> None:
    """Refuse a step that does not begin at this state."""
    if state not in _BEGINS_AT[step]:
        raise WrongState(_("The dossier is now: %(state)s.") % {"state": state.label})


def check_other_hands(*, drafted_by: str, approved_by: str) -> None:
    """Refuse approval by the person who wrote what a dossier says."""
    if drafted_by and drafted_by == approved_by:
        raise SameHands(_("Someone else must approve your text."))


def check_alone(*, before_verdict: bool, urgent: bool) -> None:
    """Refuse that one person approves their own words where nobody is in danger."""
    if not (before_verdict and urgent):
        raise NotAlone(
            _("Someone else must approve your text: only danger before a verdict goes alone.")
        )


def check_second_reader(*, is_alone: bool, is_read: bool, approved_by: str, read_by: str) -> None:
    """Refuse a second reading of what two people approved, of what is read, and by the first."""
    if not is_alone or is_read:
        raise WrongState(_("No second reading is asked of this dossier."))
    if approved_by == read_by:
        raise SameHands(_("Someone else must read what you sent alone."))


def check_hold(until: date, *, today: date) -> None:
    """Refuse a hold that ends today or before, or in more than three months."""
    if not today < until <= today + LONGEST_HOLD:
        raise HoldRefused(_("Choose a date within the next three months."))
