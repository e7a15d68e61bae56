"""What others say of a resource, in our fields and codes; and what is lost on the way. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from balise.awareness.publications.rules.catalogue import plain
from balise.awareness.publications.rules.feeds import MOST, ForeignResource, short
from balise.awareness.publications.rules.metadata.lom import Described
from balise.awareness.publications.rules.metadata.writing import as_json_ld
from balise.awareness.publications.rules.taxonomy import Facet, Term
from balise.foundation import moments

OTHER_KIND: Final = "sheet"
NEWS: Final = "news"
OLDEST: Final = 18  # an age without an end goes so far
_LONGEST_TITLE: Final = 255
_LONGEST_SUMMARY: Final = 300
_LONGEST_USE: Final = 600  # minutes
_AGES: Final = re.compile(r"(\d{1,2})(?:\D+(\d{1,2}))?")
_DURATION: Final = re.compile(r"P(?:\d+D)?T(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:\d+S)?", re.ASCII)
_LICENCE: Final = re.compile(r"creativecommons\.org/licenses/([a-z-]+)/([\d.]+)", re.IGNORECASE)
# Languages as older catalogues write them (ISO 639-2).
_LANGUAGES: Final = {"fre": "fr", "fra": "fr", "eng": "en", "ger": "de", "deu": "de"}
# LOM's words for roles that LRMI calls otherwise.
_ROLES: Final = {"learner": "student"}
# What means the same in schema.org: of a pair, we write the second.
_SAME: Final = {"description": "abstract", "headline": "name", "image": "thumbnailUrl"}
_NOT_COMPARED: Final = frozenset({"@context", "@type", "@id", "mainEntityOfPage"})


@dataclass(frozen=True, slots=True)
class Lost:
    """A property that we do not hold as it was told: `why` is `not-held` or `changed`."""

    name: str
    why: str


def told_of(given: Mapping[str, Any]) -> ForeignResource:
    """Return what a thing of schema.org says."""
    encodings = list(_dicts(given.get("encoding")))
    paper = next((one for one in encodings if "pdf" in _text(one.get("encodingFormat"))), {})
    return ForeignResource(
        title=_text(given.get("name") or given.get("headline")),
        summary=_text(given.get("abstract") or given.get("description")),
        address=_text(given.get("url") or given.get("@id")),
        language=_text(given.get("inLanguage")),
        publisher=_names(given.get("publisher")),
        kinds=[
            *_texts(given.get("learningResourceType")),
            *(one for one in _texts(given.get("@type")) if one == "NewsArticle"),
        ],
        subjects=[*_texts(given.get("about")), *_keywords(given.get("keywords"))],
        roles=[_text(one.get("educationalRole")) for one in _dicts(given.get("audience"))],
        ages=_text(given.get("typicalAgeRange")),
        levels=_texts(given.get("educationalLevel")),
        competences=[
            _text(one.get("targetName")) for one in _dicts(given.get("educationalAlignment"))
        ],
        features=_texts(given.get("accessibilityFeature")),
        duration=_text(given.get("timeRequired")),
        rights=_texts(given.get("license")),
        credits={
            role: name
            for role, theirs in (
                ("produced_by", ("creator", "author")),
                ("made_with", ("contributor",)),
                ("supported_by", ("sponsor", "funder")),
            )
            if (name := next(filter(None, (_names(given.get(one)) for one in theirs)), ""))
        },
        dates={
            "published": _text(given.get("datePublished")),
            "reviewed": _text(given.get("lastReviewed")),
        },
        picture=_text(given.get("thumbnailUrl") or given.get("image")),
        paper=_text(paper.get("contentUrl")),
        paper_bytes=_number(_text(paper.get("contentSize"))),
        translations={
            _text(one.get("inLanguage")): _text(one.get("@id") or one.get("url"))
            for one in _dicts(given.get("workTranslation"))
        },
        parts=[
            (_text(one.get("name")), _text(one.get("url") or one.get("@id")))
            for one in _dicts(given.get("hasPart"))
        ],
    )


def described_of(told: ForeignResource, facets: Mapping[str, Facet]) -> Described:
    """Return a resource of others in our fields; words that we have no code for are left out.

    Subjects that are no topic of ours become keywords.
    """
    kind, topics = _kind(told.kinds, facets), _by_label(told.subjects, facets["topic"])
    wanted = {_ROLES.get(role, role) for role in map(_last, told.roles)}
    language = language_of(told.language)
    codes = {
        "kind": [kind],
        "topic": topics,
        "audience": [t.code for t in _terms(facets, "audience") if t.says.get("lrmi") in wanted],
        "age": _bands(told.ages, facets["age"]),
        "level": _by_label(told.levels, facets["level"]),
        "competence": _by_label(told.competences, facets["competence"]),
        "access": [
            t.code for t in _terms(facets, "access") if t.says.get("feature") in told.features
        ],
        "language": [language] if language in facets["language"].terms else [],
    }
    known = [word for word in told.subjects if _by_label([word], facets["topic"])]
    return Described(
        title=told.title[:_LONGEST_TITLE],
        summary=told.summary[:_LONGEST_SUMMARY],
        address=told.address,
        language=language,
        kind=kind,
        publisher=told.publisher,
        codes={facet: found for facet, found in codes.items() if found},
        minutes=minutes_of(told.duration),
        licence=_licence(told.rights, facets["licence"]),
        keywords=[word for word in told.subjects if word not in known],
        credits=told.credits,
        published_at=_moment(told.dates.get("published", "")),
        reviewed_on=_day(told.dates.get("reviewed", "")),
        picture=told.picture,
        paper=told.paper,
        paper_bytes=told.paper_bytes,
        translations=told.translations,
        parts=told.parts,
    )


def lost(
    given: Mapping[str, Any], held: Described, facets: Mapping[str, Facet]
) -> tuple[Lost, ...]:
    """Return what a thing of schema.org says that we would not say again, by its property."""
    ours = as_json_ld(held, facets)
    found = []
    for name, value in given.items():
        if name in _NOT_COMPARED or value in (None, "", [], {}):
            continue
        theirs = ours.get(name, ours.get(_SAME.get(name, "")))
        if theirs is None:
            found.append(Lost(name, "not-held"))
        elif _plain(name, value) != _plain(name, theirs):
            found.append(Lost(name, "changed"))
    return tuple(found)


def language_of(text: str) -> str:
    """Return a language by two letters; "" where none is said."""
    first = re.split(r"[-_]", text.strip().lower())[0]
    return _LANGUAGES.get(first, first)[:10]


def minutes_of(text: str) -> int:
    """Return the minutes of an ISO 8601 duration, 600 at most; 0 for what is none."""
    found = _DURATION.fullmatch(text.strip())
    if found is None:
        return 0
    return min(int(found[1] or 0) * 60 + int(found[2] or 0), _LONGEST_USE)


def _plain(name: str, value: Any) -> Any:
    """Return a value so that two ways to write the same are equal."""
    if name == "timeRequired":
        return minutes_of(_text(value))
    if name in {"creator", "author", "contributor", "sponsor", "funder", "publisher"}:
        return _names(value)
    if isinstance(value, list):
        return sorted(repr(_plain("", each)) for each in value)
    if isinstance(value, dict):
        return sorted((key, repr(_plain("", each))) for key, each in value.items())
    return [repr(value)] if isinstance(value, str) else value


def _kind(words: Sequence[str], facets: Mapping[str, Facet]) -> str:
    if "NewsArticle" in words:
        return NEWS
    if found := _by_label(words, facets["kind"]):
        return found[0]
    types = {_last(word) for word in words}
    likely = (t.code for t in _terms(facets, "kind") if t.says.get("lrmi") in types)
    return next(likely, OTHER_KIND)


def _by_label(words: Iterable[str], facet: Facet) -> list[str]:
    """Return the codes whose label, in any language, or what is behind its comma, is a word."""
    wanted = {plain(word).strip() for word in words}
    return [term.code for term in facet.terms.values() if wanted & set(_said(term))]


def _said(term: Term) -> Iterator[str]:
    for _language, label in term.label.by_language:
        yield plain(label).strip()
        if "framework" in term.says:
            yield plain(label.partition(", ")[2]).strip()


def _bands(text: str, facet: Facet) -> list[str]:
    """Return the bands of ages that a range touches."""
    found = _AGES.search(text)
    if found is None:
        return []
    first, last = int(found[1]), int(found[2] or OLDEST)
    bounds = {code: tuple(map(int, code.split("-"))) for code in facet.terms}
    return [code for code, (young, old) in bounds.items() if young <= last and first <= old]


def _licence(words: Sequence[str], facet: Facet) -> str:
    for word in words:
        named = _LICENCE.search(word)
        code = f"CC-{named[1]}-{named[2]}".upper() if named else word.strip()
        for term in facet.terms.values():
            if code.casefold() == term.code.casefold():
                return term.code
    return ""


def _terms(facets: Mapping[str, Facet], facet: str) -> Iterable[Term]:
    return facets[facet].terms.values()


def _last(address: str) -> str:
    """Return the last part of a concept's address; a word is itself."""
    return re.split(r"[/#]", address.rstrip("/"))[-1]


def _moment(text: str) -> datetime | None:
    """Return a moment in the zone that it tells: its day is the one of whoever wrote it."""
    try:
        found = datetime.fromisoformat(text)
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        moments.bounded(found)
    except ValueError:
        return None
    return found


def _day(text: str) -> date | None:
    found = _moment(text)
    return found.date() if found else None


def _text(value: Any) -> str:
    """Return a text, or what a thing or the first of a list is called."""
    if isinstance(value, list):
        return _text(value[0]) if value else ""
    if isinstance(value, dict):
        names = (value.get(key) for key in ("@value", "name", "url", "@id"))
        return _text(next(filter(None, names), ""))
    return short(str(value)) if isinstance(value, str | int | float) else ""


def _texts(value: Any) -> list[str]:
    several = value if isinstance(value, list) else [value]
    return [text for each in several[:MOST] if (text := _text(each))]


def _names(value: Any) -> str:
    return ", ".join(_texts(value))


def _keywords(value: Any) -> list[str]:
    """Return keywords: a list, or one text with commas."""
    if isinstance(value, str):
        return [word.strip() for word in value.split(",") if word.strip()][:MOST]
    return _texts(value)


def _dicts(value: Any) -> Iterator[Mapping[str, Any]]:
    for each in (value if isinstance(value, list) else [value])[:MOST]:
        if isinstance(each, dict):
            yield each


def _number(text: str) -> int:
    found = re.match(r"\d{1,12}", text)
    return int(found[0]) if found else 0
