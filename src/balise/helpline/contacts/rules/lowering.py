"""A record says the highest risk of its contact; lower only with a reason."""

from django.utils.translation import gettext as _

from balise.foundation.refusals import Refused
from balise.helpline.queue.rules import Risk, worse

LONGEST_REASON = 1_000  # characters of one's own words


class ReasonNeeded(Refused, code="reason-needed"):
    """The record would have a lower risk than was given, without a reason."""


def is_lower(risk: Risk, *, than: Risk) -> bool:
    """Return whether a risk is lower than another; F, not judged, is lower than all others."""
    return risk is not than and worse(risk, than) is than


def check_reason(risk: Risk, *, worst: Risk, reason: str) -> str:
    """Return the reason why a record is lower than the worst of its contact, "" where it is not.

    Refuses (ReasonNeeded) one that is lower without a reason.
    """
    if not is_lower(risk, than=worst):
        return ""
    if not reason:
        raise ReasonNeeded(needed(worst))
    return reason


def needed(worst: Risk) -> str:
    """Return the message for a listener who lowers a risk without a reason."""
    return _(
        "This contact was at risk %(risk)s. Give the reason for a lower risk in the record."
    ) % {"risk": worst}
