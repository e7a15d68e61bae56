"""Resources, pictures and documents, made the way the programme makes them."""

from io import BytesIO
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
