"""The editions of a kit, and who is to hear of one; files are named, never opened."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from pathlib import PurePosixPath
from typing import Any, Final
from uuid import UUID

import orjson
from django.conf import settings
from django.core.files.storage import storages

from balise.awareness.publications.models import Edition, Follower, Published
from balise.awareness.publications.rules.kits import KIND, SOURCE, Made, Telephone
from balise.foundation.files.storage import PUBLISHED_AT
from balise.foundation.finding import there
from balise.foundation.mail import subscribers

# The parts of a kit, by title and address; the address and the octets of its ZIP.
type Told = tuple[Sequence[tuple[str, str]], Mapping[str, object]]
NUMBERS: Final = ("helpline", "children", "emergency")  # of the card, where a country has them


@dataclass(frozen=True, slots=True)
class Given:
    """A file of an edition, as a page offers it."""

    title: str
    role: str
    address: str
    octets: int
    ending: str  # PDF, PPTX
    sha256: str


@dataclass(frozen=True, slots=True)
class Offered:
    """A part of a kit: what it is, where it is read, its file."""

    what: str
    title: str
    minutes: int
    address: str
    file: Given


@dataclass(frozen=True, slots=True)
class Shown:
    """An edition of a kit, as its page shows it."""

    number: int
    made_at: datetime
    whole: Given
    paper: Given
    slides: Given
    card: Given
    parts: Sequence[Offered]
    changes: Sequence[str]
    says: Sequence[str]
    credit: str


@dataclass(frozen=True, slots=True)
class Addressed:
    """Someone who is to be written to about a kit."""

    address: str
    language: str
    title: str
    kit: str  # its address, without the host


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a kit, and whether the kit is public still."""

    kit: UUID
    number: int
    title: str
    is_public: bool


def version_of(kit: UUID, number: int) -> Version | None:
    """Return a version of a kit by the kit's key, public or not any more; None for no such one."""
    told = Edition.objects.filter(key=kit, number=number).values_list("manifest__title", flat=True)
    title = told.first()
    if title is None:
        return None
    return Version(kit, number, title, Published.objects.filter(key=kit).exists())


def editions(page_id: int) -> list[Shown]:
    """Return the editions of a public kit, the last first; in one query."""
    return [_shown(each) for each in Edition.objects.filter(page_id=page_id)]


def of_folder(folder: str) -> tuple[str, str]:
    """Return the key and the language of the public kit whose edition has its files there.

    Raises NotHere for any other folder: the kit is a draft again, or the edition is not made yet.
    """
    public = Published.objects.values("page_id")
    made = Edition.objects.filter(folder=folder, page_id__in=public)
    key, language = there(made.values_list("key", "language").first())
    return str(key), language


def bundles(pages: Collection[int]) -> Mapping[int, Told]:
    """Return what machines read of the last edition of kits, by page; in one query."""
    if not pages:
        return {}
    last: dict[int, Edition] = {}
    for edition in Edition.objects.filter(page_id__in=pages):
        last.setdefault(edition.page_id, edition)
    return {page: told(_shown(edition)) for page, edition in last.items()}


def told(edition: Shown) -> Told:
    """Return the parts of an edition, and its ZIP, as machines read them: whole addresses."""
    parts = [
        (each.title, f"{settings.PUBLIC_ADDRESS}{each.address or each.file.address}")
        for each in edition.parts
    ]
    whole = f"{settings.PUBLIC_ADDRESS}{edition.whole.address}"
    return parts, {"address": whole, "octets": edition.whole.octets}


def kit(*, language: str, slug: str) -> Published:
    """Return a public kit, in another language where this one has none. Raises NotHere."""
    at = {row.language: row for row in Published.objects.filter(slug=slug, kind=KIND)}
    return there(at.get(language) or next(iter(at.values()), None))


def current(*, language: str) -> Sequence[Version]:
    """Return the last version of each public kit, by title, in a language where it has one."""
    pages = Published.objects.filter(kind=KIND).values_list("page_id", "key", "language", "title")
    found = {page: (key, of, title) for page, key, of, title in pages}
    last = Edition.objects.filter(page_id__in=found).values_list("page_id", "number")
    made: dict[int, int] = {}
    for page, number in last:
        made[page] = max(number, made.get(page, 0))
    kits: dict[UUID, Version] = {}
    for page, number in sorted(made.items(), key=lambda each: found[each[0]][1] == language):
        key, _language, title = found[page]
        kits[key] = Version(key, number, title, is_public=True)
    return sorted(kits.values(), key=lambda each: each.title)


def choices(*, language: str) -> Sequence[tuple[str, str]]:
    """Return the key and the title of each public kit, in a language where it has it."""
    rows = Published.objects.filter(kind=KIND).only("key", "language", "title")
    ordered = sorted(rows, key=lambda row: row.language == language)  # the last one stays
    titles = {str(row.key): row.title for row in ordered}
    return sorted(titles.items(), key=itemgetter(1))


def numbers() -> Iterator[Telephone]:
    """Yield the numbers of the card, as the centre has them now, in the active language."""
    for code in NUMBERS:
        for one in settings.CENTRE.numbers:
            if one.code == code:
                yield Telephone(one.number, str(one.label), str(one.hint))


def to_print(page: Published) -> tuple[str, dict[str, Any]]:
    """Return the name and the source of the whole print of a kit's last edition. Raises NotHere."""
    edition = there(Edition.objects.filter(page_id=page.page_id).first())
    with storages["publications"].open(f"{edition.folder}/{SOURCE}") as source:
        told: dict[str, Any] = orjson.loads(source.read())
    return _named(edition)[Made.PRINT].address.rpartition("/")[2], told


def to_confirm(follower: UUID) -> Addressed | None:
    """Return whom to ask whether they want to hear of a kit; None where it was asked today."""
    one = subscribers.to_confirm(Follower, follower)
    return _addressed(one) if one else None


def to_tell(*, key: UUID, language: str, number: int) -> Iterator[UUID]:
    """Yield who waits for a version of a kit in a language."""
    waiting = Follower.confirmed(kit=key, language=language, told__lt=number)
    yield from waiting.values_list("id", flat=True).iterator()


def to_write(follower: UUID, *, number: int) -> Addressed | None:
    """Return whom to tell of a version; None who has left, or has heard of it."""
    one = subscribers.to_write(Follower, follower, number=number)
    return _addressed(one) if one else None


def _addressed(one: Follower) -> Addressed | None:
    page = Published.objects.filter(key=one.kit, language=one.language).first()
    if page is None:
        return None
    path = f"/{page.language}/resources/{page.slug}/"
    return Addressed(one.address, one.language, page.title, path)


def _named(edition: Edition) -> Mapping[str, Given]:
    """Return the files of an edition by their role, or by their name where they are a part."""
    made = set(Made)
    return {
        (row["role"] if row["role"] in made else row["name"]): Given(
            row["title"],
            row["role"],
            f"{PUBLISHED_AT}{edition.folder}/{row['name']}",
            row["bytes"],
            PurePosixPath(row["name"]).suffix.removeprefix(".").upper(),
            row["sha256"],
        )
        for row in edition.manifest["files"]
    }


def _shown(edition: Edition) -> Shown:
    files = _named(edition)
    whole = Given(
        edition.zip_name,
        "",
        f"{PUBLISHED_AT}{edition.folder}/{edition.zip_name}",
        edition.zip_bytes,
        "ZIP",
        edition.zip_sha256,
    )
    return Shown(
        edition.number,
        edition.made_at,
        whole,
        files[Made.PRINT],
        files[Made.SLIDES],
        files[Made.CARD],
        [
            Offered(row["what"], row["title"], row["minutes"], row["address"], files[row["file"]])
            for row in edition.told["parts"]
        ],
        edition.manifest["changes"],
        edition.told["card"],
        edition.manifest["credit"],
    )
