"""What an analyst may decide, when a second pair of eyes is asked, and how long it took."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from balise.foundation.refusals import Refused
from balise.hotline.reports.rules.words import Confidence, State, Verdict

LONGEST_RATIONALE = 5_000
CLAIM_LASTS = timedelta(minutes=30)

BANDS = (
    ("1h", timedelta(hours=1)),
    ("4h", timedelta(hours=4)),
    ("24h", timedelta(hours=24)),
    ("3d", timedelta(days=3)),
    ("7d", timedelta(days=7)),
)
LONGEST_BAND = "more"
NO_TIME = timedelta()

CLAIMED_BY_ANOTHER = _("Another analyst is working on this content.")


class AlreadyAssessed(Refused):
    code = "already-assessed"


class ClaimedByAnother(Refused):
    code = "claimed-by-another"


class OffenceMissing(Refused):
    code = "offence-missing"


class SameEyes(Refused):
    code = "same-eyes"


def check_can_assess(state: State, *, first_by: str, by: str) -> None:
    """Refuse a verdict on what is decided, and a second look by the eyes of the first."""
    if state not in {State.WAITING, State.SECOND_LOOK}:
        raise AlreadyAssessed(str(_("This content has its verdict already.")))
    if state is State.SECOND_LOOK and first_by == by:
        raise SameEyes(str(_("A second look is for someone other than the first analyst.")))


def is_held_by_another(
    claimed_by: str, claimed_at: datetime | None, *, by: str, at: datetime
) -> bool:
    """Return whether someone else's claim on a content still lasts at a moment."""
    if not claimed_by or claimed_by == by:
        return False
    return claimed_at is not None and claimed_at >= at - CLAIM_LASTS


def check_offence_named(verdict: Verdict, offence: str) -> None:
    """Refuse to call illegal what breaks no named law (DSA art. 16(2)(a) asks for the reason)."""
    if verdict is Verdict.ILLEGAL and not offence:
        raise OffenceMissing(str(_("An illegal content needs the offence that it constitutes.")))


def asks_second_look(verdict: Verdict, *, offence_asks: bool, confidence: Confidence) -> bool:
    """Return whether a second analyst must agree: the offence asks it, or the first one doubts."""
    if verdict is not Verdict.ILLEGAL:
        return False
    return offence_asks or confidence is Confidence.DOUBTFUL


def state_after(verdict: Verdict) -> State:
    """Return where a content goes once its verdict is final."""
    return State.REMOVING if verdict is Verdict.ILLEGAL else State.CLOSED


def band(took: timedelta) -> str:
    """Return the code of the duration band that a span of time falls in, from BANDS or "more"."""
    return next((code for code, most in BANDS if took <= most), LONGEST_BAND)
