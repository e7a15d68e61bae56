"""The words of a referral, and who may do what with one, when."""

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.refusals import Refused

LONGEST_CONTACT = 200
LONGEST_WORDS = 5_000
LONGEST_NOTE = 5_000

# How long someone waited for a listener, as figures tell it.
WAITS = (
    ("1h", timedelta(hours=1)),
    ("4h", timedelta(hours=4)),
    ("24h", timedelta(hours=24)),
    ("3d", timedelta(days=3)),
    ("7d", timedelta(days=7)),
)
LONGEST_WAIT = "more"
NO_TIME = timedelta()


class AgeBand(TextChoices):
    """How old the person said to be; nothing where they did not say.

    Those that cross 15, or ask for 16, are of before: they are shown as they came.
    """

    UNDER_13 = "under-13", _("Under 13")
    FROM_13 = "13-14", _("13 or 14")
    FROM_15 = "15-17", _("15 to 17")
    ADULT = "adult", _("18 or over")
    ACROSS_15 = "13-15", _("13 to 15 (earlier band)")
    FROM_16 = "16-17", _("16 or 17")


CHILDREN = frozenset(AgeBand) - {AgeBand.ADULT}


class ReferralState(TextChoices):
    """The state of a referral."""

    WAITING = "waiting", pgettext_lazy("referral", "Waiting")
    TAKEN = "taken", pgettext_lazy("referral", "Taken")
    CLOSED = "closed", pgettext_lazy("referral", "Closed")


class Outcome(TextChoices):
    """How a referral ended."""

    HELPED = "helped", _("Listened to and helped")
    PASSED_ON = "passed-on", _("Referred to another service")
    DECLINED = "declined", _("No longer wanted help")
    UNREACHABLE = "unreachable", _("Could not be reached")
    NOT_OURS = "not-ours", _("Not a matter for the helpline")


class AlreadyTaken(Refused, code="already-taken"):
    pass


class NotYours(Refused, code="not-yours"):
    pass


class NotTaken(Refused, code="not-taken"):
    pass


def age_band(code: str) -> str:
    """Return the age band with this code; "" for one we do not know: nobody is turned away."""
    return AgeBand(code).value if code in AgeBand else ""


def is_child(band: str) -> bool:
    """Return whether someone of this band is under 18; not when they did not say."""
    return band in CHILDREN


def wait_band(waited: timedelta) -> str:
    """Return the code of the band that a wait falls in, from WAITS or "more"."""
    return next((code for code, most in WAITS if waited <= most), LONGEST_WAIT)


def check_can_take(state: str, *, taken_by: str, by: str) -> None:
    """Refuse a referral that another listener has, or that is closed."""
    if state == ReferralState.CLOSED or (state == ReferralState.TAKEN and taken_by != by):
        raise AlreadyTaken(str(_("Another listener has taken this referral.")))


def check_is_yours(state: str, *, taken_by: str, by: str) -> None:
    """Refuse someone who has not taken a referral to open or close it."""
    if state == ReferralState.WAITING:
        raise NotTaken(str(_("Take this referral first.")))
    if taken_by != by:
        raise NotYours(str(_("Another listener has taken this referral.")))


def check_is_open(state: str) -> None:
    """Refuse a change to what is closed."""
    if state == ReferralState.CLOSED:
        raise NotTaken(str(_("This referral is closed.")))
