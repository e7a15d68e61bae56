"""A referral sent: the handshake, the consent, and how long a link opens it."""

from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from balise.foundation.refusals import Refused, Shut
from balise.foundation.web.timeline import Mark, Step, timeline
from balise.helpline.cases.rules.receivers import Ground

LONGEST_WORDS = 5_000
LONGEST_ANSWER = 2_000
LONGEST_NAME = 200
LINK_LASTS = timedelta(days=14)
MOST_OPENINGS = 5
MOST_REMINDERS = 3


class SentState(TextChoices):
    """The state of a referral sent."""

    SENT = "sent", pgettext_lazy("handshake", "Sent")
    ACCEPTED = "accepted", pgettext_lazy("handshake", "Accepted")
    DONE = "done", pgettext_lazy("handshake", "Done")
    REFUSED = "refused", pgettext_lazy("handshake", "Refused")
    EXPIRED = "expired", pgettext_lazy("handshake", "No answer in time")
    WITHDRAWN = "withdrawn", pgettext_lazy("handshake", "Cancelled")


class ConsentOf(TextChoices):
    """Who agreed."""

    YOUNG_PERSON = "young-person", gettext_lazy("The young person")
    PARENT = "parent", gettext_lazy("A parent or legal representative")
    BOTH = "both", pgettext_lazy("consent", "Both")
    ADULT = "adult", pgettext_lazy("consent", "The adult concerned")


class ConsentHow(TextChoices):
    """How they agreed."""

    ALOUD = "aloud", gettext_lazy("Orally, by phone")
    CHAT = "chat", gettext_lazy("In the conversation")
    WRITTEN = "written", gettext_lazy("In writing")


class Refusal(TextChoices):
    """Why a receiver refuses."""

    NOT_OURS = "not-ours", gettext_lazy("This is not our responsibility")
    NO_ROOM = "no-room", gettext_lazy("We have no capacity now")
    TOO_LITTLE = "too-little", gettext_lazy("We do not have enough information to act")
    KNOWN = "known", gettext_lazy("We are already dealing with it")
    OTHER = "other", gettext_lazy("For another reason")


OPEN = frozenset({SentState.SENT, SentState.ACCEPTED})
_STEPS = {
    SentState.SENT: {
        SentState.ACCEPTED,
        SentState.REFUSED,
        SentState.EXPIRED,
        SentState.WITHDRAWN,
    },
    SentState.ACCEPTED: {SentState.DONE, SentState.REFUSED, SentState.WITHDRAWN},
    SentState.EXPIRED: {SentState.SENT, SentState.ACCEPTED, SentState.REFUSED},
}


class ConsentNeeded(Refused, code="consent-needed"):
    pass


class NothingTold(Refused, code="nothing-told"):
    pass


class StepOver(Refused, code="handshake-step-over"):
    """The handshake is past this step."""


class LinkOver(Shut, code="partner-link-over"):
    """The link was never one, is too old, or was opened too often."""


def check_consent(
    ground: Ground, *, consent_of: str, how: str, on: date | None, today: date
) -> None:
    """Refuse to tell on consent without who gave it, how and when; and no consent of tomorrow."""
    if not ground.needs_consent:
        return
    if not (consent_of and how and on):
        raise ConsentNeeded(_("Enter who agreed, how, and on which day."))
    if on > today:
        raise ConsentNeeded(_("The agreement comes before the referral, not after."))


def check_sent_step(state: str, to: SentState) -> None:
    """Refuse a step that the handshake does not take."""
    if to not in _STEPS.get(SentState(state), frozenset()):
        raise StepOver(_("This referral is already past that step."))


def link_over() -> LinkOver:
    """Return the one refusal for every link that opens nothing."""
    return LinkOver(_("This link no longer works. Ask the sender for a new one."))


# The way of a referral sent, in steps for the young person who agreed to it. Pure.


ACCEPTED: Final = "helpline.sent.accepted"

_TOLD: Final = pgettext_lazy("youth", "We told them, as you agreed")
_ANSWER: Final = Step(
    label=pgettext_lazy("youth", "They say that they take care of it"), measure=ACCEPTED
)
_HELPED: Final = Step(label=pgettext_lazy("youth", "They have done their part"))


def way_of(
    state: SentState,
    *,
    sent_at: datetime,
    answered_at: datetime | None,
    ended_at: datetime | None,
) -> tuple[Step, ...]:
    """Return the steps of a referral: behind, now and to come."""
    told = Step(label=_TOLD, at=sent_at)
    if state is SentState.SENT:
        return timeline((), told, (_ANSWER, _HELPED))
    if state is SentState.ACCEPTED:
        return timeline((told,), Step(label=_ANSWER.label, at=answered_at), (_HELPED,))
    if state is SentState.DONE:
        answered = Step(label=_ANSWER.label, at=answered_at)
        return timeline((told, answered, Step(label=_HELPED.label, at=ended_at)))
    return timeline((told, _ended(state, ended_at or answered_at)))


def _ended(state: SentState, at: datetime | None) -> Step:
    """Return what is said of a referral that led to nothing, and what can be done."""
    says = pgettext_lazy("youth", "Talk to us: we look for someone else with you.")
    labels = {
        SentState.REFUSED: pgettext_lazy("youth", "They cannot help with this"),
        SentState.EXPIRED: pgettext_lazy("youth", "They have not answered"),
    }
    stopped = pgettext_lazy("youth", "We have stopped this request.")
    return Step(label=labels.get(state, stopped), says=says, at=at, mark=Mark.STOPPED)
