"""What is deleted of dossiers, and when. Defaults for the data protection officer to confirm."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from balise.foundation.actors import SYSTEM
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, past
from balise.takedown.onward.dossiers.actions import drafting
from balise.takedown.onward.dossiers.models import Dossier, Hold
from balise.takedown.onward.dossiers.rules.states import DossierState

_ENDED = timedelta(days=365)
# An authority may ask for the dossier as long as it has not given its outcome.
_UNANSWERED = timedelta(days=3 * 365)
_LEFT = timedelta(days=90)


def dossiers_due(at: datetime) -> QuerySet[Dossier]:
    """Return the dossiers whose words are no longer needed: ended, left, or never answered."""
    ended = Q(ended_at__lte=at - _ENDED)
    left = Q(state=DossierState.DRAFT, drafted_at__lte=at - _LEFT)
    unanswered = Q(drafted_at__lte=at - _UNANSWERED)
    return Dossier.objects.filter(ended | left | unanswered).exclude(sealed=b"")


def erase_dossiers(dossier_ids: Sequence[UUID]) -> int:
    """Empty dossiers; what was never sent is cancelled with it."""
    return drafting.forget_dossiers(dossier_ids=dossier_ids, by=SYSTEM)


RULES = (
    Rule(
        name="takedown.dossiers",
        forgets=Dossier,
        says=_(
            "The text of a police dossier: one year after it ended, three years after it was "
            "written if it never did, three months after an abandoned draft"
        ),
        due=dossiers_due,
        erase=erase_dossiers,
    ),
    Rule(
        name="takedown.holds",
        forgets=Hold,
        says=_("The fact that the police asked to go first: one year after it ended"),
        due=past(Hold, "lifted_at", _ENDED),
        erase=deleted(Hold),
    ),
)
