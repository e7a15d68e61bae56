"""What staffing forgets, and when. The figures stay."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from balise.foundation.accounts import queries as accounts
from balise.foundation.clock import day_of
from balise.foundation.retention.rules import Rule
from balise.helpline.staffing import access
from balise.helpline.staffing.models import Absence, Contract, Presence, Rota

# Hours of work are shown to the inspection for a year (code du travail, D3171-16); one month more.
_KEPT = timedelta(days=396)
_AT_ONCE = 500


def rotas_due(at: datetime) -> Iterable[UUID]:
    """Return the rotas of weeks that are over for more than a year."""
    due = Rota.objects.filter(monday__lt=day_of(at - _KEPT)).order_by("monday")
    return due.values_list("id", flat=True)[:_AT_ONCE]


def erase_rotas(rota_ids: Sequence[UUID]) -> int:
    """Destroy rotas with their shifts; return how many there were."""
    return Rota.objects.filter(id__in=rota_ids).delete()[1].get(Rota._meta.label, 0)


def absences_due(at: datetime) -> Iterable[UUID]:
    """Return the absences that are over for more than a year."""
    due = Absence.objects.filter(last__lt=day_of(at - _KEPT)).order_by("last")
    return due.values_list("id", flat=True)[:_AT_ONCE]


def erase_absences(absence_ids: Sequence[UUID]) -> int:
    """Destroy absences; return how many there were."""
    return Absence.objects.filter(id__in=absence_ids).delete()[0]


def presences_due(at: datetime) -> Iterable[UUID]:
    """Return the half hours that someone was there more than a year ago."""
    due = Presence.objects.filter(day__lt=day_of(at - _KEPT)).order_by("day")
    return due.values_list("id", flat=True)[:_AT_ONCE]


def erase_presences(presence_ids: Sequence[UUID]) -> int:
    """Destroy presences; return how many there were."""
    return Presence.objects.filter(id__in=presence_ids).delete()[0]


def contracts_due(_at: datetime) -> Iterable[UUID]:
    """Return the contracts of people who no longer work at the helpline."""
    here = [str(account) for account in accounts.holders_of(access.OWN)]
    gone = Contract.objects.exclude(account__in=here).values_list("account", flat=True)
    return [UUID(account) for account in gone[:_AT_ONCE]]


def erase_contracts(account_ids: Sequence[UUID]) -> int:
    """Destroy contracts; return how many there were."""
    accounts_gone = [str(account) for account in account_ids]
    return Contract.objects.filter(account__in=accounts_gone).delete()[0]


RULES = (
    Rule(
        name="helpline.presences",
        forgets=Presence,
        line="helpline",
        says=_("When someone was on duty is deleted after thirteen months."),
        due=presences_due,
        erase=erase_presences,
    ),
    Rule(
        name="helpline.contracts",
        forgets=Contract,
        line="helpline",
        says=_("Someone’s working time is deleted once they no longer work at the helpline."),
        due=contracts_due,
        erase=erase_contracts,
    ),
    Rule(
        name="helpline.rotas",
        forgets=Rota,
        line="helpline",
        says=_("Planned shifts are deleted after thirteen months."),
        due=rotas_due,
        erase=erase_rotas,
    ),
    Rule(
        name="helpline.absences",
        forgets=Absence,
        line="helpline",
        says=_("Absences are deleted after thirteen months."),
        due=absences_due,
        erase=erase_absences,
    ),
)
