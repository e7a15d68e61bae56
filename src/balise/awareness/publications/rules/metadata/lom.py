"""Values of the table in Learning Object Metadata: IEEE 1484.12.1 (LOM) and 1484.12.3 (its XML).

A value is a text, a text in the language of the page (LangString), a word of a vocabulary, or the
elements within. LOMFR (NF Z76-040) adds words of its own and one element here; those that the pack
uses stand in its schema and its Schematron rules, version 1.0. What ScoLOMFR adds is not written.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from balise.awareness.publications.rules.taxonomy import Facet, Term

# A page as the table reads it, and what the taxonomy says of its codes. Pure.


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


LRMI: Final = "http://purl.org/dcx/lrmi-vocabs/learningResourceType/"
LRMI_ROLE: Final = "http://purl.org/dcx/lrmi-vocabs/educationalAudienceRole/"
LOM_WORDS: Final = "LOMv1.0"
LOMFR_WORDS: Final = "LOMFRv1.0"
LOMFR: Final = "lomfr:"  # before the name of an element that LOMFR adds, and those within
# The roles that both vocabularies have; LRMI says the others.
_ROLES: Final = {"teacher": "teacher", "student": "learner"}
# The groups of LOM, and the elements within each, in the order of the standard.
ORDER: Final[Mapping[str, tuple[str, ...]]] = {
    "general": ("identifier", "title", "language", "description", "keyword", "lomfr:documentType"),
    "lifeCycle": ("contribute",),
    "metaMetadata": ("metadataSchema", "language"),
    "technical": ("format", "size", "location"),
    "educational": (
        "learningResourceType",
        "intendedEndUserRole",
        "context",
        "typicalAgeRange",
        "typicalLearningTime",
    ),
    "rights": ("cost", "copyrightAndOtherRestrictions", "description"),
    "relation": ("kind", "resource"),
    "classification": ("purpose", "taxonPath"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A text in the language of the page."""

    text: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a vocabulary."""

    value: str
    source: str = LOM_WORDS


type Node = str | Said | Word | Mapping[str, Node] | list[Node]


def text(value: Value) -> Value:
    """Return a value in the language of the page; each of them, of a list."""

    def in_language(page: Described, facets: Mapping[str, Facet]) -> list[Said]:
        found: Any = value(page, facets)
        return [Said(each) for each in ([found] if isinstance(found, str) else found) if each]

    return in_language


def word(value: str) -> Value:
    """Return a value: a word of LOM's own vocabulary, the same for each page."""
    return lambda _page, _facets: Word(value)


def words(facet: str, key: str) -> Value:
    """Return a value: LOMFR's words for the terms of a facet, as the pack has them between bars."""

    def value(page: Described, facets: Mapping[str, Facet]) -> list[Word]:
        found = [each for one in said(key, facet)(page, facets) for each in one.split("|")]
        return [Word(each, LOMFR_WORDS) for each in dict.fromkeys(found)]

    return value


def identifier(address: str) -> Node:
    """Return an address as what something is known by."""
    return {"catalog": "URI", "entry": address}


def kinds(page: Described, facets: Mapping[str, Facet]) -> list[Word]:
    return [Word(kind, LRMI) for kind in said("lrmi", "kind")(page, facets)]


def roles(page: Described, facets: Mapping[str, Facet]) -> list[Word]:
    return [
        Word(_ROLES[role]) if role in _ROLES else Word(role, LRMI_ROLE)
        for role in said("lrmi", "audience")(page, facets)
    ]


def school(page: Described, facets: Mapping[str, Facet]) -> Node:
    return Word("school") if terms(page, facets, "level") else []


def age(page: Described, facets: Mapping[str, Facet]) -> list[Said]:
    return [Said(found)] if (found := age_range(page, facets)) else []


def time(page: Described, facets: Mapping[str, Facet]) -> Node:
    return {"duration": found} if (found := duration(page, facets)) else []


def classified(purpose: str, facet: str) -> Value:
    """Return a value: the terms of a facet as taxons of our taxonomy, for a purpose."""

    def value(page: Described, facets: Mapping[str, Facet]) -> Node:
        source = facets[facet].label.in_language(page.language)
        paths: list[Node] = [
            {
                "source": Said(term.says.get("framework", source)),
                "taxon": {"id": term.code, "entry": Said(term.label.in_language(page.language))},
            }
            for term in terms(page, facets, facet)
        ]
        return {"purpose": Word(purpose), "taxonPath": paths} if paths else []

    return value


def contributed(role: str, name: Callable[[Described], str]) -> Value:
    """Return a value: who contributed as what, as a vCard (RFC 2426)."""

    def value(page: Described, _facets: Mapping[str, Facet]) -> Node:
        found = " ".join(name(page).split())
        if not found:
            return []
        escaped = found.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
        card = f"BEGIN:VCARD\nVERSION:3.0\nFN:{escaped}\nN:{escaped};;;;\nORG:{escaped}\nEND:VCARD"
        return {"role": Word(role), "entity": card}

    return value


def dated(role: str, when: Callable[[Described], Any]) -> Value:
    """Return a value: the day on which someone contributed as what."""

    def value(page: Described, _facets: Mapping[str, Facet]) -> Node:
        found = day(when(page))
        return {"role": Word(role), "date": {"dateTime": found}} if found else []

    return value


def restrictions(page: Described, facets: Mapping[str, Facet]) -> Node:
    return Word("yes") if rights(page, facets) else []


def translations(page: Described, _facets: Mapping[str, Facet]) -> Node:
    return [_related("hasversion", address) for address in page.translations.values()]


def parts(page: Described, _facets: Mapping[str, Facet]) -> Node:
    return [_related("haspart", address) for _title, address in page.parts]


def _related(kind: str, address: str) -> Node:
    return {"kind": Word(kind), "resource": {"identifier": identifier(address)}}
