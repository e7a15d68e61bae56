"""A page as the table reads it, and what the taxonomy says of its codes. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from balise.awareness.publications.rules.taxonomy import Facet, Term

type Value = Callable[["Described", Mapping[str, Facet]], Any]


@dataclass(frozen=True, slots=True)
class Described:
    """A page as the table reads it; addresses are whole, `country` is the centre's."""

    title: str
    summary: str
    address: str
    language: str
    kind: str
    publisher: str
    codes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    minutes: int = 0
    licence: str = ""
    keywords: Sequence[str] = ()
    credits: Mapping[str, str] = field(default_factory=dict)
    published_at: datetime | None = None
    reviewed_on: date | None = None
    picture: str = ""
    paper: str = ""
    paper_bytes: int = 0
    translations: Mapping[str, str] = field(default_factory=dict)
    country: str = ""
    video: Mapping[str, Any] = field(default_factory=dict)  # of our own, with whole addresses
    parts: Sequence[tuple[str, str]] = ()  # of a kit or a series: title, address
    bundle: Mapping[str, Any] = field(default_factory=dict)  # of a kit: address, octets


def terms(page: Described, facets: Mapping[str, Facet], facet: str) -> list[Term]:
    """Return the terms of a page in a facet; a code that the taxonomy has no more is left out."""
    known = facets[facet].terms
    return [known[code] for code in page.codes.get(facet, ()) if code in known]


def said(key: str, facet: str) -> Value:
    """Return a value: what the pack says of the terms of a facet, each once."""

    def value(page: Described, facets: Mapping[str, Facet]) -> list[str]:
        found = (term.says[key] for term in terms(page, facets, facet) if key in term.says)
        return list(dict.fromkeys(found))

    return value


def labels(facet: str, language: str = "") -> Value:
    """Return a value: the labels of the terms of a facet, in the language of the page or this."""

    def value(page: Described, facets: Mapping[str, Facet]) -> list[str]:
        said_in = language or page.language
        return [term.label.in_language(said_in) for term in terms(page, facets, facet)]

    return value


def ages(codes: Sequence[str]) -> tuple[int, int] | None:
    """Return the youngest and oldest age of bands such as `8-10`; None for no band."""
    bounds = [int(bound) for code in codes for bound in code.split("-")]
    return (min(bounds), max(bounds)) if bounds else None


def age_range(page: Described, _facets: Mapping[str, Facet]) -> str:
    """Return the ages of a page as `8-13`; "" for none."""
    found = ages(page.codes.get("age", ()))
    return f"{found[0]}-{found[1]}" if found else ""


def duration(page: Described, _facets: Mapping[str, Facet]) -> str:
    """Return how long a page takes as an ISO 8601 duration; "" where it is not said."""
    return f"PT{page.minutes}M" if page.minutes else ""


def day(when: date | None) -> str:
    """Return a day or moment in ISO 8601; "" for none."""
    return when.isoformat() if when else ""


def licence_url(page: Described, facets: Mapping[str, Facet]) -> str:
    """Return the address of the words of a licence; "" where it has none."""
    known = facets["licence"].terms.get(page.licence)
    return known.says.get("url", "") if known else ""


def rights(page: Described, facets: Mapping[str, Facet]) -> str:
    """Return the address of a licence, else its label."""
    known = facets["licence"].terms.get(page.licence)
    return licence_url(page, facets) or (known.label.in_language(page.language) if known else "")
