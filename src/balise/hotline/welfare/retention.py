"""One's own figures are deleted; the team's totals name nobody and stay."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from balise.foundation.clock import day_of
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted
from balise.hotline.welfare.models import Preference, Shift
from balise.hotline.welfare.queries import limits_here


def shifts_due(at: datetime) -> QuerySet[Shift]:
    """Return the days of looking that are older than the centre's pack says."""
    return Shift.objects.filter(day__lte=day_of(at - limits_here().forgotten_after))


def preferences_due(at: datetime) -> QuerySet[Preference]:
    """Return the old preferences of accounts of which no day of looking is left."""
    old = Preference.objects.filter(chosen_at__lte=at - limits_here().forgotten_after)
    return old.exclude(account__in=Shift.objects.values("account"))


RULES = (
    Rule(
        name="hotline.welfare.shifts",
        forgets=Shift,
        says=_("How long an analyst viewed content, day by day: after ninety days."),
        due=shifts_due,
        erase=deleted(Shift),
    ),
    Rule(
        name="hotline.welfare.preferences",
        forgets=Preference,
        says=_("An analyst’s viewing preferences: ninety days after their last viewing."),
        due=preferences_due,
        erase=deleted(Preference),
    ),
)
