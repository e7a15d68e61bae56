"""Who a training is for, and where they work, as a country's pack tells it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from balise.awareness.learning.training.rules import PACKAGE
from balise.foundation.packs import Words, load


@dataclass(frozen=True, slots=True)
class Audience:
    """People of one profession or place; `asks_area` where their area is counted too."""

    code: str
    label: Words
    asks_area: bool


@dataclass(frozen=True, slots=True)
class Audiences:
    """All of a country's, with its areas by code: in France, the academies."""

    every: tuple[Audience, ...]
    areas_are: Words | None
    areas: Mapping[str, str]

    def of(self, code: str) -> Audience | None:
        """Return the audience with this code."""
        return next((each for each in self.every if each.code == code), None)


@cache
def audiences(country: str) -> Audiences:
    """Return the audiences of a country's pack. Raises PackFaulty."""
    pack = load(PACKAGE, country=country, name="audiences")
    areas_are = pack.get("areas_are")
    return Audiences(
        tuple(
            Audience(
                str(row["code"]),
                Words.read(row["label"], where=f"audiences.{row['code']}"),
                bool(row.get("asks_area", False)),
            )
            for row in pack["audiences"]
        ),
        Words.read(areas_are, where="audiences.areas_are") if areas_are else None,
        pack.get("areas", {}),
    )
