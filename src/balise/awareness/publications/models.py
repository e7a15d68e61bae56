"""Pages and files in Wagtail's tables; and the table that the public door reads.

A shelf stands for a language, and holds its resources.
"""

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import models, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _, override
from wagtail.admin.panels import FieldPanel, PublishingPanel
from wagtail.documents.models import AbstractDocument
from wagtail.fields import RichTextField
from wagtail.images.models import AbstractImage, AbstractRendition, get_upload_to
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page, PageLogEntry, PagePermissionTester
from wagtail.models.pages import PageLogEntryManager
from wagtail.rich_text import expand_db_html

from balise.awareness.publications import events, rules
from balise.foundation.accounts.queries import actor_of
from balise.foundation.actors import SYSTEM
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code


def shown() -> Storage:
    """Return where published files are stored, in clear."""
    return storages["publications"]


def paper_name(_paper: "Paper", filename: str) -> str:
    """Return a place that nobody guesses: a file is public once a page that is public names it."""
    return f"documents/{uuid4().hex}/{filename}"


class Picture(AbstractImage):
    """A picture, as WebP without what a camera wrote in it; its original is never handed out."""

    file = models.ImageField(
        _("file"),
        storage=shown,
        upload_to=get_upload_to,
        width_field="width",
        height_field="height",
    )

    admin_form_fields = ("title", "file", "description")

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
    """A file to print."""

    file = models.FileField(_("file"), storage=shown, upload_to=paper_name)

    admin_form_fields = ("title", "file")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")


class _OfEveryone(PagePermissionTester):
    """What is published is for everyone: nobody hides it behind a password."""

    def can_set_view_restrictions(self) -> bool:
        return False


class _OnShelf(_OfEveryone):
    """A shelf stays as it is; resources are added to it."""

    def can_edit(self) -> bool:
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:  # noqa: ARG002, FBT001, FBT002 - Wagtail's
        return False

    can_unpublish = can_publish = can_lock = can_edit


class Shelf(Page):
    """Where the resources of a language are."""

    parent_page_types = ()
    subpage_types = ("awareness_publications.Resource",)

    class Meta:
        verbose_name = _("shelf")
        verbose_name_plural = _("shelves")

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return _OnShelf(user, self)


class Resource(Page):
    """A text of the centre's for everyone, in one language."""

    summary = models.CharField(_("summary"), max_length=300)
    picture = models.ForeignKey(
        Picture,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
    )
    body = RichTextField(_("text"), features=list(rules.BODY))

    parent_page_types = ("awareness_publications.Shelf",)
    subpage_types = ()
    template = "publications/resource.html"
    content_panels = (
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("picture"),
        FieldPanel("body"),
    )
    promote_panels = (FieldPanel("slug"),)
    settings_panels = (PublishingPanel(),)

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[Any, str, str]:
        """Return its address in the public door, in its own language."""
        site, _root, _path = super().get_url_parts(request)
        path = f"/{self.locale.language_code}/resources/{self.slug}/"
        return site, settings.PUBLIC_ADDRESS, path

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return _OfEveryone(user, self)

    def get_context(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> dict[str, object]:  # noqa: ARG002
        """Return what a preview shows: the same as the public page."""
        return {"resource": self.as_published()}

    def as_published(self) -> "Published":
        """Return what the public door would show of it, not saved; makes its picture's size."""
        size = self.picture.get_rendition(rules.PICTURE_SIZE) if self.picture else None
        with override(self.locale.language_code):
            html = expand_db_html(self.body)
        return Published(
            page_id=self.pk,
            key=self.translation_key,
            language=self.locale.language_code,
            slug=self.slug,
            title=self.title,
            summary=self.summary,
            html=html,
            picture=size.url if size else "",
            picture_width=size.width if size else 0,
            picture_height=size.height if size else 0,
            picture_says=self.picture.description if self.picture else "",
            of_revision=self.live_revision_id or 0,
            published_at=self.last_published_at,
        )


class Published(models.Model):
    """What is public of a page: all that the public door may read of publications."""

    page_id = models.BigIntegerField(primary_key=True)
    key = models.UUIDField()  # the same in each language
    language = models.CharField(max_length=10)
    slug = models.SlugField(max_length=255)
    title = models.CharField(max_length=255)
    summary = models.CharField(max_length=300)
    html = models.TextField()
    picture = models.CharField(max_length=300, blank=True)
    picture_width = models.PositiveIntegerField(default=0)
    picture_height = models.PositiveIntegerField(default=0)
    picture_says = models.CharField(max_length=255, blank=True)
    of_revision = models.BigIntegerField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["language", "slug"], name="one_published_page_for_an_address"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language}/{self.slug}"


class _Told(PageLogEntryManager):
    """Wagtail's log of pages, told to the journal as it is written."""

    @transaction.atomic
    def log_action(self, instance: Page, action: str, **kwargs: Any) -> Any:
        """Write the entry, and the fact where it is one that the journal keeps."""
        entry = super().log_action(instance, action, **kwargs)
        kind = next((event for names, event in _FACTS if action in names), None)
        if kind is not None:
            user = kwargs.get("user")
            record(
                kind(
                    subject=instance.translation_key,
                    page=instance.pk,
                    language=Code(instance.locale.language_code),
                ),
                by=actor_of(user) if user else SYSTEM,
            )
        return entry


_FACTS = (
    (rules.PUBLISHED, events.PagePublished),
    (rules.SCHEDULED, events.PageScheduled),
    (rules.UNPUBLISHED, events.PageUnpublished),
)


class ToldEntry(PageLogEntry):
    """An entry of Wagtail's log; whoever publishes, by whichever way, is in the journal too."""

    objects = _Told()

    class Meta:
        proxy = True

    @classmethod
    def register(cls, registry: LogActionRegistry) -> None:
        """Take the place of Wagtail's own entries about pages."""
        registry.log_entry_models.discard(PageLogEntry)
        registry.register_model(Page, cls)
