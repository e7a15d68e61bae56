"""The stories that come with Balise: a folder each, compiled and mapped beside its source. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from typing import Final

import orjson

from balise.awareness.activities.stories.rules import about
from balise.awareness.activities.stories.rules.plan import Stop
from balise.awareness.activities.stories.rules.triggers import PACKAGE
from balise.foundation.packs import beside

COMPILED: Final = "compiled.json"
PLAN: Final = "plan.json"


@dataclass(frozen=True, slots=True)
class Packed:
    """A story of a pack, with its files by name, and the map of its choices."""

    slug: str
    files: Mapping[str, str]
    compiled: str
    plan: tuple[Stop, ...]


@cache
def stories(country: str) -> tuple[Packed, ...]:
    """Return the stories of a country's pack: of that country whose topics it has."""
    folder = beside(PACKAGE, country=country, name="triggers")
    found = (each for each in folder.iterdir() if each.joinpath(about.FILE).is_file())
    return tuple(_packed(each) for each in sorted(found, key=lambda one: one.name))


def _packed(folder: Traversable) -> Packed:
    texts = {
        file.name: file.read_text(encoding="utf-8")
        for file in folder.iterdir()
        if file.name.endswith((".ink", ".toml"))
    }
    plan = orjson.loads(folder.joinpath(PLAN).read_bytes())
    return Packed(
        folder.name,
        texts,
        folder.joinpath(COMPILED).read_text(encoding="utf-8"),
        tuple(Stop.read(each) for each in plan),
    )
