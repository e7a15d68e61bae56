"""Resources, pictures and documents, made the way the programme makes them."""

from collections.abc import Sequence
from io import BytesIO
from struct import pack
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.models import Collection

from balise.awareness.publications import actions
from balise.awareness.publications.models import Paper, Picture
from balise.awareness.publications.web.forms import drawn_anew
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import SYSTEM, Actor

CAMERA = "Camera of Camille"
_MAKE = 0x010F  # the tag of a camera's name
_TURNED = 0x0112  # the tag of how it was held; 6 is a quarter to the right


def make_draft(
    *, by: Actor | None = None, language: str = "fr", title: str = "Écrans", **facts: Any
) -> int:
    """Return a page that nobody else reads yet, a sheet unless `kind` says otherwise."""
    return actions.draft(
        by=by or make_actor("editor"),
        language=language,
        title=title,
        body="<p>Un paragraphe.</p>",
        **{"slug": f"texte-{uuid4().hex[:8]}", "summary": "En une phrase.", **facts},
    )


def make_public(
    *, by: Actor | None = None, language: str = "fr", title: str = "Écrans", **facts: Any
) -> int:
    """Return a page that everyone reads."""
    page = make_draft(language=language, title=title, **facts)
    actions.publish(by=by or make_actor("awareness_lead"), page=page)
    actions.settle(by=SYSTEM)
    return page


def make_photograph(*, width: int = 40, height: int = 20) -> bytes:
    """Return a JPEG as a camera writes one: with its name, and turned."""
    written = BytesIO()
    exif = Image.Exif()
    exif[_MAKE], exif[_TURNED] = CAMERA, 6
    Image.new("RGB", (width, height), "teal").save(written, "JPEG", exif=exif)
    return written.getvalue()


def make_film_file(*, seconds: float = 20, kind: str = "webm") -> bytes:
    """Return the beginning of a film that says how long it lasts."""
    if kind == "mp4":
        movie = b"mvhd" + bytes(12) + (1000).to_bytes(4) + int(seconds * 1000).to_bytes(4)
        boxes = b"moov" + (len(movie) + 4).to_bytes(4) + movie
        return b"\0\0\0\x10ftypisom\0\0\0\0" + (len(boxes) + 4).to_bytes(4) + boxes
    head = b"\x42\x82\x84webm"
    length = b"\x2a\xd7\xb1\x83\x0f\x42\x40\x44\x89\x88" + pack(">d", seconds * 1000)
    info = b"\x15\x49\xa9\x66" + bytes([0x80 | len(length)]) + length
    ebml = b"\x1a\x45\xdf\xa3" + bytes([0x80 | len(head)]) + head
    return ebml + b"\x18\x53\x80\x67\x01" + b"\xff" * 7 + info


def make_film(*, seconds: float = 20, **facts: Any) -> Paper:
    """Return a film in the library."""
    film: Paper = Paper.objects.create(
        title="Un film",
        file=ContentFile(make_film_file(seconds=seconds), name="film.webm"),
        collection=Collection.get_first_root_node(),
        **facts,
    )
    return film


CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:04.000\nUne enfant lit.\n\n00:04.000 --> 00:09.500\nLa nuit."


def film_facts(**more: Any) -> dict[str, Any]:
    """Return what a film has that may be public."""
    return {
        "kind": "video",
        "film": make_film(),
        "captions": {"fr": CAPTIONS},
        "transcript": "Une enfant lit. La nuit vient.",
        "chapters": "0:00 Le soir\n0:04 La nuit",
        **more,
    }


def make_paper(**facts: Any) -> Paper:
    """Return a file to print."""
    paper: Paper = Paper.objects.create(
        title="À imprimer",
        file=ContentFile(b"%PDF-1.7", name="a.pdf"),
        collection=Collection.get_first_root_node(),
        **facts,
    )
    return paper


def make_picture(title: str = "Sarcelle", *, width: int = 20) -> Picture:
    """Return a picture of a width, as the form keeps it."""
    picture: Picture = Picture.objects.create(
        title=title,
        description="Une sarcelle.",
        file=drawn_anew(BytesIO(make_photograph(width=20, height=width))),
        collection=Collection.get_first_root_node(),
    )
    return picture


def make_kit(
    *, pages: Sequence[int] | None = None, files: Sequence[Paper] = (), **facts: Any
) -> int:
    """Return a public kit, without its edition: of one workshop where no page is given."""
    if pages is None:
        pages = [make_public(title="Atelier", kind="workshop", minutes=55)]
    parts = [
        {"type": "page", "value": {"what": "workshop", "page": each, "title": "", "minutes": None}}
        for each in pages
    ] + [
        {"type": "file", "value": {"what": "sheet", "file": each.pk, "title": "", "minutes": 0}}
        for each in files
    ]
    return make_public(
        kind="kit", title="Un kit", parts=parts, after="Merci de me le dire.", **facts
    )
