"""What a page is in the words of others: one table, from our fields to schema.org and LRMI. Pure.

Sources: schema.org LearningResource and CreativeWork; LRMI concept schemes of DCMI (audience role,
type of resource, type of alignment); durations as ISO 8601.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from balise.awareness.publications.rules.taxonomy import Facet, Term

LRMI: Final = "http://purl.org/dcx/lrmi-vocabs/learningResourceType/"
_NEWS: Final = "news"


@dataclass(frozen=True, slots=True)
class Described:
    """A page as the table reads it; addresses are whole."""

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
    video: Mapping[str, Any] = field(default_factory=dict)  # of our own, with whole addresses


@dataclass(frozen=True, slots=True)
class Row:
    """One field of ours, what it is called there, and its value there; empty ones are left out."""

    ours: str
    theirs: str
    value: Callable[[Described, Mapping[str, Facet]], Any]


def _terms(page: Described, facets: Mapping[str, Facet], facet: str) -> list[Term]:
    known = facets[facet].terms
    return [known[code] for code in page.codes.get(facet, ()) if code in known]


def _said(key: str, facet: str) -> Callable[[Described, Mapping[str, Facet]], list[str]]:
    """Return a value: what the pack says of the terms of a facet, each once."""

    def value(page: Described, facets: Mapping[str, Facet]) -> list[str]:
        return list(
            dict.fromkeys(
                term.says[key] for term in _terms(page, facets, facet) if key in term.says
            )
        )

    return value


def _labels(facet: str) -> Callable[[Described, Mapping[str, Facet]], list[str]]:
    """Return a value: the labels of the terms of a facet, in the language of the page."""

    def value(page: Described, facets: Mapping[str, Facet]) -> list[str]:
        return [term.label.in_language(page.language) for term in _terms(page, facets, facet)]

    return value


def ages(codes: Sequence[str]) -> tuple[int, int] | None:
    """Return the youngest and oldest age of bands such as `8-10`; None for no band."""
    bounds = [int(bound) for code in codes for bound in code.split("-")]
    return (min(bounds), max(bounds)) if bounds else None


def _age_range(page: Described, _facets: Mapping[str, Facet]) -> str:
    found = ages(page.codes.get("age", ()))
    return f"{found[0]}-{found[1]}" if found else ""


def _audience(page: Described, facets: Mapping[str, Facet]) -> list[dict[str, str]]:
    return [
        {"@type": "EducationalAudience", "educationalRole": role}
        for role in _said("lrmi", "audience")(page, facets)
    ]


def _alignment(page: Described, facets: Mapping[str, Facet]) -> list[dict[str, str]]:
    return [
        {
            "@type": "AlignmentObject",
            "alignmentType": "teaches",
            "educationalFramework": term.says["framework"],
            "targetName": term.label.in_language(page.language).partition(", ")[2],
        }
        for term in _terms(page, facets, "competence")
    ]


def _kinds(page: Described, facets: Mapping[str, Facet]) -> list[str]:
    own = _labels("kind")(page, facets)
    return own + [f"{LRMI}{kind}" for kind in _said("lrmi", "kind")(page, facets)]


def _licence(page: Described, facets: Mapping[str, Facet]) -> str:
    known = facets["licence"].terms.get(page.licence)
    return known.says.get("url", "") if known else ""


def _encoding(page: Described, _facets: Mapping[str, Facet]) -> dict[str, str]:
    if not page.paper:
        return {}
    return {
        "@type": "MediaObject",
        "contentUrl": page.paper,
        "encodingFormat": "application/pdf",
        "contentSize": f"{page.paper_bytes} B",
    }


def _organisation(role: str) -> Callable[[Described, Mapping[str, Facet]], dict[str, str]]:
    def value(page: Described, _facets: Mapping[str, Facet]) -> dict[str, str]:
        name = page.credits.get(role, "")
        return {"@type": "Organization", "name": name} if name else {}

    return value


def _day(when: date | None) -> str:
    return when.isoformat() if when else ""


def _translations(page: Described, _facets: Mapping[str, Facet]) -> list[dict[str, str]]:
    return [
        {"@type": "CreativeWork", "@id": address, "inLanguage": language}
        for language, address in page.translations.items()
    ]


def _video(page: Described, _facets: Mapping[str, Facet]) -> dict[str, Any]:
    """Return schema.org's VideoObject, with its captions as files and its chapters as clips."""
    video = page.video
    if not video:
        return {}
    told = {
        "@type": "VideoObject",
        "name": page.title,
        "description": page.summary,
        "contentUrl": video["film"],
        "encodingFormat": video["type"],
        "contentSize": f"{video['bytes']} B",
        "duration": f"PT{video['seconds']}S" if video["seconds"] else "",
        "thumbnailUrl": page.picture,
        "uploadDate": _day(page.published_at),
        "transcript": video["transcript"],
        "caption": [
            {
                "@type": "MediaObject",
                "contentUrl": address,
                "encodingFormat": "text/vtt",
                "inLanguage": code,
            }
            for code, address in video["tracks"]
        ],
        "hasPart": [
            {
                "@type": "Clip",
                "name": title,
                "startOffset": begins,
                "url": f"{page.address}?at={begins}",
            }
            for begins, title in video["chapters"]
        ],
    }
    return {name: value for name, value in told.items() if value}


TABLE: Final = (
    Row("title", "name", lambda page, _facets: page.title),
    Row("summary", "abstract", lambda page, _facets: page.summary),
    Row("address", "url", lambda page, _facets: page.address),
    Row("language", "inLanguage", lambda page, _facets: page.language),
    Row("kind", "learningResourceType", _kinds),
    Row("topic", "about", _labels("topic")),
    Row("keywords", "keywords", lambda page, _facets: list(page.keywords)),
    Row("audience", "audience", _audience),
    Row("age", "typicalAgeRange", _age_range),
    Row("level", "educationalLevel", _labels("level")),
    Row("competence", "educationalAlignment", _alignment),
    Row("minutes", "timeRequired", lambda page, _: f"PT{page.minutes}M" if page.minutes else ""),
    Row("access", "accessibilityFeature", _said("feature", "access")),
    Row("licence", "license", _licence),
    Row("publisher", "publisher", lambda p, _: {"@type": "Organization", "name": p.publisher}),
    Row("produced_by", "creator", _organisation("produced_by")),
    Row("made_with", "contributor", _organisation("made_with")),
    Row("supported_by", "sponsor", _organisation("supported_by")),
    Row("published_at", "datePublished", lambda page, _facets: _day(page.published_at)),
    Row("reviewed_on", "lastReviewed", lambda page, _facets: _day(page.reviewed_on)),
    Row("picture", "thumbnailUrl", lambda page, _facets: page.picture),
    Row("paper", "encoding", _encoding),
    Row("translations", "workTranslation", _translations),
    Row("video", "video", _video),
    Row("", "isAccessibleForFree", lambda _page, _facets: True),
)


def as_json_ld(page: Described, facets: Mapping[str, Facet]) -> dict[str, Any]:
    """Return a page as JSON-LD of schema.org; one of news is no LearningResource."""
    own = "NewsArticle" if page.kind == _NEWS else "LearningResource"
    found: dict[str, Any] = {"@context": "https://schema.org", "@type": own, "@id": page.address}
    for row in TABLE:
        if value := row.value(page, facets):
            found[row.theirs] = value
    if own == "NewsArticle":
        found["headline"] = page.title
        for name in ("learningResourceType", "educationalLevel", "educationalAlignment"):
            found.pop(name, None)
    elif "lastReviewed" in found:  # schema.org has it for pages alone
        found["@type"] = [own, "WebPage"]
    return found
