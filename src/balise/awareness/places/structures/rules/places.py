"""Where a country's areas and communes are, from its pack, offline. Pure.

An area is what the country counts by: in France a département or an overseas collectivity. How the
table of France is made, and what stands for a commune without a point: docs/decisions/0040.
"""

import gzip
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, cached_property
from math import cos, hypot, radians
from typing import Any, Final

from django.utils.translation import gettext as _

from balise.awareness.publications.rules.catalogue import plain
from balise.foundation.packs import PackFaulty, beside, countries_of, load
from balise.foundation.refusals import Refused

# Why something about a structure is refused.


class NumberFaulty(Refused, code="structure-number-faulty"):
    """The number has another form than SIRET and RNA, or its check digit is wrong."""

    field = "number"


class PlaceUnknown(Refused, code="structure-place-unknown"):
    """The commune or the area is not in the country's table."""

    field = "commune"


class CountryUnknown(Refused, code="structure-country-unknown"):
    field = "country"


class WordsUnknown(Refused, code="structure-words-unknown"):
    """An audience, an age, a topic or a language is not in the catalogue's words."""


class DatesFaulty(Refused, code="structure-dates-faulty"):
    """A convention ends before it begins, or an attestation is dated tomorrow."""

    field = "until"


class AlreadyClosed(Refused, code="structure-closed"):
    """The structure has left the network."""


class NotTheSame(Refused, code="structure-not-the-same"):
    """A structure is not merged with itself, nor with one that has left."""


class NoSchema(Refused, code="structure-no-schema"):
    """The country has no schema for files of structures."""


PACKAGE: Final = "balise.awareness.places.structures"
ABROAD: Final = "abroad"  # stands for all that is in none of the country's areas
MOST_FOUND: Final = 8  # communes that a search returns
_KM: Final = 111.2  # of a degree of latitude
_AREA: Final = frozenset(
    {"code", "name", "region", "zone", "begins", "point", "at", "box", "frame", "shape"}
)


class Zone(StrEnum):
    """Where an area is: on the mainland, an overseas département, an overseas collectivity."""

    METRO = "metro"
    DROM = "drom"
    COM = "com"


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees, north and east positive."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Outline:
    """An area on the map: its path, its own frame (overseas only), where its number stands.

    `box` is what the path fills: left, top, right, bottom.
    """

    path: str
    frame: str
    x: float
    y: float
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Departement:
    """An area of a country."""

    code: str
    name: str
    region: str
    zone: Zone
    point: Point | None
    outline: Outline | None
    begins: Sequence[str]  # how its postcodes begin


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune with its point, or that of the largest of its postcode; None where neither is."""

    code: str
    name: str
    postcodes: Sequence[str]
    departement: str
    latitude: float | None
    longitude: float | None

    @property
    def point(self) -> Point | None:
        if self.latitude is None or self.longitude is None:
            return None
        return Point(self.latitude, self.longitude)


@dataclass(frozen=True)
class Atlas:
    """The areas and communes of one country."""

    country: str
    areas: Mapping[str, Departement]
    territories: Sequence[str]  # countries of ISO 3166-1 that are areas of this one
    frame: str  # of the map of the mainland
    credit: str  # whose its outlines are, with the licence
    digits: int  # of a postcode
    prefix: str  # of a postcode, where people write one
    communes: Mapping[str, Commune] = field(repr=False)

    def near(self, text: str) -> Sequence[Commune]:
        """Return the communes that a name or a postcode means, the whole name first.

        A name that begins with what was typed is found too; accents, case and hyphens never matter.
        """
        typed = plain(text).strip()
        if not typed:
            return ()
        parts = text.split()
        if postcode := next((one for one in map(self._postcode, parts) if one), ""):
            found = self._by_postcode.get(postcode, ())
            rest = (part for part in parts if not self._postcode(part))
            named = plain(" ".join(rest)).strip()
            return [one for one in found if plain(one.name).startswith(named)] or found
        names, at = self._by_name, bisect_left(self._by_name, (typed, ""))
        codes: list[str] = []
        while at < len(names) and names[at][0].startswith(typed) and len(codes) < MOST_FOUND:
            codes.append(names[at][1])
            at += 1
        return [self.communes[code] for code in codes]

    def area_of_postcode(self, postcode: str) -> str:
        """Return the code of the area of a postcode; empty for one of another form or place."""
        typed = self._postcode(postcode.strip())
        if not typed:
            return ""
        found = {one.departement for one in self._by_postcode.get(typed, ())}
        if len(found) == 1:
            return found.pop()
        starts = {start: code for code, area in self.areas.items() for start in area.begins}
        fitting = [start for start in starts if typed.startswith(start)]
        return starts[max(fitting, key=len)] if fitting else ""

    def located(self, *, commune: str, postcode: str) -> tuple[str, str, str]:
        """Return area, code and name of the commune that someone named with its postcode.

        One that the table does not have keeps its name, in its postcode's area. Raises
        PlaceUnknown where the postcode is of no area.
        """
        typed = plain(commune).strip()
        named = [self.communes[code] for name, code in self._same(typed)]
        exact = [one for one in named if postcode in one.postcodes]
        if found := exact or (named if len(named) == 1 and not postcode else ()):
            return found[0].departement, found[0].code, found[0].name
        area = self.area_of_postcode(postcode)
        if not area:
            raise PlaceUnknown(_("Enter the commune as it is written, with its postcode."))
        inside = [one for one in named if one.departement == area]
        if len(inside) == 1:
            return area, inside[0].code, inside[0].name
        return area, "", commune.strip()

    def place(self, *, commune: str, area: str) -> Point | None:
        """Return the point of a commune, else that of its area's seat; None where none is known."""
        known = self.communes.get(commune)
        if known is not None and known.point is not None:
            return known.point
        return self.areas[area].point if area in self.areas else None

    def _postcode(self, word: str) -> str:
        """Return a postcode without its prefix; empty for a word that is none."""
        digits = word.upper().removeprefix(self.prefix)
        is_one = len(digits) == self.digits and digits.isascii() and digits.isdigit()
        return digits if is_one else ""

    def _same(self, typed: str) -> Sequence[tuple[str, str]]:
        names, at = self._by_name, bisect_left(self._by_name, (typed, ""))
        end = at
        while end < len(names) and names[end][0] == typed:
            end += 1
        return names[at:end]

    @cached_property
    def _by_name(self) -> list[tuple[str, str]]:
        return sorted((plain(one.name).strip(), one.code) for one in self.communes.values())

    @cached_property
    def _by_postcode(self) -> Mapping[str, Sequence[Commune]]:
        found: dict[str, list[Commune]] = {}
        for one in self.communes.values():
            for postcode in one.postcodes:
                found.setdefault(postcode, []).append(one)
        return found


def atlas(country: str) -> Atlas:
    """Return a country's areas and communes. Raises PackFaulty."""
    return _atlas(country.lower())


@cache
def _atlas(country: str) -> Atlas:
    pack = load(PACKAGE, country=country, name="areas")
    areas = [_area(row) for row in pack["areas"]]
    found = {area.code: area for area in areas}
    if len(found) != len(areas):
        raise PackFaulty(f"areas of {country}: a code stands twice")
    communes: dict[str, Commune] = {}
    if name := pack.get("communes"):
        file = beside(PACKAGE, country=country, name="areas").joinpath(str(name))
        lines = gzip.decompress(file.read_bytes()).decode().split("\n")
        communes = {one.code: one for one in map(_commune, lines)}
        if unknown := {one.departement for one in communes.values()} - found.keys():
            raise PackFaulty(f"communes of {country}: {min(unknown)} is no area")
    territories = [str(code) for code in pack.get("territories", ())]
    return Atlas(
        country.upper(),
        found,
        territories,
        str(pack.get("frame", "")),
        str(pack.get("outlines", "")),
        int(pack["digits"]),
        str(pack.get("prefix", "")),
        communes,
    )


def departement(code: str) -> Departement:
    """Return an area of any country that has a pack: codes of areas are unlike in all of them.

    Raises KeyError.
    """
    for known in _all():
        if code in known.areas:
            return known.areas[code]
    raise KeyError(code)


def near(text: str) -> Sequence[Commune]:
    """Return what `Atlas.near` does, in the first country that has some."""
    return next((found for known in _all() if (found := known.near(text))), ())


def departement_of_postcode(postcode: str) -> str:
    """Return the area of a postcode in the first country where it is one; else empty.

    Where people write a prefix, such as L- in Luxembourg, it must be there.
    """
    typed = postcode.strip().upper()
    countries = (known for known in _all() if typed.startswith(known.prefix))
    return next((code for known in countries if (code := known.area_of_postcode(typed))), "")


def km(one: Point, other: Point) -> float:
    """Return the distance of two points in kilometres, as the crow flies; good to 1 % at 60 km."""
    across = (one.longitude - other.longitude) * cos(radians((one.latitude + other.latitude) / 2))
    return _KM * hypot(one.latitude - other.latitude, across)


def _all() -> Iterable[Atlas]:
    return (_atlas(country) for country in countries_of(PACKAGE))


def _area(row: Mapping[str, Any]) -> Departement:
    code = str(row["code"])
    if unknown := row.keys() - _AREA:
        raise PackFaulty(f"area {code} has an unknown key, {min(unknown)}")
    outline = None
    if "shape" in row:
        x, y = row["at"]
        left, top, right, bottom = row["box"]
        outline = Outline(
            str(row["shape"]), str(row.get("frame", "")), x, y, (left, top, right, bottom)
        )
    return Departement(
        code,
        str(row["name"]),
        str(row["region"]),
        Zone(row["zone"]),
        Point(*row["point"]) if "point" in row else None,
        outline,
        [str(each) for each in row.get("begins", [code])],
    )


def _commune(line: str) -> Commune:
    code, name, postcodes, latitude, longitude = line.split("\t")
    overseas = code.startswith(("97", "98"))
    return Commune(
        code,
        name,
        postcodes.split(),
        code[:3] if overseas else code[:2],
        float(latitude) if latitude else None,
        float(longitude) if longitude else None,
    )


# How many pupils an area has, where the centre has put the figures in its pack. Pure.
#
# `packs/<country>/pupils.toml`: `source`, `year`, and `[areas]` with a number for each code.
# Without it nothing is known, which is not 0.


@cache
def pupils(country: str) -> Mapping[str, int]:
    """Return the pupils of each area whose figure is known."""
    try:
        pack = load(PACKAGE, country=country, name="pupils")
    except PackFaulty:
        return {}
    return {str(code): int(many) for code, many in pack["areas"].items()}
