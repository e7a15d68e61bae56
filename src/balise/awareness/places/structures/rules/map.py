"""The map of a country: one number for each region, or for each area of one region. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from balise.awareness.places.structures.rules.places import Atlas, Departement, Zone
from balise.awareness.publications.rules.catalogue import plain

_MARGIN: Final = 6.0  # around a region
_RADIUS: Final = 0.028  # of the frame: a number is read on a telephone


@dataclass(frozen=True, slots=True)
class Spot:
    """A number on the map, and the part of the list that it leads to."""

    x: float
    y: float
    count: int
    name: str
    ask: str  # of the address: `region=bretagne`
    is_here: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """An outline; `has` some structures, or `is_here` where one is looking."""

    path: str
    has: bool
    is_here: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn of the mainland: `frame` is the box that is seen, `radius` that of a spot."""

    frame: str
    radius: float
    shapes: Sequence[Shape]
    spots: Sequence[Spot]


@dataclass(frozen=True, slots=True)
class Inset:
    """A territory overseas: its outline, where there is one, and how many are there."""

    area: Departement
    count: int
    is_here: bool


def slug(region: str) -> str:
    """Return the name of a region as it stands in an address."""
    return "-".join(plain(region).split())


def regions(atlas: Atlas) -> Mapping[str, Sequence[Departement]]:
    """Return the areas of each region of the mainland by the region's slug, in their order."""
    found: dict[str, list[Departement]] = {}
    for area in atlas.areas.values():
        if area.zone is Zone.METRO:
            found.setdefault(slug(area.region), []).append(area)
    return dict(sorted(found.items()))


def drawn(
    atlas: Atlas, counts: Mapping[str, int], *, region: str = "", here: str = ""
) -> Drawn | None:
    """Return the map with these numbers by area; None of a country without outlines.

    Of one `region`, its areas; `here` is the area that one is looking at.
    """
    known = regions(atlas)
    if not atlas.frame:
        return None
    mainland = [area for areas in known.values() for area in areas]
    if region in known:
        frame, width = _frame(known[region])
        spots = [
            Spot(
                area.outline.x,
                area.outline.y,
                counts[area.code],
                area.name,
                f"area={area.code}",
                is_here=area.code == here,
            )
            for area in known[region]
            if area.outline and counts.get(area.code)
        ]
    else:
        frame, width = atlas.frame, float(atlas.frame.split()[2])
        spots = [spot for code, areas in known.items() if (spot := _spot(code, areas, counts))]
    shapes = [
        Shape(area.outline.path, has=bool(counts.get(area.code)), is_here=area.code == here)
        for area in mainland
        if area.outline
    ]
    return Drawn(frame, round(width * _RADIUS, 1), shapes, spots)


def insets(atlas: Atlas, counts: Mapping[str, int], *, here: str = "") -> Sequence[Inset]:
    """Return the territories overseas with their numbers, those with an outline first."""
    found = [
        Inset(area, counts.get(area.code, 0), is_here=area.code == here)
        for area in atlas.areas.values()
        if area.zone is not Zone.METRO
    ]
    return sorted(found, key=lambda one: one.area.outline is None)


def _spot(code: str, areas: Sequence[Departement], counts: Mapping[str, int]) -> Spot | None:
    count = sum(counts.get(area.code, 0) for area in areas)
    places = [area.outline for area in areas if area.outline]
    if not count or not places:
        return None
    x = sum(place.x for place in places) / len(places)
    y = sum(place.y for place in places) / len(places)
    return Spot(round(x, 1), round(y, 1), count, areas[0].region, f"region={code}", is_here=False)


def _frame(areas: Sequence[Departement]) -> tuple[str, float]:
    """Return a square frame around a region, and its width."""
    boxes = [area.outline.box for area in areas if area.outline]
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    width = max(box[2] for box in boxes) - left
    height = max(box[3] for box in boxes) - top
    side = max(width, height) + 2 * _MARGIN
    x, y = left - (side - width) / 2, top - (side - height) / 2
    return f"{x:.0f} {y:.0f} {side:.0f} {side:.0f}", side
