"""Kits: what an editor gathers, the editions that are made of it, and who waits for the next."""

from typing import Final

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    IntegerBlock,
    PageChooserBlock,
    StreamBlock,
    StructBlock,
)
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import StreamField

from balise.awareness.publications.models.codes import CodesField
from balise.awareness.publications.models.pages import (
    LONGEST_USE,
    Article,
    Dossier,
    News,
    Questions,
    Resource,
    Shelf,
    Text,
)
from balise.awareness.publications.models.videos import Series, Video
from balise.awareness.publications.rules.kits import KIND, MOST_PARTS, WORDS, lines_of
from balise.foundation.mail.subscribers import Subscriber

LINE = "awareness"
ADDRESS = "awareness_publications.follower.sealed"


class PartBlock(StructBlock):
    """What a part of a kit is."""

    what = ChoiceBlock(label=_("what it is"), choices=[(one.value, WORDS[one]) for one in WORDS])
    title = CharBlock(
        label=_("title"),
        max_length=120,
        required=False,
        help_text=_("Empty for the title of the page or file."),
    )
    minutes = IntegerBlock(
        label=_("minutes"), min_value=0, max_value=LONGEST_USE, required=False, default=0
    )


class PagePart(PartBlock):
    """A page of ours, printed for the kit."""

    page = PageChooserBlock(label=_("page"))

    class Meta:
        icon = "doc-full"
        label = _("Page")


class FilePart(PartBlock):
    """A file that is given as it is."""

    file = DocumentChooserBlock(label=_("file"))

    class Meta:
        icon = "download"
        label = _("File")


class Parts(StreamBlock):
    """The parts of a kit, in their order."""

    page = PagePart()
    file = FilePart()

    class Meta:
        max_num = MOST_PARTS


class Kit(Text):
    """All that someone needs for a lesson or an evening; its files are made of each version."""

    KIND = KIND
    template = "publications/kit.html"

    parts = StreamField(Parts(), verbose_name=_("parts"))
    version = models.PositiveSmallIntegerField(
        _("version"),
        default=1,
        help_text=_("A version that is published does not change: raise it to make new files."),
    )
    changes = models.TextField(
        _("what changed"), blank=True, help_text=_("Since the version before. One change a line.")
    )
    after = models.TextField(
        _("after this lesson a child may talk"),
        help_text=_("What the adult says and does. One step a line; the numbers are added."),
    )
    level = CodesField(_("school level"), facet="level")
    competence = CodesField(_("competences"), facet="competence")

    content_panels = (
        *Text.content_panels,
        FieldPanel("parts"),
        MultiFieldPanel([FieldPanel("version"), FieldPanel("changes")], heading=_("Version")),
        FieldPanel("after"),
    )
    promote_panels = (
        *Text.promote_panels,
        MultiFieldPanel([FieldPanel("level"), FieldPanel("competence")], heading=_("School")),
    )

    class Meta:
        verbose_name = _("kit")
        verbose_name_plural = _("kits")

    def clean(self) -> None:
        """Refuse a version before the last that was made, and a next one that says no change."""
        super().clean()
        last = Edition.objects.filter(page_id=self.pk or 0).first()
        if last is None:
            return
        if self.version < last.number:
            raise ValidationError(
                {"version": _("Version %(number)s is published.") % {"number": last.number}}
            )
        said = lines_of(self.changes)
        if self.version > last.number and (not said or said == last.manifest["changes"]):
            raise ValidationError({"changes": _("Say what changed since the version before.")})

    def codes(self) -> dict[str, list[str]]:
        more = {
            "level": self.level,
            "competence": self.competence,
            "format": ["online", "print", "slides"],
        }
        return {**super().codes(), **more}


class Edition(models.Model):
    """A version of a kit as it was published: its files, which never change.

    `manifest` is that of the ZIP (`rules.kits.manifest`); `told` is what the page shows of it: its
    parts and the card for the adult. Nothing of a draft is in it.
    """

    page_id = models.BigIntegerField()
    key = models.UUIDField(db_index=True)  # of the page in all languages
    language = models.CharField(max_length=10)
    number = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    folder = models.CharField(max_length=120, db_index=True)  # in the storage of publications
    zip_name = models.CharField(max_length=100)
    zip_bytes = models.PositiveBigIntegerField()
    zip_sha256 = models.CharField(max_length=64)
    manifest = models.JSONField()
    told = models.JSONField()

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=["page_id", "number"], name="one_edition_of_a_version"),
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.key} {self.number}"


class Follower(Subscriber):
    """Someone who wants to hear of the next version of a kit; `told` is a version's number."""

    line = LINE
    field = "follower.address"
    place = ADDRESS

    kit = models.UUIDField(db_index=True)  # the page's key


# All types of pages, and which one a kind of the taxonomy has.


TYPES: Final[tuple[type[Text], ...]] = (
    Resource,
    Kit,
    Dossier,
    Article,
    News,
    Questions,
    Video,
    Series,
)
Shelf.subpage_types = tuple(f"awareness_publications.{each.__name__}" for each in TYPES)


def type_of(kind: str) -> type[Text]:
    """Return the type of page of a kind of the taxonomy."""
    return next((each for each in TYPES if kind == each.KIND), Resource)
