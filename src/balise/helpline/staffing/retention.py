"""What is deleted of staffing, and when. The figures stay."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from balise.foundation.accounts import queries as accounts
from balise.foundation.clock import day_of
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted
from balise.helpline.staffing import access
from balise.helpline.staffing.models import Absence, Contract, Presence, Rota

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
