"""What is public, from the projection alone; each process keeps the catalogue's sets of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast

from django.conf import settings
from django.db.models import Count, Max, Q

from balise.awareness.publications.models import Published
from balise.awareness.publications.rules.cards import path_of
from balise.awareness.publications.rules.catalogue import Asked, Entry, Index
from balise.awareness.publications.rules.metadata import Described
from balise.awareness.publications.rules.taxonomy import taxonomy
from balise.foundation.finding import there

PAGE: Final = 24  # in the catalogue
SHORT: Final = 3  # for ten minutes
NEXT: Final = 3  # to go on with, below a page
DOSSIER: Final = "dossier"  # a kind
LANGUAGE: Final = "language"  # a facet
_CARD: Final = (
    "page_id", "key", "language", "slug", "title", "summary", "kind", "codes", "minutes",
    "picture", "picture_width", "picture_height", "published_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Read:
    """A page as it is read in one language of the site.

    `others` are addresses of it by language, where they are not its own; `easy` and `full` are the
    easy-to-read page of it, and what it is the easy-to-read page of.
    """

    page: Published
    others: Mapping[str, Published]
    easy: Published | None
    full: Published | None


@dataclass(frozen=True, slots=True)
class Listing:
    """One leaf of the catalogue, and what the whole selection counts."""

    rows: Sequence[Published]
    total: int
    counts: Mapping[str, Mapping[str, int]]
    ten: Sequence[Published]


@dataclass(frozen=True, slots=True)
class Mapped:
    """A page, for machines that look for all of them."""

    address: str
    published_at: datetime | None
    others: Mapping[str, str]


def read(*, language: str, slug: str) -> Read:
    """Return a public page in two queries. Raises NotHere.

    Where the language has none at this address, it is the page that another language has there: in
    this language where it is translated, else in its own.
    """
    at = {row.language: row for row in Published.objects.filter(slug=slug)}
    named = there(at.get(language) or next(iter(at.values()), None))
    near = Published.objects.only(*_CARD, "easy").filter(
        Q(key=named.key) | Q(language=named.language, slug=named.easy) | Q(easy=named.slug)
    )
    rows = [row for row in near if row.page_id != named.page_id]
    return Read(
        named,
        {row.language: row for row in rows if row.key == named.key},
        next((row for row in rows if row.slug == named.easy), None),
        next((r for r in rows if r.language == named.language and r.easy == named.slug), None),
    )


def listing(asked: Asked, *, leaf: int = 1) -> Listing:
    """Return a leaf of the catalogue, in two queries; the last one where there are fewer."""
    found = _index().find(asked)
    leaf = max(1, min(leaf, -(-len(found.pages) // PAGE)))
    shown = found.pages[(leaf - 1) * PAGE : leaf * PAGE]
    rows = _cards([*shown, *found.ten[:SHORT]])
    return Listing(
        [rows[page] for page in shown if page in rows],
        len(found.pages),
        found.counts,
        [rows[page] for page in found.ten[:SHORT] if page in rows],
    )


def gathered(dossier: Published) -> Sequence[Published]:
    """Return what the catalogue has of a dossier's topics in its language, in two queries."""
    found = _index().find(_of_topics(dossier))
    rows = _cards(found.pages)
    return [row for row in rows.values() if row.kind != dossier.kind]


def to_go_on(page: Published) -> Sequence[Published]:
    """Return the dossiers of a page's topics, and a few pages beside it, in two queries."""
    index = _index()
    codes = _of_topics(page).codes
    dossiers = index.find(Asked({**codes, "kind": frozenset({"dossier"})})).pages
    beside = [each for each in index.find(Asked(codes)).pages if each not in dossiers]
    chosen = [each for each in (*dossiers, *beside) if each != page.page_id][:NEXT]
    return list(_cards(chosen).values())


def newest(*, language: str, most: int = PAGE) -> Sequence[Published]:
    """Return what was last published in a language."""
    rows = Published.objects.only(*_CARD).filter(language=language)
    return list(rows.order_by("-published_at", "-page_id")[:most])


def dossiers(*, language: str) -> Sequence[tuple[Published, int]]:
    """Return the dossiers of a language, each with how much it gathers, in two queries."""
    index = _index()
    wanted = {"kind": frozenset({DOSSIER}), LANGUAGE: frozenset({language})}
    rows = _cards(index.find(Asked(wanted)).pages)
    return [(row, len(index.find(_of_topics(row)).pages) - 1) for row in rows.values()]


def addresses(slugs: Sequence[str], *, language: str) -> Mapping[str, str]:
    """Return where pages of a language are, of those slugs that are public."""
    found = Published.objects.filter(language=language, slug__in=slugs)
    return {slug: path_of(language, slug) for slug in found.values_list("slug", flat=True)}


def mapped() -> Sequence[Mapped]:
    """Return each page with its addresses by language, its own included."""
    rows = list(
        Published.objects.only("key", "language", "slug", "published_at").order_by("page_id")
    )
    by_key: dict[object, dict[str, str]] = {}
    for row in rows:
        by_key.setdefault(row.key, {})[row.language] = address(row, whole=True)
    return [Mapped(address(row, whole=True), row.published_at, by_key[row.key]) for row in rows]


def address(page: Published, *, whole: bool = False) -> str:
    """Return where a page is in the public door; `whole` with the host."""
    path = path_of(page.language, page.slug)
    return f"{settings.PUBLIC_ADDRESS}{path}" if whole else path


def is_discreet(page: Published) -> bool:
    """Return whether the history of a shared telephone must not say what the page is about."""
    terms = taxonomy(settings.COUNTRY)["topic"].terms
    return any(terms[code].says.get("discreet") for code in _topics(page) if code in terms)


def described(found: Read) -> Described:
    """Return a page as `rules.metadata` reads it."""
    page = found.page
    return Described(
        title=page.title,
        summary=page.summary,
        address=address(page, whole=True),
        language=page.language,
        kind=page.kind,
        publisher=settings.CENTRE.name.in_language(page.language),
        codes=page.codes,
        minutes=page.minutes,
        licence=page.licence,
        credits=page.credits,
        published_at=page.published_at,
        reviewed_on=page.reviewed_on,
        picture=f"{settings.PUBLIC_ADDRESS}{page.picture}" if page.picture else "",
        paper=f"{settings.PUBLIC_ADDRESS}{page.paper['address']}" if page.paper else "",
        paper_bytes=page.paper.get("bytes", 0),
        translations={language: address(row, whole=True) for language, row in found.others.items()},
    )


def _topics(page: Published) -> Sequence[str]:
    return cast("Sequence[str]", page.codes.get("topic", ()))


def _of_topics(page: Published) -> Asked:
    return Asked(
        {
            "topic": frozenset(_topics(page)) or frozenset({""}),
            "language": frozenset({page.language}),
        }
    )


def _cards(pages: Sequence[int]) -> dict[int, Published]:
    """Return rows by their page, in the order given; one that has gone meanwhile is left out."""
    rows = Published.objects.only(*_CARD).in_bulk(pages)
    return {page: rows[page] for page in pages if page in rows}


type _Version = tuple[int, datetime | None]
_kept: dict[str, tuple[_Version, Index]] = {}


def _index() -> Index:
    """Return the catalogue's sets, made anew once the projection has changed; one query.

    `*` and the moment are both in an index: a count of a column would read all texts on SQLite.
    """
    seen = Published.objects.aggregate(many=Count("*"), last=Max("drawn_at"))
    version = (seen["many"], seen["last"])
    kept = _kept.get(settings.COUNTRY)
    if kept is None or kept[0] != version:
        kept = _kept[settings.COUNTRY] = (version, _made())
    return kept[1]


def _made() -> Index:
    rows = Published.objects.order_by("-published_at", "-page_id")
    entries = [
        Entry(*row) for row in rows.values_list("page_id", "codes", "minutes", "words").iterator()
    ]
    return Index(entries, taxonomy(settings.COUNTRY))
