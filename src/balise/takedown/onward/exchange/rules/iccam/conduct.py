"""The state of an export, what may be done about it, and when: ICCAM's own rules, as observed."""

from datetime import datetime, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from balise.foundation.refusals import Refused
from balise.takedown.onward.exchange.rules.classified import Classification, Classified
from balise.takedown.onward.exchange.rules.iccam.bodies import Held, Receipt

# A new report must settle before actions and moves are sent. How long is not said: ours, to verify.
SETTLES_IN = timedelta(minutes=15)
LARGEST_NUMBER = 2**63 - 1


class CaseState(TextChoices):
    """The state of one of ICCAM's contents here."""

    QUEUED = "queued", pgettext_lazy("iccam", "Waiting for export")
    IN_DOUBT = "in-doubt", pgettext_lazy("iccam", "In doubt: someone must check ICCAM")
    EXPORTED = "exported", pgettext_lazy("iccam", "Exported")
    REFUSED = "refused", pgettext_lazy("iccam", "Refused by ICCAM")
    TAKEN_IN = "taken-in", pgettext_lazy("iccam", "Assigned to us, in the queue")
    WITHDRAWN = "withdrawn", pgettext_lazy("iccam", "Cancelled")


class StepKind(TextChoices):
    """What is done about a content in ICCAM."""

    ASSESS = "assess", gettext_lazy("Assessment")
    ACT = "act", pgettext_lazy("iccam", "Action")
    MOVE = "move", gettext_lazy("Another country hosts it")
    REFER = "refer", gettext_lazy("Our reference")


class StepState(TextChoices):
    """The state of a step."""

    WAITING = "waiting", pgettext_lazy("step", "Waiting")
    DONE = "done", pgettext_lazy("step", "Done")
    NEEDLESS = "needless", pgettext_lazy("step", "Not needed")
    REFUSED = "refused", pgettext_lazy("step", "Refused")


class NotInDoubt(Refused, code="iccam-not-in-doubt"):
    """The export is not in doubt: there is nothing to decide."""


class NumbersRefused(Refused, code="iccam-numbers-refused"):
    """No content in ICCAM has these numbers, or another of ours has."""


class IccamOff(Refused, code="iccam-off"):
    """ICCAM is not configured."""


def check_in_doubt(state: CaseState) -> None:
    """Refuse to settle what is not in doubt."""
    if state is not CaseState.IN_DOUBT:
        raise NotInDoubt(_("This export is now: %(state)s.") % {"state": state.label})


def check_numbers(found: Receipt) -> None:
    """Refuse numbers that ICCAM cannot have given: they begin at 1 and fit in 64 bits."""
    if not all(1 <= number <= LARGEST_NUMBER for number in (found.report, found.content)):
        raise NumbersRefused(_("These are not ICCAM numbers."))


def settled_at(exported_at: datetime) -> datetime:
    """Return when actions and moves may be sent for what was exported at a moment."""
    return exported_at + SETTLES_IN


def may_assess(held: Held, ours: Classified, *, home: str) -> bool:
    """Return whether our assessment of a content may be sent to ICCAM.

    Nothing once there are actions; nothing where another country is assigned; baseline is never
    classified again, national only may be overruled.
    """
    if held.actions or held.assigned_country.upper() != home.upper():
        return False
    theirs = held.classified
    if theirs is None:
        return True
    return theirs.classification is Classification.NATIONAL and theirs != ours
