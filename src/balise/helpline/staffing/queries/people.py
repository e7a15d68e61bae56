"""Who may be planned: hours, professions, wishes and coming absences."""

from dataclasses import dataclass
from uuid import UUID

from balise.foundation.accounts import queries as accounts
from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.helpline.queue.rules import Skill
from balise.helpline.staffing import access
from balise.helpline.staffing.models import Absence, Contract
from balise.helpline.staffing.rules.rota import Wish


@dataclass(frozen=True, slots=True)
class Person:
    """Someone of the team: hours a week, professions, wish, coming absences."""

    account: str
    name: str
    hours: float
    skills: tuple[Skill, ...]
    wish: Wish
    absences: tuple[Absence, ...]


def team(*, seen_by: Actor) -> list[Person]:
    """Return who may be planned, with or without a contract, by name."""
    access.require(seen_by, access.PLAN)
    keys = {str(account) for account in accounts.holders_of(access.OWN)}
    names = accounts.names_of(keys)
    contracts = {one.account: one for one in Contract.objects.filter(account__in=keys)}
    found = [
        _person(key, names.get(key, ""), contracts.get(key), _coming_absences(key)) for key in keys
    ]
    return sorted(found, key=lambda person: (person.name, person.account))


def person(account: UUID, *, seen_by: Actor) -> Person | None:
    """Return one of the team, or None."""
    found = (one for one in team(seen_by=seen_by) if one.account == str(account))
    return next(found, None)


def own(*, seen_by: Actor) -> Person:
    """Return oneself."""
    access.require(seen_by, access.OWN)
    contract = Contract.objects.filter(account=seen_by.key).first()
    return _person(seen_by.key, "", contract, _coming_absences(seen_by.key))


def _person(
    key: str, name: str, contract: Contract | None, absences: tuple[Absence, ...]
) -> Person:
    if contract is None:
        return Person(key, name, 0, (), Wish.ANY, absences)
    return Person(
        account=key,
        name=name,
        hours=contract.halves / 2,
        skills=tuple(sorted(contract.can)),
        wish=Wish(contract.wish),
        absences=absences,
    )


def _coming_absences(key: str) -> tuple[Absence, ...]:
    found = Absence.objects.filter(account=key, last__gte=today())
    return tuple(found.order_by("first"))
