"""The state of an export, what may be done about it, and when: ICCAM's own rules, as observed."""

from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from balise.foundation.refusals import Refused
from balise.takedown.onward.exchange.rules.classified import Classification, Classified
from balise.takedown.onward.exchange.rules.iccam.bodies import Held, Receipt

# A new report must settle before actions and moves are sent. How long is not said: ours, to verify.
SETTLES_IN = timedelta(minutes=15)
LARGEST_NUMBER = 2**63 - 1


class CaseState(StrEnum):
    """The state of one of ICCAM's contents here."""

    QUEUED = "queued"
    IN_DOUBT = "in-doubt"
    EXPORTED = "exported"
    REFUSED = "refused"
    TAKEN_IN = "taken-in"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return str(_CASES[self])


class StepKind(StrEnum):
    """What is done about a content in ICCAM."""

    ASSESS = "assess"
    ACT = "act"
    MOVE = "move"
    REFER = "refer"

    @property
    def label(self) -> str:
        return str(_STEPS[self])


class StepState(StrEnum):
    """The state of a step."""

    WAITING = "waiting"
    DONE = "done"
    NEEDLESS = "needless"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        return str(_STEP_STATES[self])


class NotInDoubt(Refused):
    """The export is not in doubt: there is nothing to decide."""

    code = "iccam-not-in-doubt"


class NumbersRefused(Refused):
    """No content in ICCAM has these numbers, or another of ours has."""

    code = "iccam-numbers-refused"


class IccamOff(Refused):
    """ICCAM is not configured."""

    code = "iccam-off"


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


_CASES: dict[CaseState, Promise] = {
    CaseState.QUEUED: pgettext_lazy("iccam", "Waiting for export"),
    CaseState.IN_DOUBT: pgettext_lazy("iccam", "In doubt: someone must check ICCAM"),
    CaseState.EXPORTED: pgettext_lazy("iccam", "Exported"),
    CaseState.REFUSED: pgettext_lazy("iccam", "Refused by ICCAM"),
    CaseState.TAKEN_IN: pgettext_lazy("iccam", "Assigned to us, in the queue"),
    CaseState.WITHDRAWN: pgettext_lazy("iccam", "Cancelled"),
}
_STEPS: dict[StepKind, Promise] = {
    StepKind.ASSESS: gettext_lazy("Assessment"),
    StepKind.ACT: pgettext_lazy("iccam", "Action"),
    StepKind.MOVE: gettext_lazy("Another country hosts it"),
    StepKind.REFER: gettext_lazy("Our reference"),
}
_STEP_STATES: dict[StepState, Promise] = {
    StepState.WAITING: pgettext_lazy("step", "Waiting"),
    StepState.DONE: pgettext_lazy("step", "Done"),
    StepState.NEEDLESS: pgettext_lazy("step", "Not needed"),
    StepState.REFUSED: pgettext_lazy("step", "Refused"),
}
