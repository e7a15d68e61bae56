"""The words by which the catalogue is read: facets and their terms, data of a country's pack.

A term has a code, which is stored and stands in addresses, and a label in each language. Other
fields of it say what it is in the vocabularies that others read (`rules.metadata`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from balise.foundation.packs import PackFaulty, Words, load

PACKAGE: Final = "balise.awareness.publications"
_OWN = frozenset({"code", "label"})
_FACET = frozenset({"code", "label", "one", "hidden", "folded", "terms"})


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a facet; `says` holds what the pack tells of it for others."""

    code: str
    label: Words
    says: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Facet:
    """One question of the catalogue.

    `one` answer at a time, instead of several; `hidden` is stored and not asked; `folded` is asked
    where someone opens it.
    """

    code: str
    label: Words
    terms: Mapping[str, Term]
    one: bool = False
    hidden: bool = False
    folded: bool = False


@cache
def taxonomy(country: str) -> Mapping[str, Facet]:
    """Return a country's facets, in the order of the pack. Raises PackFaulty."""
    facets: dict[str, Facet] = {}
    for row in load(PACKAGE, country=country, name="taxonomy")["facets"]:
        code = str(row["code"])
        if unknown := row.keys() - _FACET:
            raise PackFaulty(f"taxonomy: {code} has an unknown key, {min(unknown)}")
        terms = [_term(each, where=f"taxonomy: {code}") for each in row["terms"]]
        facet = Facet(
            code,
            Words.read(row["label"], where=f"taxonomy: {code}"),
            {term.code: term for term in terms},
            one=bool(row.get("one")),
            hidden=bool(row.get("hidden")),
            folded=bool(row.get("folded")),
        )
        if code in facets or len(facet.terms) != len(terms):
            raise PackFaulty(f"taxonomy: {code} or a term of it stands twice")
        facets[code] = facet
    return facets


def _term(row: Mapping[str, Any], *, where: str) -> Term:
    code = str(row["code"])
    label = Words.read(row["label"], where=f"{where}, {code}")
    return Term(code, label, {key: str(row[key]) for key in row.keys() - _OWN})
