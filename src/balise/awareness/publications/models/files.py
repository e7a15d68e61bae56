"""Pictures, files to print and films; each says its licence, and who is to be named."""

from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition, get_upload_to

from balise.awareness.publications import rules
from balise.awareness.publications.models.codes import CodeField
from balise.awareness.publications.rules.pictures import asked, sized
from balise.awareness.publications.rules.watching import KINDS
from balise.foundation.limited.calling import Answered, Limits, call

_LIMITS: Final = Limits(processor=10, memory=500_000_000, time=60.0, answer=20_000_000)


def shown() -> Storage:
    """Return where files of pages are stored, in clear."""
    return storages["publications"]


def paper_name(_paper: "Paper", filename: str) -> str:
    """Return a place that nobody guesses; everyone may have it while a public page names it."""
    folder = "films" if filename.lower().endswith(tuple(KINDS)) else "documents"
    return f"{folder}/{uuid4().hex}/{filename}"


class SizeNotMade(Exception):
    """A size could not be made: the file is not what was kept, or the machine is short."""


class Picture(AbstractImage):
    """A picture, as WebP without what a camera wrote in it; its original is never handed out."""

    file = models.ImageField(
        _("file"),
        storage=shown,
        upload_to=get_upload_to,
        width_field="width",
        height_field="height",
    )

    licence = CodeField(_("licence"), facet="licence", blank=True)
    credit = models.CharField(_("credit line"), max_length=200, blank=True)

    admin_form_fields = ("title", "file", "description", "credit", "licence")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def get_upload_to(self, filename: str) -> str:  # noqa: ARG002 - Wagtail's signature
        """Return a place that nobody guesses; those of its sizes follow from it."""
        return f"original_images/{uuid4().hex}.webp"

    def generate_rendition_file(self, filter: Any, **kwargs: Any) -> ContentFile[bytes]:  # noqa: A002 - Wagtail's name
        """Return a size of it; a width is made in a child with limits. Raises SizeNotMade."""
        if width := rules.width_of(filter.spec):
            return ContentFile(
                self._sized(width), name=f"{Path(str(self.file.name)).stem}.{width}.webp"
            )
        # Wagtail's own would leave a temporary file open.
        with super().generate_rendition_file(filter, **kwargs) as drawn:
            drawn.seek(0)
            return ContentFile(drawn.read(), name=drawn.name)

    def _sized(self, width: int) -> bytes:
        with self.file.open() as original:
            made = call(sized, asked(width, original.read()), limits=_LIMITS)
        if not isinstance(made, Answered):
            raise SizeNotMade(f"picture {self.pk}, width {width}: {made}")
        return made.octets

    def sources(self) -> str:
        """Return its sizes as `srcset` has them, each made where it is missing."""
        widths = [width for width in rules.PICTURE_WIDTHS if width <= self.width]
        sizes = [self.get_rendition(rules.size_of(width)) for width in widths]
        return ", ".join(f"{size.url} {size.width}w" for size in sizes)


class PictureSize(AbstractRendition):
    """A picture in one size."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class Paper(AbstractDocument):
    """A file to print, or a film; Wagtail has one library for both."""

    file = models.FileField(_("file"), storage=shown, upload_to=paper_name)

    licence = CodeField(_("licence"), facet="licence", blank=True)
    credit = models.CharField(_("credit line"), max_length=200, blank=True)

    admin_form_fields = ("title", "file", "credit", "licence")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
