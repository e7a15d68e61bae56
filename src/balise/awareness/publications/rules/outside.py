"""Films at other sites: whose player we know, and at which address it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from balise.awareness.publications.rules.taxonomy import PACKAGE
from balise.foundation.packs import PackFaulty, Words, load

_SCHEME: Final = "https://"
_LONGEST: Final = 64  # characters of a film's name there


@dataclass(frozen=True, slots=True)
class Site:
    """A site that shows films: how its pages begin, and the address of its player.

    `{host}` and `{id}` of `frame` are the host of the page and the film's name there.
    """

    name: str
    company: Words
    at: tuple[str, ...]
    frame: str


@dataclass(frozen=True, slots=True)
class Outside:
    """A film at another site."""

    site: Site
    frame: str

    @property
    def origin(self) -> str:
        """Return the origin of the player, which its page alone may frame."""
        return _SCHEME + self.frame.removeprefix(_SCHEME).partition("/")[0]


@cache
def sites(country: str) -> tuple[Site, ...]:
    """Return the sites of a country's pack. Raises PackFaulty."""
    return tuple(_site(row) for row in load(PACKAGE, country=country, name="sites")["sites"])


def _site(row: dict[str, object]) -> Site:
    name, frame, at = str(row["name"]), str(row["frame"]), row["at"]
    if not frame.startswith(_SCHEME) or not isinstance(at, list):
        raise PackFaulty(f"sites: {name} has no address of its player or of its pages")
    company = Words.read(row["company"], where=f"sites: {name}")
    return Site(name, company, tuple(map(str, at)), frame)


def outside(address: str, known: Iterable[Site]) -> Outside | None:
    """Return the film that an address shows; None for what no known site has."""
    place = address.strip().removeprefix(_SCHEME)
    for site in known:
        for beginning in site.at:
            if place.startswith(beginning):
                name = _name(place.removeprefix(beginning))
                if name:
                    host = beginning.partition("/")[0]
                    return Outside(site, site.frame.format(host=host, id=name))
    return None


def _name(rest: str) -> str:
    """Return the name of a film at the beginning of what follows; "" for none."""
    for at, letter in enumerate(rest):
        if not (letter.isascii() and (letter.isalnum() or letter in "-_")):
            return rest[:at] if at <= _LONGEST and letter in "?&#/" else ""
    return rest if len(rest) <= _LONGEST else ""
