"""The card of this module: what the rest of Balise reads of it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from balise.foundation.clock import day_of
from balise.foundation.modules import Module, Mount
from balise.foundation.packs import PackFaulty
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted
from balise.foundation.web.navigation import StaffEntry
from balise.hotline.welfare import access
from balise.hotline.welfare.demonstration import fill
from balise.hotline.welfare.models import Preference, Shift
from balise.hotline.welfare.queries import limits_here
from balise.hotline.welfare.tasks import SCHEDULE

# One's own figures are deleted; the team's totals name nobody and stay.


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


MODULE = Module(
    staff=(Mount("hotline/", "welfare"),),
    abilities={"analyst": (access.LOOK,), "hotline_lead": (access.READ_TEAM,)},
    ways=(
        StaffEntry(
            line="hotline",
            label=_("My day"),
            says=_("Content you viewed, your next break, and your viewing preferences."),
            url_name="staff:welfare:mine",
            icon="heart",
            ability=access.LOOK,
            key="d",
        ),
        StaffEntry(
            line="hotline",
            label=_("Team exposure"),
            says=_("Team totals by full week, without names."),
            url_name="staff:welfare:team",
            icon="users",
            ability=access.READ_TEAM,
        ),
    ),
    retention=RULES,
    schedule=SCHEDULE,
    demonstration=fill,
)


# What would let people look for too long, or never, is told at the start.


@register()
def limits_are_known(**_kwargs: Any) -> list[CheckMessage]:
    """Return E301 where the country's limits or the centre's hours cannot be read."""
    try:
        limits_here()
    except PackFaulty as fault:
        hint = f"BALISE_LOOKING_HOURS is {settings.LOOKING_HOURS!r}; write 07:00-16:00, or any."
        return [Error(str(fault), hint=hint, id="balise.E301")]
    return []
