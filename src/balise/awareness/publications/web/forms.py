"""Files that are sent to be published: told by their bytes, and pictures made anew."""

from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from balise.foundation.files.kinds import HEAD, Kind, kind_of

QUALITY = 90


class PictureForm(BaseImageForm):
    """A picture, kept as WebP: the right way up, and without place, date or device."""

    def clean_file(self) -> Any:
        """Return the picture made anew, or the one that was there."""
        sent = self.cleaned_data["file"]
        return drawn_anew(sent) if "file" in self.changed_data else sent


class PaperForm(BaseDocumentForm):
    """A file to print: a PDF by its bytes, whatever its name says."""

    def clean_file(self) -> Any:
        """Return the file, or refuse what is no PDF."""
        sent = self.cleaned_data["file"]
        if "file" in self.changed_data:
            sent.seek(0)
            if kind_of(sent.read(HEAD)) is not Kind.PDF:
                raise ValidationError(_("This file is not a PDF."), code="kind")
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
