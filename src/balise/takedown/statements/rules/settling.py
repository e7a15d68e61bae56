"""Whether a statement answers a notice: what a person may still decide."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from balise.foundation.refusals import Refused


class MatchState(StrEnum):
    """Whether a person agreed."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"

    @property
    def label(self) -> str:
        return str(_STATES[self])


class AlreadySettled(Refused):
    """Someone decided before."""

    code = "match-already-settled"


class AnswersAnother(Refused):
    """The statement answers another notice: a decision has one."""

    code = "statement-answers-another"


def check_is_open(state: MatchState) -> None:
    """Refuse to decide twice."""
    if state is not MatchState.PROPOSED:
        raise AlreadySettled(_("Already decided: %(state)s.") % {"state": state.label})


_STATES: dict[MatchState, Promise] = {
    MatchState.PROPOSED: gettext_lazy("Proposed"),
    MatchState.CONFIRMED: gettext_lazy("It answers the notice"),
    MatchState.REJECTED: gettext_lazy("It does not answer the notice"),
}
