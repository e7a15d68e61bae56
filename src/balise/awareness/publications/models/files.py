"""Pictures, files to print and films; each says its licence, and who is to be named."""

from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition, get_upload_to

from balise.awareness.publications.models.codes import CodeField
from balise.awareness.publications.rules.films import KINDS


def shown() -> Storage:
    """Return where published files are stored, in clear."""
    return storages["publications"]


def paper_name(_paper: "Paper", filename: str) -> str:
    """Return a place that nobody guesses: a file is public once a page that is public names it."""
    folder = "films" if filename.lower().endswith(tuple(KINDS)) else "documents"
    return f"{folder}/{uuid4().hex}/{filename}"


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

    def generate_rendition_file(self, *args: Any, **kwargs: Any) -> ContentFile[bytes]:
        """Return a size of it; Wagtail's own would leave a temporary file open."""
        with super().generate_rendition_file(*args, **kwargs) as drawn:
            drawn.seek(0)
            return ContentFile(drawn.read(), name=drawn.name)


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
