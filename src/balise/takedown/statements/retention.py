"""Retention of statements. They are public; what is no longer needed is deleted."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted
from balise.takedown.statements.models import Statement
from balise.takedown.statements.rules.settling import MatchState

_UNMATCHED = timedelta(days=365)


def statements_due(at: datetime) -> QuerySet[Statement]:
    """Return the statements that answered no notice of ours within a year."""
    old = Statement.objects.filter(applied_on__lte=(at - _UNMATCHED).date())
    return old.exclude(matches__state=MatchState.CONFIRMED.value)


RULES = (
    Rule(
        name="takedown.statements",
        forgets=Statement,
        says=_("A platform’s statement that answers no notice of ours: one year after its day"),
        due=statements_due,
        erase=deleted(Statement),
    ),
)
