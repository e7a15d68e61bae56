"""What is public, from the projection alone: each process keeps the catalogue's sets of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, Max, OuterRef, Q
from django.utils.timezone import localtime
from wagtail.models import Page, PageLogEntry

from balise.awareness.publications.models import Address, PublicFile, Published, Text
from balise.awareness.publications.rules import HELD, PUBLISHED, SCHEDULED, UNPUBLISHED
from balise.awareness.publications.rules.catalogue import Asked, Entry, Index
from balise.awareness.publications.rules.metadata import Described
from balise.awareness.publications.rules.taxonomy import taxonomy
from balise.awareness.publications.rules.watching import path_of, tracks as tracks_of
from balise.awareness.usage.ports import Named
from balise.foundation.finding import there

PAGE: Final = 24  # in the catalogue
_ENDS_HOLD: Final = PUBLISHED | SCHEDULED | UNPUBLISHED
SHORT: Final = 3  # for ten minutes
NEXT: Final = 3  # to go on with, below a page
DOSSIER: Final = "dossier"  # a kind
SERIES: Final = "series"  # another
LANGUAGE: Final = "language"  # a facet
_CARD: Final = (
    "page_id", "key", "language", "slug", "title", "summary", "kind", "codes", "minutes",
    "picture", "picture_width", "picture_height", "srcset", "published_at",
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
    """One leaf of the catalogue, and what the whole selection counts.

    `whole` is how many pages the languages asked for have; `collections` are their dossiers, each
    with how many pages it has, where nothing else was asked.
    """

    rows: Sequence[Published]
    total: int
    whole: int
    collections: Sequence[tuple[Published, int]]
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


def moved(*, language: str, slug: str) -> str:
    """Return where a page is that was public at an address, in two queries. Raises NotHere."""
    at = {row.language: row.page_id for row in Address.objects.filter(slug=slug)}
    page = there(at.get(language) or next(iter(at.values()), None))
    return address(there(Published.objects.only(*_CARD).filter(page_id=page).first()))


def earlier(page: int) -> Sequence[str]:
    """Return the slugs at which a page was public and is not now."""
    now = Published.objects.filter(page_id=page).values("slug")
    had = Address.objects.filter(page_id=page).exclude(slug__in=now)
    return list(had.values_list("slug", flat=True))


def listing(asked: Asked, *, leaf: int = 1) -> Listing:
    """Return a leaf of the catalogue, in two queries; the last one where there are fewer."""
    index = _index()
    found = index.find(asked)
    here = {"language": asked.codes.get("language", frozenset())}
    is_whole = not asked.typed and asked.codes.keys() <= here.keys()
    dossiers: tuple[int, ...] = ()
    if is_whole and leaf == 1:
        dossiers = index.find(Asked({**here, "kind": frozenset({DOSSIER})})).pages
    leaf = max(1, min(leaf, -(-len(found.pages) // PAGE)))
    shown = found.pages[(leaf - 1) * PAGE : leaf * PAGE]
    rows = _cards([*shown, *found.ten[:SHORT], *dossiers])
    return Listing(
        [rows[page] for page in shown if page in rows],
        len(found.pages),
        len(found.pages) if is_whole else len(index.find(Asked(here)).pages),
        [(rows[page], _size(index, rows[page])) for page in dossiers if page in rows],
        found.counts,
        [rows[page] for page in found.ten[:SHORT] if page in rows],
    )


def gathered(dossier: Published) -> tuple[Sequence[Published], int]:
    """Return what the catalogue has of a dossier's topics in its language, and the total there.

    Dossiers are not counted; two queries.
    """
    index = _index()
    here = frozenset({dossier.language})
    everything = index.find(Asked({"language": here}))
    rows = _cards(index.find(_of_topics(dossier)).pages)
    total = len(everything.pages) - everything.counts["kind"].get(dossier.kind, 0)
    return [row for row in rows.values() if row.kind != dossier.kind], total


def _size(index: Index, dossier: Published) -> int:
    found = index.find(_of_topics(dossier))
    return len(found.pages) - found.counts["kind"].get(DOSSIER, 0)


def to_go_on(page: Published) -> Sequence[Published]:
    """Return the dossiers of a page's topics, and a few pages beside it, in two queries."""
    index = _index()
    codes = _of_topics(page).codes
    dossiers = index.find(Asked({**codes, "kind": frozenset({DOSSIER})})).pages
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


def episodes(series: Published) -> Sequence[Published]:
    """Return the films of a series, in their order."""
    rows = Published.objects.only(*_CARD).filter(language=series.language, part_of=series.slug)
    return list(rows.order_by("episode", "page_id"))


def series_of(film: Published) -> tuple[Published | None, Sequence[Published]]:
    """Return the series that a film is in with its episodes, in two queries; none for no series."""
    if not film.part_of:
        return None, ()
    rows = Published.objects.only(*_CARD)
    series = rows.filter(language=film.language, slug=film.part_of).first()
    return series, episodes(series) if series else ()


def held() -> Sequence[tuple[Text, Sequence[str]]]:
    """Return the last version of each page that was due and not ready, with what it lacks still."""
    ends = PageLogEntry.objects.filter(page=OuterRef("page"), action__in=_ENDS_HOLD)
    rows = PageLogEntry.objects.filter(action=HELD).annotate(
        ended=Exists(ends.filter(pk__gt=OuterRef("pk")))
    )
    return unready(row.page for row in rows.filter(ended=False).select_related("page"))


def unready(pages: Iterable[Page]) -> Sequence[tuple[Text, Sequence[str]]]:
    """Return those of pages whose last version may not be public, with the reasons."""
    last = (page.get_latest_revision_as_object() for page in dict.fromkeys(pages))
    texts = (page for page in last if isinstance(page, Text))
    found = ((page, [why for _field, why in page.unready()]) for page in texts)
    return [(page, reasons) for page, reasons in found if reasons]


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
    """Return a page as `rules.metadata` reads it: its day is one of the centre's zone."""
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
        published_at=localtime(page.published_at) if page.published_at else None,
        reviewed_on=page.reviewed_on,
        picture=f"{settings.PUBLIC_ADDRESS}{page.picture}" if page.picture else "",
        paper=f"{settings.PUBLIC_ADDRESS}{page.paper['address']}" if page.paper else "",
        paper_bytes=page.paper.get("bytes", 0),
        translations={language: address(row, whole=True) for language, row in found.others.items()},
        country=settings.COUNTRY.upper(),
        video=_whole(page),
    )


def _whole(page: Published) -> dict[str, object]:
    """Return what is told of a film of ours, with whole addresses; nothing of one elsewhere."""
    video = page.video
    if not video.get("film"):
        return {}
    tracks = [(each.code, f"{settings.PUBLIC_ADDRESS}{each.address}") for each in tracks_of(page)]
    film = f"{settings.PUBLIC_ADDRESS}{video['film']}"
    return {**video, "film": film, "tracks": tracks}


def named(*, things: Collection[str], language: str) -> Mapping[str, Named]:
    """Return titles and addresses of keys, in a language where a page has it, else in its own."""
    rows = Published.objects.only("key", "language", "slug", "title").filter(
        key__in=[thing for thing in things if _is_key(thing)]
    )
    ordered = sorted(rows, key=lambda row: row.language == language)  # the last one stays
    return {str(row.key): Named(row.title, address(row)) for row in ordered}


def key_at(*, path: str) -> str:
    """Return the key of the page at a path of the public door; "" where there is none."""
    parts = path.partition("?")[0].strip("/").split("/")
    found = Published.objects.filter(language=parts[0], slug=parts[-1]).values_list("key")
    row = found.first()
    return str(row[0]) if row and path_of(parts[0], parts[-1]).strip("/") == "/".join(parts) else ""


def of_file(name: str) -> tuple[str, str]:
    """Return the key and the language of a public page that names a stored file; in one query.

    Raises NotHere for any other file: it is a draft's, or was public before.
    """
    rows = PublicFile.objects.filter(name=name).order_by("page_id")
    key, language = there(rows.values_list("page__key", "page__language").first())
    return str(key), language


def keys() -> Sequence[tuple[str, str, bool]]:
    """Return the key and the language of each public page, and whether it hands out a file."""
    rows = Published.objects.order_by("page_id").values_list("key", "language", "paper")
    return [(str(key), language, bool(paper)) for key, language, paper in rows]


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


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
