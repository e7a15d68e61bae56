"""Moments of the season, in the centre's zone, and who works in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from balise.demonstration.day import past
from balise.demonstration.season2023.plan import BEGINS
from balise.foundation import clock
from balise.foundation.accounts.demonstration import (
    create_colleagues,
    create_demonstration_accounts,
    people,
)
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.roles import role_of
from balise.foundation.actors import Actor

LISTENERS = 20


@dataclass(frozen=True, slots=True)
class Cast:
    """Who works in the season: one of each role, and the listeners."""

    by_role: Mapping[str, Actor]
    listeners: tuple[Actor, ...]
    analysts: tuple[Actor, Actor]


def cast() -> Cast:
    """Return the people of the season, made where they are missing, on its first day."""
    with clock.at(moment(BEGINS, 9 * 3600)):
        create_demonstration_accounts()
        listeners, _lead = past.team(LISTENERS)
        first, second = (actor_of(each) for each in create_colleagues(role_of("analyst"), 2))
    by_role = {account.role: actor_of(account) for account in people()}
    return Cast(by_role, tuple(listeners), (first, second))


def moment(day: date, seconds: float) -> datetime:
    """Return a moment of a day, so many seconds after midnight on its clock."""
    local = datetime.combine(day, time()) + timedelta(seconds=seconds)
    return local.replace(tzinfo=clock.zone())
