"""Files that are sent to be published: told by their bytes, and pictures made anew."""

from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from balise.awareness.publications.rules import films
from balise.foundation.files.kinds import HEAD, Kind, kind_of

QUALITY = 90
_NAMED: dict[str, str] = {"pdf": Kind.PDF, **films.KINDS}


class PictureForm(BaseImageForm):
    """A picture, kept as WebP: the right way up, and without place, date or device."""

    def clean_file(self) -> Any:
        """Return the picture made anew, or the one that was there."""
        sent = self.cleaned_data["file"]
        return drawn_anew(sent) if "file" in self.changed_data else sent


class PaperForm(BaseDocumentForm):
    """A file to print or a film: what its bytes are is what its name says."""

    def clean_file(self) -> Any:
        """Return the file; refuse what is neither a PDF nor a film, and one named for another."""
        sent = self.cleaned_data["file"]
        if "file" in self.changed_data:
            sent.seek(0)
            head = sent.read(HEAD)
            kind = films.kind_of(head) or kind_of(head)
            if kind != _NAMED.get(PurePath(sent.name).suffix.lower()[1:]):
                raise ValidationError(_("This file is not a PDF, a WebM or an MP4."), code="kind")
            sent.seek(0)
        return sent


def drawn_anew(sent: Any) -> SimpleUploadedFile:
    """Return a picture's points alone, as WebP."""
    sent.seek(0)
    with Image.open(sent) as picture:
        upright = ImageOps.exif_transpose(picture)
        has_alpha = "A" in upright.getbands() or "transparency" in upright.info
        written = BytesIO()
        upright.convert("RGBA" if has_alpha else "RGB").save(written, "WEBP", quality=QUALITY)
    return SimpleUploadedFile("picture.webp", written.getvalue(), "image/webp")
