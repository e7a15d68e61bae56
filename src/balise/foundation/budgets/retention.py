"""The names of a day, what they sent, and the key that they were made with go with the day."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from balise.foundation.budgets.models import Day, Spending
from balise.foundation.clock import day_of
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import dropped


def days_over(at: datetime) -> QuerySet[Day]:
    """Return the days before today."""
    return Day.objects.filter(day__lt=day_of(at))


def erase_days(days: Sequence[date]) -> int:
    """Delete days, with all that was counted on them."""
    Spending.objects.filter(day__in=days).delete()
    return dropped(Day)(days)


RULES = (
    Rule(
        name="budgets.days",
        forgets=Day,
        says=_("How much each network stored in a day: after that day."),
        due=days_over,
        erase=erase_days,
    ),
)
