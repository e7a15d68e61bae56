"""What is forgotten of dossiers, and when. Defaults for the data protection officer to confirm."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from balise.foundation.actors import SYSTEM
from balise.foundation.retention.rules import Rule
from balise.takedown.onward.dossiers.actions import drafting
from balise.takedown.onward.dossiers.models import Dossier, Hold
from balise.takedown.onward.dossiers.rules.states import State

_ENDED = timedelta(days=365)
# An authority may ask for the dossier as long as it has not given its outcome.
_UNANSWERED = timedelta(days=3 * 365)
_LEFT = timedelta(days=90)
_AT_ONCE = 1_000


def dossiers_due(at: datetime) -> Iterable[UUID]:
    """Return the dossiers whose words are no longer needed: ended, left, or never answered."""
    ended = Q(ended_at__lte=at - _ENDED)
    left = Q(state=State.DRAFT, drafted_at__lte=at - _LEFT)
    unanswered = Q(drafted_at__lte=at - _UNANSWERED)
    return (
        Dossier.objects.filter(ended | left | unanswered)
        .exclude(sealed=b"")
        .order_by("drafted_at")
        .values_list("id", flat=True)[:_AT_ONCE]
    )


def erase_dossiers(dossier_ids: Sequence[UUID]) -> int:
    """Destroy what dossiers said; what was never sent is cancelled with it."""
    return drafting.forget_dossiers(dossier_ids=dossier_ids, by=SYSTEM)


def holds_due(at: datetime) -> Iterable[UUID]:
    """Return the holds that were lifted a year ago."""
    lifted = Hold.objects.filter(lifted_at__lte=at - _ENDED)
    return lifted.order_by("lifted_at").values_list("id", flat=True)[:_AT_ONCE]


def erase_holds(hold_ids: Sequence[UUID]) -> int:
    """Delete holds; the journal keeps that they were."""
    erased, _of_each = Hold.objects.filter(id__in=hold_ids).delete()
    return erased


RULES = (
    Rule(
        name="takedown.dossiers",
        forgets=Dossier,
        line="takedown",
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
        line="takedown",
        says=_("The fact that the police asked to go first: one year after it ended"),
        due=holds_due,
        erase=erase_holds,
    ),
)
