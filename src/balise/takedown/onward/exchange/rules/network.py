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
    CHILDREN_ONLY = "children-only"

    @property
    def explanation(self) -> str:
        """Return one sentence for people: why this way."""
        return str(_EXPLANATIONS[self])


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What a country does where there is no hotline; `mandated` are codes of the directory.

    `children_only` are those whose law has them take sexual offences against children alone.
    """

    without_hotline: Without
    mandated: tuple[str, ...]
    children_only: tuple[str, ...] = ()


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


def assign(country: str, *, home: str, network: Network, of_child: bool = True) -> Assignment:
    """Return whom a content hosted in a country (ISO 3166, "" if untraced) goes to, and why.

    `of_child`: a child is shown or concerned. An adult’s picture goes to no hotline that takes
    children’s alone.
    """
    if not country:
        return Assignment(country="", route=Route.UNTRACED)
    if country.upper() == home.upper():
        return Assignment(country=country, route=Route.HOME)
    there = network.of(country)
    if not of_child:
        everyone = tuple(one for one in there if one.code not in network.policy.children_only)
        if there and not everyone:
            return Assignment(country=country, route=Route.CHILDREN_ONLY)
        there = everyone
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
            children_only=tuple(str(code) for code in pack.get("children_only", ())),
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
    Route.CHILDREN_ONLY: _(
        "The hotline of that country takes children’s pictures alone (United States, 18 U.S.C. "
        "2258A). Nobody is proposed for an adult’s: the notice goes to the host, on the offence "
        "that the verdict names."
    ),
    Route.POLICE: _(
        "We know of no hotline in that country. The police receive a dossier and contact that "
        "country."
    ),
}
