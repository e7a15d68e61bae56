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

PACKAGE = "balise.takedown.referrals.exchange"


class Without(StrEnum):
    """What is done with what is hosted where there is no hotline."""

    MANDATED = "mandated"
    POLICE = "police"


class Route(StrEnum):
    """Which way a content goes."""

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
class Hotline:
    """A hotline of the network. `verified` says that someone read this in its own directory."""

    code: str
    name: str
    countries: tuple[str, ...]
    website: str
    orphans: bool
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """The hotlines that a country knows, and what it does where there is none."""

    hotlines: tuple[Hotline, ...]
    without_hotline: Without
    source: str

    def of(self, country: str) -> tuple[Hotline, ...]:
        """Return the hotlines of a country, in the order of the pack."""
        return tuple(one for one in self.hotlines if country in one.countries)

    @property
    def mandated(self) -> tuple[Hotline, ...]:
        return tuple(one for one in self.hotlines if one.orphans)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Whom a content goes to; `hotlines` is empty at home and for the police."""

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
    if network.without_hotline is Without.MANDATED and network.mandated:
        return Assignment(country=country, route=Route.ORPHAN, hotlines=network.mandated)
    return Assignment(country=country, route=Route.POLICE)


@cache
def network(country: str) -> Network:
    """Return the network as a country's pack has it, or raise PackFaulty."""
    pack = load(PACKAGE, country=country, name="network")
    return read_network(pack, where=f"network of {country}")


def read_network(pack: dict[str, Any], *, where: str) -> Network:
    """Return the network that a pack's tables describe, or raise PackFaulty."""
    try:
        hotlines = tuple(_read(entry, where) for entry in pack["hotlines"])
        found = Network(
            hotlines=hotlines,
            without_hotline=Without(pack["without_hotline"]),
            source=str(pack["source"]),
        )
    except (KeyError, ValueError) as error:
        raise PackFaulty(f"{where}: {error}") from None
    if len({one.code for one in hotlines}) != len(hotlines):
        raise PackFaulty(f"{where}: each code once")
    return found


def _read(entry: dict[str, Any], where: str) -> Hotline:
    countries = tuple(entry["countries"])
    if not countries or not all(len(code) == 2 and code.isupper() for code in countries):  # noqa: PLR2004
        raise PackFaulty(f"{where}: {entry['code']}: countries are ISO 3166 codes")
    return Hotline(
        code=str(entry["code"]),
        name=str(entry["name"]),
        countries=countries,
        website=str(entry["website"]),
        orphans=bool(entry.get("orphans", False)),
        verified=bool(entry["verified"]),
    )


_EXPLANATIONS: dict[Route, Promise] = {
    Route.UNTRACED: _("Nobody knows yet where it is hosted: trace it first."),
    Route.HOME: _("It is hosted here: a notice goes to the host."),
    Route.HOTLINE: _(
        "It is hosted abroad: the hotline of that country can have it removed and tell its police."
    ),
    Route.ORPHAN: _(
        "That country has no hotline that we know: a hotline of the network has the mandate for it."
    ),
    Route.POLICE: _(
        "That country has no hotline that we know: the police get it, with a dossier, and ask "
        "abroad themselves."
    ),
}
