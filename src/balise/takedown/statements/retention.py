"""Retention of statements. They are public; what is no longer needed is deleted."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from balise.foundation.retention.rules import Rule
from balise.takedown.statements.models import Statement
from balise.takedown.statements.rules.settling import MatchState

_UNMATCHED = timedelta(days=365)
_AT_ONCE = 1_000


def statements_due(at: datetime) -> Iterable[UUID]:
    """Return the statements that answered no notice of ours within a year."""
    return (
        Statement.objects.filter(applied_on__lte=(at - _UNMATCHED).date())
        .exclude(matches__state=MatchState.CONFIRMED.value)
        .order_by("applied_on")
        .values_list("id", flat=True)[:_AT_ONCE]
    )


def erase_statements(statement_ids: Sequence[UUID]) -> int:
    """Destroy statements and what was proposed of them; the figures stay."""
    gone = Statement.objects.filter(id__in=statement_ids)
    count = gone.count()
    gone.delete()
    return count


RULES = (
    Rule(
        name="takedown.statements",
        forgets=Statement,
        line="takedown",
        says=_("A platform’s statement that answers no notice of ours: one year after its day"),
        due=statements_due,
        erase=erase_statements,
    ),
)
