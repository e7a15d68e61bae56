"""Which hotline gets a content, by the country where it is hosted, and why.

Illegal content goes to the hotline of the country that hosts it; where there is none, to one with
the mandate for such orphans or to the police, as the country's pack says.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balise.foundation.packs import PackFaulty, load

PACKAGE = "balise.takedown.onward.exchange"


class Without(StrEnum):
    """What is done with what is hosted where there is no hotline."""

    MANDATED = "mandated"
    POLICE = "police"


class Route(StrEnum):
    """The way by which content is transferred."""

    UNTRACED = "untraced"
    HOME = "home"
    HOTLINE = "hotline"
    ORPHAN = "orphan"
    POLICE = "police"

    @property
    def explanation(self) -> str:
        """Return one sentence for people: why this way."""
        return str(_EXPLANATIONS[self])


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What a country does where there is no hotline; `mandated` are codes of the directory."""

    without_hotline: Without
    mandated: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hotline:
    """A hotline of the network. `verified` says that someone confirmed what the directory has."""

    code: str
    name: str
    country: str
    website: str
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """The hotlines that the directory knows, and what is done where there is none."""

    hotlines: tuple[Hotline, ...]
    policy: Policy

    def of(self, country: str) -> tuple[Hotline, ...]:
        """Return the hotlines of a country, in the order of the directory."""
        return tuple(one for one in self.hotlines if one.country == country)

    @property
    def mandated(self) -> tuple[Hotline, ...]:
        return tuple(one for one in self.hotlines if one.code in self.policy.mandated)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """The receivers of a content; `hotlines` is empty at home and for the police."""

    country: str
    route: Route
    hotlines: tuple[Hotline, ...] = ()

    @property
    def is_verified(self) -> bool:
        return all(one.verified for one in self.hotlines)

    @property
    def explanation(self) -> str:
        return self.route.explanation


def assign(country: str, *, home: str, network: Network) -> Assignment:
    """Return whom a content hosted in a country (ISO 3166, "" if untraced) goes to, and why."""
    if not country:
        return Assignment(country="", route=Route.UNTRACED)
    if country.upper() == home.upper():
        return Assignment(country=country, route=Route.HOME)
    there = network.of(country)
    if there:
        return Assignment(country=country, route=Route.HOTLINE, hotlines=there)
    if network.policy.without_hotline is Without.MANDATED and network.mandated:
        return Assignment(country=country, route=Route.ORPHAN, hotlines=network.mandated)
    return Assignment(country=country, route=Route.POLICE)


@cache
def policy(country: str) -> Policy:
    """Return what a country does where there is no hotline, or raise PackFaulty."""
    return read_policy(
        load(PACKAGE, country=country, name="network"), where=f"network of {country}"
    )


def read_policy(pack: dict[str, Any], *, where: str) -> Policy:
    """Return the policy that a pack describes, or raise PackFaulty."""
    try:
        return Policy(
            without_hotline=Without(pack["without_hotline"]),
            mandated=tuple(str(code) for code in pack["mandated"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise PackFaulty(f"{where}: {error}") from None


_EXPLANATIONS: dict[Route, Promise] = {
    Route.UNTRACED: _("The hosting country is not known yet: trace it first."),
    Route.HOME: _("It is hosted here: a notice is sent to the host."),
    Route.HOTLINE: _(
        "It is hosted abroad: the hotline of that country can have it removed and tell its police."
    ),
    Route.ORPHAN: _(
        "We know of no hotline in that country: another hotline of the network is responsible "
        "for it."
    ),
    Route.POLICE: _(
        "We know of no hotline in that country. The police receive a dossier and contact that "
        "country."
    ),
}
