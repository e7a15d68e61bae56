"""Making the edition of a kit's version: its files, once, and never again."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from threading import BoundedSemaphore, Lock
from typing import Any

import orjson
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _, override
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from balise.awareness.publications import access, events
from balise.awareness.publications.documents.apart import NotPrinted, drawn
from balise.awareness.publications.documents.bundle import as_text
from balise.awareness.publications.models import Edition, Kit, Paper as PaperFile, Published, Text
from balise.awareness.publications.queries import kits
from balise.awareness.publications.rules.kits import (
    MADE,
    SOURCE,
    WORDS,
    Block,
    Card,
    File,
    Made,
    Paper,
    Part,
    Printed,
    What,
    as_told,
    blocks_of,
    file_name,
    joined,
    lines_of,
    manifest,
    slug,
    takes,
)
from balise.awareness.publications.rules.taxonomy import taxonomy
from balise.awareness.publications.rules.watching import path_of
from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.refusals import Refused
from balise.foundation.zipping import zipped

_log = logging.getLogger(__name__)


# This process draws one document for a reader at a time, and lets one more wait: of the threads
# that read pages, two are free whatever is asked.
_turn, _room = Lock(), BoundedSemaphore(2)


class TooMany(Refused):
    """Others are served first."""

    code = "too-many"


def make_editions(*, by: Actor) -> int:
    """Make what is missing of the editions of public kits; return how many.

    It may run at any time, twice or after a crash: files have the same place, and the row comes
    after them. A kit waits until all its parts are public.
    """
    access.require(by, access.PUBLISH)
    made = 0
    faults: list[Exception] = []
    for kit in Kit.objects.live().select_related("locale", "picture"):
        if Edition.objects.filter(page_id=kit.pk, number=kit.version).exists():
            continue
        try:
            with override(kit.locale.language_code):
                made += _make(kit, by)
        except Exception as fault:  # noqa: BLE001 - no kit keeps another back
            faults.append(fault)
    if faults:
        raise ExceptionGroup("kits that cannot be made", faults)
    return made


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a kit, with what it is made of: a page of ours, or a file."""

    what: What
    title: str
    minutes: int
    page: Text | None = None
    file: PaperFile | None = None

    @property
    def says(self) -> str:
        return joined((str(WORDS[self.what]), takes(self.minutes)))


def _make(kit: Kit, by: Actor) -> int:
    pieces = _pieces(kit)
    if pieces is None:
        _log.warning("kit %s waits: a part of it is not public", kit.pk)
        return 0
    whole = _paper(kit, pieces)
    told = as_told(whole)
    files = list(_files(kit, pieces, whole, told))
    changes = lines_of(kit.changes)
    said = manifest(
        title=kit.title,
        language=kit.locale.language_code,
        number=kit.version,
        address=whole.address,
        licence=kit.licence,
        credit=_credit(kit),
        changes=changes,
        files=files,
    )
    named = [(each.name, each.octets) for each in files]
    bundle = zipped(
        [*named, ("LICENCES.txt", _licences(kit, files)), ("manifest.json", as_text(said))]
    )
    language, number = kit.locale.language_code, kit.version
    folder = f"kits/{kit.translation_key}/{language}/{number}"
    zip_name = f"{slug(kit.title)}-v{number}.zip"
    for name, octets in (*named, (SOURCE, orjson.dumps(told)), (zip_name, bundle)):
        _store(f"{folder}/{name}", octets)
    with transaction.atomic():
        Edition.objects.create(
            page_id=kit.pk,
            key=kit.translation_key,
            language=language,
            number=number,
            made_at=clock.now(),
            folder=folder,
            zip_name=zip_name,
            zip_bytes=len(bundle),
            zip_sha256=sha256(bundle).hexdigest(),
            manifest=said,
            told={
                "parts": [asdict(each) for each in _parts(pieces)],
                "card": lines_of(kit.after),
            },
        )
        record(
            events.EditionMade(
                subject=kit.translation_key, page=kit.pk, language=Code(language), number=number
            ),
            by=by,
        )
    return 1


def _pieces(kit: Kit) -> list[_Piece] | None:
    """Return the parts of a kit; None where one is not public yet."""
    found: list[_Piece] = []
    for each in kit.parts:
        value = each.value
        what, minutes = What(value["what"]), int(value["minutes"] or 0)
        if each.block_type == "file":
            title = value["title"] or value["file"].title
            found.append(_Piece(what, title, minutes, file=value["file"]))
            continue
        page: Page | None = value["page"]
        text = page.specific if page and page.live else None
        if not isinstance(text, Text):
            return None
        found.append(_Piece(what, value["title"] or text.title, minutes or text.minutes, text))
    return found


def _parts(pieces: Sequence[_Piece]) -> Iterator[Part]:
    for at, piece in enumerate(pieces, start=1):
        address = ""
        if piece.page:
            address = path_of(piece.page.locale.language_code, piece.page.slug)
        name = file_name(at, piece.title, ".pdf")
        yield Part(piece.what.value, piece.title, piece.minutes, address, name)


def _paper(kit: Kit, pieces: Sequence[_Piece]) -> Paper:
    """Return all that is printed of a kit, in one document."""
    today = date_format(localtime(kit.last_published_at or clock.now()), "F Y")
    site = settings.PUBLIC_ADDRESS
    return Paper(
        title=kit.title,
        language=kit.locale.language_code,
        organisation=str(settings.CENTRE.name),
        address=f"{site}{path_of(kit.locale.language_code, kit.slug)}",
        edition=_("Version %(number)s, %(month)s") % {"number": kit.version, "month": today},
        summary=kit.summary,
        card=Card(lines_of(kit.after), list(kits.numbers())),
        parts=[_printed(each) for each in pieces if each.page],
        apart=[each.title for each in pieces if each.file],
        licence=_licence(kit.licence),
        credits=[_credit(kit)],
        cover=True,
        with_card=True,
    )


def _printed(piece: _Piece) -> Printed:
    page = piece.page
    return Printed(piece.title, piece.says, page.summary if page else "", _blocks(piece))


def _blocks(piece: _Piece) -> list[Block]:
    body = expand_db_html(piece.page.body) if piece.page else ""
    return blocks_of(body, site=settings.PUBLIC_ADDRESS)


def _files(
    kit: Kit, pieces: Sequence[_Piece], whole: Paper, told: dict[str, Any]
) -> Iterator[File]:
    credit, licence = _credit(kit), kit.licence
    for piece, part in zip(pieces, _parts(pieces), strict=True):
        if piece.file:
            with piece.file.file.open() as given:
                octets = given.read()
            owner = piece.file.credit or credit
            yield File(
                part.file, piece.what, piece.title, octets, owner, piece.file.licence or licence
            )
            continue
        one = replace(
            whole,
            title=piece.title,
            parts=[_printed(piece)],
            apart=(),
            cover=False,
            with_card=False,
        )
        yield File(part.file, piece.what, piece.title, drawn(as_told(one)), credit, licence)
    card = replace(whole, title=str(MADE[Made.CARD]), parts=(), apart=(), cover=False)
    for made, octets, ending in (
        (Made.CARD, drawn(as_told(card)), ".pdf"),
        (Made.SLIDES, _slides(kit, pieces, whole), ".pptx"),
        (Made.PRINT, drawn(told), ".pdf"),
    ):
        title = str(MADE[made])
        yield File(f"{slug(title)}{ending}", made, title, octets, credit, licence)


def _slides(kit: Kit, pieces: Sequence[_Piece], whole: Paper) -> bytes:
    from balise.awareness.publications.documents.slides import Slide, presented  # noqa: PLC0415 - slow to load

    slides = [Slide(kit.title, [whole.edition, whole.organisation], is_first=True)]
    for piece in pieces:
        if piece.what is not What.WORKSHOP or piece.page is None:
            continue
        slides.append(Slide(piece.title, [piece.page.summary], piece.says, is_first=True))
        heading = piece.title
        for block in _blocks(piece):
            if block.kind in {"h2", "h3"}:
                heading = " ".join(block.said())
            else:
                slides.append(Slide(heading, block.said(), piece.title))
    numbers_said = [f"{one.number} – {one.label}" for one in whole.card.numbers]
    slides.append(Slide(_("People to talk to"), numbers_said))
    slides.append(Slide(_("Licence"), [_credit(kit), whole.licence]))
    return presented(kit.title, whole.language, whole.organisation, slides)


def _credit(kit: Kit) -> str:
    """Return the line by which a kit is named: title, version, who made it, licence."""
    makers = ", ".join(filter(None, (kit.produced_by, kit.made_with))) or str(settings.CENTRE.name)
    version = _("version %(number)s") % {"number": kit.version}
    return f"{kit.title}, {version}, {makers}, {kit.licence}"


def _licence(code: str) -> str:
    known = taxonomy(settings.COUNTRY)["licence"].terms.get(code)
    return str(known.label) if known else code


def _licences(kit: Kit, files: Sequence[File]) -> bytes:
    rows = [f"{each.name}\n  {each.credit}\n  {_licence(each.licence)}" for each in files]
    known = taxonomy(settings.COUNTRY)["licence"].terms.get(kit.licence)
    link = known.says.get("url", "") if known else ""
    return "\n\n".join(filter(None, (_credit(kit), link, *rows))).encode() + b"\n"


def _store(name: str, octets: bytes) -> None:
    """Write a file in its place, also where a crash left a part of it."""
    storage = storages["publications"]
    storage.delete(name)
    kept = storage.save(name, ContentFile(octets))
    if kept != name:
        raise NotPrinted(f"{name} was stored under another name")


def with_structure(*, page: Published, structure: str, by: Actor) -> tuple[str, bytes]:
    """Return the name and the PDF of a kit's last edition, with a structure on its cover.

    Anyone may; nothing is kept. Raises NotHere without an edition, TooMany where others are served.
    """
    del by  # anyone
    name, told = kits.to_print(page)
    if not _room.acquire(blocking=False):
        raise TooMany(_("Many people ask for this at the moment. Try again in a minute."))
    try:
        with _turn:
            return name, drawn({**told, "structure": structure})
    finally:
        _room.release()
