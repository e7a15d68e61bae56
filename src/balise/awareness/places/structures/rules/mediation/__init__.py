"""The schema of médiation numérique: a table of fields, read and written. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from balise.awareness.places.structures.rules.places import PACKAGE
from balise.foundation.packs import PackFaulty, countries_of, load

VERSION: Final = "1.0.2"
WRITTEN: Final = "|"  # between several values
READ: Final = "|;"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: how many values, which words, which form (`checks`), how long."""

    name: str
    required: bool = False
    many: bool = False
    form: str = ""
    longest: int = 0
    words: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Schema:
    """The fields in their order, and which of our words stand for theirs."""

    fields: Sequence[Field]
    label: str
    safe: str
    parents: str
    group: str
    remote: str
    publics: Mapping[str, Sequence[str]]
    care: Mapping[str, str]
    kinds: Mapping[str, Sequence[str]]

    @property
    def names(self) -> Sequence[str]:
        return [field.name for field in self.fields]


@cache
def schema(country: str) -> Schema | None:
    """Return a country's schema; None where it has none. Raises PackFaulty."""
    try:
        pack: Mapping[str, Any] = load(PACKAGE, country=country, name="mediation")
    except PackFaulty:
        if country.lower() in countries_of(PACKAGE):
            return None
        raise
    return Schema(
        [Field(**row) for row in pack["fields"]],
        label=str(pack["label"]),
        safe=str(pack["safe"]),
        parents=str(pack["parents"]),
        group=str(pack["group"]),
        remote=str(pack["remote"]),
        publics=pack["publics"],
        care=pack["care"],
        kinds=pack["kinds"],
    )
