"""What a page is in the words of others: one table, a row for each field of ours. Pure.

Sources: schema.org LearningResource and CreativeWork; LRMI concept schemes of DCMI (audience role,
type of resource, type of alignment); LOM (IEEE 1484.12.1); Dublin Core of 15 elements (oai_dc); the
columns of the resource directory of Better Internet for Kids (BIK). Durations are ISO 8601.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final

from balise.awareness.publications.rules.metadata import lom
from balise.awareness.publications.rules.metadata.lom import (
    Described,
    Value,
    age_range,
    day,
    duration,
    labels,
    licence_url,
    rights,
    said,
    terms,
)
from balise.awareness.publications.rules.taxonomy import Facet

ZIP: Final = "application/zip"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field stands in the words of someone else, and its value there; empty for none."""

    name: str
    value: Value


@dataclass(frozen=True, slots=True)
class MetadataRow:
    """One field of ours, what schema.org calls it, and its value there; empty ones are left out.

    `lom`, `dc` and `bik` are its places elsewhere; None where they have none for it. `lomfr` is
    what LOMFR adds to LOM.
    """

    ours: str
    theirs: str = ""
    value: Value = lambda _page, _facets: None
    lom: Place | None = None
    lomfr: Place | None = None
    dc: Place | None = None
    bik: Place | None = None


def _own(name: str) -> Value:
    """Return a value: a field of the page, as it is."""
    read = attrgetter(name)
    return lambda page, _facets: read(page)


def _audience(page: Described, facets: Mapping[str, Facet]) -> list[dict[str, str]]:
    return [
        {"@type": "EducationalAudience", "educationalRole": role}
        for role in said("lrmi", "audience")(page, facets)
    ]


def _alignment(page: Described, facets: Mapping[str, Facet]) -> list[dict[str, str]]:
    return [
        {
            "@type": "AlignmentObject",
            "alignmentType": "teaches",
            "educationalFramework": term.says["framework"],
            "targetName": term.label.in_language(page.language).partition(", ")[2],
        }
        for term in terms(page, facets, "competence")
    ]


def _kinds(page: Described, facets: Mapping[str, Facet]) -> list[str]:
    own: list[str] = labels("kind")(page, facets)
    return own + [f"{lom.LRMI}{kind}" for kind in said("lrmi", "kind")(page, facets)]


def _encoding(page: Described, _facets: Mapping[str, Facet]) -> list[dict[str, str]]:
    files = [(page.paper, "application/pdf", page.paper_bytes)] if page.paper else []
    if page.bundle:
        files.append((page.bundle["address"], ZIP, page.bundle["octets"]))
    return [
        {
            "@type": "MediaObject",
            "contentUrl": address,
            "encodingFormat": kind,
            "contentSize": f"{octets} B",
        }
        for address, kind, octets in files
    ]


def _parts(page: Described, _facets: Mapping[str, Facet]) -> list[dict[str, str]]:
    return [
        {"@type": "LearningResource", "name": title, "url": address}
        for title, address in page.parts
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
        "uploadDate": day(page.published_at),
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


def _formats(page: Described, _facets: Mapping[str, Facet]) -> list[str]:
    return [
        "text/html",
        *(["application/pdf"] if page.paper else []),
        *([ZIP] if page.bundle else []),
    ]


def _bundle(page: Described, _facets: Mapping[str, Facet]) -> str:
    return str(page.bundle.get("address", ""))


def _credit(role: str) -> Callable[[Described], str]:
    return lambda page: page.credits.get(role, "")


def _organisation(role: str) -> Value:
    def value(page: Described, _facets: Mapping[str, Facet]) -> dict[str, str]:
        name = page.credits.get(role, "")
        return {"@type": "Organization", "name": name} if name else {}

    return value


def _day_of(name: str) -> Value:
    read = attrgetter(name)
    return lambda page, _facets: day(read(page))


def _translations(page: Described, _facets: Mapping[str, Facet]) -> list[dict[str, str]]:
    return [
        {"@type": "CreativeWork", "@id": address, "inLanguage": language}
        for language, address in page.translations.items()
    ]


def _topics_of_bik(page: Described, facets: Mapping[str, Facet]) -> list[str]:
    """Return the topics in BIK's words; in our own English ones where it has none."""
    found = terms(page, facets, "topic")
    return list(
        dict.fromkeys(term.says.get("bik") or term.label.in_language("en") for term in found)
    )


def _languages(page: Described, _facets: Mapping[str, Facet]) -> list[str]:
    return [page.language, *page.translations]


TABLE: Final = (
    MetadataRow(
        "title",
        "name",
        _own("title"),
        lom=Place("general/title", lom.text(_own("title"))),
        dc=Place("title", _own("title")),
        bik=Place("title", _own("title")),
    ),
    MetadataRow(
        "summary",
        "abstract",
        _own("summary"),
        lom=Place("general/description", lom.text(_own("summary"))),
        dc=Place("description", _own("summary")),
        bik=Place("description", _own("summary")),
    ),
    MetadataRow(
        "address",
        "url",
        _own("address"),
        lom=Place("general/identifier", lambda page, _: lom.identifier(page.address)),
        dc=Place("identifier", _own("address")),
        bik=Place("link", _own("address")),
    ),
    MetadataRow("address", lom=Place("technical/location", _own("address"))),
    MetadataRow(
        "language",
        "inLanguage",
        _own("language"),
        lom=Place("general/language", _own("language")),
        dc=Place("language", _own("language")),
        bik=Place("languages", _languages),
    ),
    MetadataRow("language", lom=Place("metaMetadata/language", _own("language"))),
    MetadataRow(
        "kind",
        "learningResourceType",
        _kinds,
        lom=Place("educational/learningResourceType", lom.kinds),
        lomfr=Place("educational/learningResourceType", lom.words("kind", "lomfr")),
        dc=Place("type", _kinds),
    ),
    MetadataRow("kind", lomfr=Place("general/lomfr:documentType", lom.words("kind", "document"))),
    MetadataRow(
        "topic",
        "about",
        labels("topic"),
        lom=Place("classification", lom.classified("discipline", "topic")),
        dc=Place("subject", labels("topic")),
        bik=Place("topic", _topics_of_bik),
    ),
    MetadataRow(
        "keywords",
        "keywords",
        lambda page, _: list(page.keywords),
        lom=Place("general/keyword", lom.text(_own("keywords"))),
        dc=Place("subject", lambda page, _: list(page.keywords)),
    ),
    MetadataRow(
        "audience",
        "audience",
        _audience,
        lom=Place("educational/intendedEndUserRole", lom.roles),
        bik=Place("target_audience", said("bik", "audience")),
    ),
    MetadataRow(
        "age",
        "typicalAgeRange",
        age_range,
        lom=Place("educational/typicalAgeRange", lom.age),
        bik=Place("age", age_range),
    ),
    MetadataRow(
        "level",
        "educationalLevel",
        labels("level"),
        lom=Place("classification", lom.classified("educational level", "level")),
    ),
    MetadataRow(
        "level",
        lom=Place("educational/context", lom.school),
        lomfr=Place("educational/context", lom.words("level", "lomfr")),
    ),
    MetadataRow(
        "competence",
        "educationalAlignment",
        _alignment,
        lom=Place("classification", lom.classified("competency", "competence")),
    ),
    MetadataRow(
        "minutes",
        "timeRequired",
        duration,
        lom=Place("educational/typicalLearningTime", lom.time),
    ),
    MetadataRow("access", "accessibilityFeature", said("feature", "access")),
    MetadataRow(
        "licence",
        "license",
        licence_url,
        lom=Place("rights/description", lom.text(rights)),
        dc=Place("rights", rights),
        bik=Place("licence", _own("licence")),
    ),
    MetadataRow("licence", lom=Place("rights/copyrightAndOtherRestrictions", lom.restrictions)),
    MetadataRow(
        "publisher",
        "publisher",
        lambda page, _: {"@type": "Organization", "name": page.publisher},
        lom=Place("lifeCycle/contribute", lom.contributed("publisher", lambda p: p.publisher)),
        dc=Place("publisher", _own("publisher")),
    ),
    MetadataRow(
        "produced_by",
        "creator",
        _organisation("produced_by"),
        lom=Place("lifeCycle/contribute", lom.contributed("author", _credit("produced_by"))),
        dc=Place("creator", lambda page, _: page.credits.get("produced_by", "")),
    ),
    MetadataRow(
        "made_with",
        "contributor",
        _organisation("made_with"),
        lom=Place("lifeCycle/contribute", lom.contributed("unknown", _credit("made_with"))),
        dc=Place("contributor", lambda page, _: page.credits.get("made_with", "")),
    ),
    MetadataRow("supported_by", "sponsor", _organisation("supported_by")),
    MetadataRow(
        "published_at",
        "datePublished",
        _day_of("published_at"),
        lom=Place("lifeCycle/contribute", lom.dated("publisher", lambda p: p.published_at)),
        dc=Place("date", _day_of("published_at")),
        bik=Place("date", lambda page, _: day(page.published_at and page.published_at.date())),
    ),
    MetadataRow(
        "reviewed_on",
        "lastReviewed",
        _day_of("reviewed_on"),
        lom=Place("lifeCycle/contribute", lom.dated("validator", lambda p: p.reviewed_on)),
    ),
    MetadataRow("picture", "thumbnailUrl", _own("picture")),
    MetadataRow("video", "video", _video),
    MetadataRow(
        "parts",
        "hasPart",
        _parts,
        lom=Place("relation", lom.parts),
        dc=Place("relation", lambda page, _: [address for _title, address in page.parts]),
    ),
    # The ZIP of a kit is an `encoding` in schema.org, beside the paper.
    MetadataRow("bundle", lom=Place("technical/location", _bundle), dc=Place("relation", _bundle)),
    MetadataRow(
        "paper",
        "encoding",
        _encoding,
        lom=Place("technical/location", _own("paper")),
        dc=Place("relation", _own("paper")),
    ),
    MetadataRow(
        "paper_bytes",
        lom=Place("technical/size", lambda p, _: str(p.paper_bytes) if p.paper_bytes else ""),
    ),
    MetadataRow(
        "translations",
        "workTranslation",
        _translations,
        lom=Place("relation", lom.translations),
        dc=Place("relation", lambda page, _: list(page.translations.values())),
    ),
    MetadataRow("country", bik=Place("country", _own("country"))),
    # What is the same for each page.
    MetadataRow("", "isAccessibleForFree", lambda _page, _facets: True),
    MetadataRow("", lom=Place("rights/cost", lom.word("no"))),
    MetadataRow("", lom=Place("metaMetadata/metadataSchema", lambda _page, _facets: "LOMv1.0")),
    MetadataRow("", lom=Place("technical/format", _formats), dc=Place("format", _formats)),
)
