"""The card of this module: what the rest of Balise reads of it."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.foundation.accounts import queries as accounts
from balise.foundation.clock import day_of
from balise.foundation.modules import Module, Mount
from balise.foundation.packs import PackFaulty
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted
from balise.foundation.statistics.indicators import Indicator, IndicatorKind, Recorded
from balise.foundation.web.navigation import StaffEntry
from balise.helpline.staffing import access
from balise.helpline.staffing.models import Absence, Contract, Presence, Rota
from balise.helpline.staffing.queries.listeners import listeners
from balise.helpline.staffing.rules.forecast import assumption, calendar
from balise.helpline.staffing.rules.needs import work
from balise.helpline.staffing.tasks import SCHEDULE
from balise.helpline.staffing.web.due import of_my_week, of_rota

# The figures of the team that a committee speaks of, defined.


INDICATORS = (
    Indicator(
        code="LIS-N",
        line="helpline",
        name=_("Listeners"),
        definition=_(
            "Someone counts from the day on which hours of work at the helpline are entered "
            "for them until the day on which they have none. It counts people, not full-time "
            "posts: one who works a day a week counts one."
        ),
        unit=ngettext_lazy("%(many)s listener", "%(many)s listeners", "count"),
        source=Recorded(listeners, IndicatorKind.STOCK),
        owner=_("Helpline: hours of work"),
    ),
)


# What is deleted of staffing, and when. The figures stay.


# Hours of work are shown to the inspection for a year (code du travail, D3171-16); one month more.
_KEPT = timedelta(days=396)


def rotas_due(at: datetime) -> QuerySet[Rota]:
    """Return the rotas of weeks that are over for more than a year."""
    return Rota.objects.filter(monday__lt=day_of(at - _KEPT))


def absences_due(at: datetime) -> QuerySet[Absence]:
    """Return the absences that are over for more than a year."""
    return Absence.objects.filter(last__lt=day_of(at - _KEPT))


def presences_due(at: datetime) -> QuerySet[Presence]:
    """Return the half hours that someone was there more than a year ago."""
    return Presence.objects.filter(day__lt=day_of(at - _KEPT))


def contracts_due(_at: datetime) -> QuerySet[Contract]:
    """Return the contracts of people who no longer work at the helpline."""
    here = [str(account) for account in accounts.holders_of(access.OWN)]
    return Contract.objects.exclude(account__in=here)


RULES = (
    Rule(
        name="helpline.presences",
        forgets=Presence,
        says=_("When someone was on duty is deleted after thirteen months."),
        due=presences_due,
        erase=deleted(Presence),
    ),
    Rule(
        name="helpline.contracts",
        forgets=Contract,
        says=_("Someone’s working time is deleted once they no longer work at the helpline."),
        due=contracts_due,
        erase=deleted(Contract),
    ),
    Rule(
        name="helpline.rotas",
        forgets=Rota,
        says=_("Planned shifts are deleted after thirteen months."),
        due=rotas_due,
        erase=deleted(Rota),
    ),
    Rule(
        name="helpline.absences",
        forgets=Absence,
        says=_("Absences are deleted after thirteen months."),
        due=absences_due,
        erase=deleted(Absence),
    ),
)


MODULE = Module(
    staff=(Mount("helpline/staffing/", "staffing"),),
    abilities={"listener": (access.OWN,), "helpline_lead": (access.PLAN,)},
    ways=(
        StaffEntry(
            line="helpline",
            label=_("My week"),
            says=_("Your shifts, wishes and days off."),
            url_name="staff:staffing:my-week",
            icon="calendar",
            ability=access.OWN,
            due=of_my_week,
        ),
        StaffEntry(
            line="helpline",
            label=_("Staffing"),
            says=_("Expected contacts, positions needed, and planned shifts."),
            url_name="staff:staffing:forecast",
            icon="users",
            ability=access.PLAN,
            due=of_rota,
        ),
    ),
    indicators=INDICATORS,
    retention=RULES,
    schedule=SCHEDULE,
)


# A centre does not start with a calendar or rules of work that say nothing.


@register()
def packs_are_right(**_kwargs: Any) -> list[CheckMessage]:
    """Return what is wrong with the packs of staffing: E451."""
    try:
        calendar(settings.COUNTRY)
        work(settings.COUNTRY)
        assumption(settings.COUNTRY)
    except (PackFaulty, KeyError, TypeError, ValueError) as fault:
        return [Error(repr(fault), id="balise.E451", hint="See helpline/staffing/packs.")]
    return []
