"""Whether a statement answers a notice: what a person may still decide."""

from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy

from balise.foundation.refusals import Refused


class MatchState(TextChoices):
    """Whether a person agreed."""

    PROPOSED = "proposed", gettext_lazy("Proposed")
    CONFIRMED = "confirmed", gettext_lazy("It answers the notice")
    REJECTED = "rejected", gettext_lazy("It does not answer the notice")


class AlreadySettled(Refused, code="match-already-settled"):
    """Someone decided before."""


class AnswersAnother(Refused, code="statement-answers-another"):
    """The statement answers another notice: a decision has one."""


def check_is_open(state: MatchState) -> None:
    """Refuse to decide twice."""
    if state is not MatchState.PROPOSED:
        raise AlreadySettled(_("Already decided: %(state)s.") % {"state": state.label})
