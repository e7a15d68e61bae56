"""Pages in Wagtail's tables: what an editor says of each, and how it becomes public.

A shelf stands for a language, and holds its pages.
"""

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _, override
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel, PublishingPanel
from wagtail.fields import RichTextField
from wagtail.models import Page, PagePermissionTester
from wagtail.rich_text import expand_db_html

from balise.awareness.publications import rules
from balise.awareness.publications.models.codes import CodeField, CodesField, ResourceKindField
from balise.awareness.publications.models.files import Paper, Picture
from balise.awareness.publications.models.published import (
    Address,
    AddressesPanel,
    Published,
    ReadingPanel,
)
from balise.awareness.publications.rules.catalogue import indexed
from balise.awareness.publications.rules.taxonomy import taxonomy
from balise.awareness.publications.rules.watching import beside, path_of
from balise.foundation.files.storage import PUBLISHED_AT

LONGEST_USE = 600  # minutes
_ON_SHELF = 3  # the depth of a page in Wagtail's tree


class _OfEveryone(PagePermissionTester):
    """What is published is for everyone: nobody hides it behind a password."""

    def can_set_view_restrictions(self) -> bool:
        return False


class _OnShelf(_OfEveryone):
    """A shelf stays as it is; pages are added to it."""

    def can_edit(self) -> bool:
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:  # noqa: ARG002, FBT001, FBT002 - Wagtail's
        return False

    can_unpublish = can_publish = can_lock = can_edit


class Shelf(Page):
    """Where the pages of a language are."""

    parent_page_types = ()

    class Meta:
        verbose_name = _("shelf")
        verbose_name_plural = _("shelves")

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return _OnShelf(user, self)


def _credit(label: Any) -> models.CharField[str, str]:
    return models.CharField(label, max_length=200, blank=True)


class Text(Page):
    """What all pages for everyone share. Codes are those of the taxonomy."""

    KIND = ""  # the type of page, where it is the kind

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
    keywords = models.CharField(
        _("search words"),
        max_length=300,
        blank=True,
        help_text=_("Other words that people type. They are not shown."),
    )
    audience = CodesField(_("for whom"), facet="audience")
    age = CodesField(_("age of the child"), facet="age")
    topic = CodesField(_("topics"), facet="topic")
    access = CodesField(_("accessibility"), facet="access")
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=0, help_text=_("How long it takes; 0 where it is not said.")
    )
    publisher = CodeField(_("published by"), facet="publisher", default="awareness")
    licence = CodeField(_("licence"), facet="licence", default="CC-BY-4.0")
    produced_by = _credit(_("produced by"))
    made_with = _credit(_("made with"))
    supported_by = _credit(_("with the support of"))
    reviewed_on = models.DateField(
        _("last review"), null=True, blank=True, help_text=_("The day someone checked its facts.")
    )
    review_on = models.DateField(
        _("next review"),
        null=True,
        blank=True,
        help_text=_("Left empty: a year after the last review."),
    )
    easy = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("easy-to-read page"),
    )

    parent_page_types = ("awareness_publications.Shelf",)
    subpage_types = ()
    content_panels: tuple[Any, ...] = (
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("picture"),
        FieldPanel("body"),
        ReadingPanel(),
    )
    promote_panels: tuple[Any, ...] = (
        FieldPanel("slug"),
        FieldPanel("keywords"),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("audience", "age", "topic", "minutes", "access")],
            heading=_("Catalogue"),
        ),
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in ("publisher", "produced_by", "made_with", "supported_by", "licence")
            ],
            heading=_("Credits"),
        ),
    )
    settings_panels = (
        PublishingPanel(),
        FieldPanel("reviewed_on"),
        FieldPanel("review_on"),
        PageChooserPanel("easy"),
        AddressesPanel(),
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse a day and more, its own page as the easy-to-read one, and a shared address.

        An address is that of one page in all languages: its other language is looked for there.
        """
        super().clean()
        if self.minutes > LONGEST_USE:
            raise ValidationError({"minutes": _("Enter a number of minutes up to 600.")})
        if self.easy_id is not None and self.easy_id == self.pk:
            raise ValidationError({"easy": _("Choose another page.")})
        others = Page.objects.filter(slug=self.slug, depth=_ON_SHELF).exclude(pk=self.pk)
        if others.exclude(translation_key=self.translation_key).exists():
            raise ValidationError({"slug": _("A page in another language has this address.")})
        had = Address.objects.filter(language=self.locale.language_code, slug=self.slug)
        if had.exclude(page_id=self.pk).exists():
            raise ValidationError({"slug": _("Links to this address lead to another page.")})

    def unready(self) -> Iterable[tuple[str, str]]:
        """Return why it may not be public: names of fields, and what to do there."""
        return ()

    def save(self, *args: Any, clean: bool = True, **kwargs: Any) -> Any:
        """Refuse to be public while it is not ready, by whichever way it was published."""
        if clean and self.live and (why := dict(self.unready())):
            raise ValidationError(why)
        return super().save(*args, clean=clean, **kwargs)

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[Any, str, str]:
        """Return its address in the public door, in its own language."""
        site, _root, _path = super().get_url_parts(request)
        return site, settings.PUBLIC_ADDRESS, path_of(self.locale.language_code, self.slug)

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return _OfEveryone(user, self)

    def get_template(self, *_args: Any, **_kwargs: Any) -> str:
        """Return the page of all types; Wagtail gives each class a name of its own."""
        return "publications/page.html"

    def get_context(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> dict[str, object]:  # noqa: ARG002
        """Return what a preview shows: the page as everyone reads it."""
        return beside(self.as_published(), taxonomy(settings.COUNTRY))

    @property
    def kind_code(self) -> str:
        """Return the code of its kind in the taxonomy."""
        return self.KIND

    def codes(self) -> dict[str, list[str]]:
        """Return its codes of each facet."""
        return {
            "audience": self.audience,
            "age": self.age,
            "kind": [self.kind_code],
            "topic": self.topic,
            "access": self.access,
            "publisher": [self.publisher],
            "language": [self.locale.language_code],
        }

    def printed(self) -> Paper | None:
        """Return the file to print."""
        return None

    def behind(self) -> str:
        """Return the language of its original, where that changed since; else ""."""
        made = getattr(self, "made_from", None)
        return made.original.locale.language_code if made and made.is_behind else ""

    def drawn_from(self) -> str:
        """Return a fingerprint of all that its public row is drawn from, files included."""
        picture, paper = self.picture, self.printed()
        seen = [
            self.live_revision_id,
            self.locale.language_code,
            self.slug,
            self.easy.slug if self.easy and self.easy.live else "",
            [picture.file.name, picture.description, _line(picture)] if picture else [],
            _of_paper(paper),
            self.behind(),
            str(self.translation_key),
            PUBLISHED_AT,
        ]
        return sha256(json.dumps(seen).encode()).hexdigest()

    def as_published(self) -> Published:
        """Return what the public door would show of it, not saved; makes its picture's size.

        Its files lead to the staff door, until `Published.open_files`.
        """
        size = self.picture.get_rendition(rules.PICTURE_SIZE) if self.picture else None
        language = self.locale.language_code
        with override(language):
            html = expand_db_html(self.body)
        codes = self.codes()
        return Published(
            page_id=self.pk,
            key=self.translation_key,
            language=language,
            slug=self.slug,
            title=self.title,
            summary=self.summary,
            html=html,
            picture=size.url if size else "",
            picture_width=size.width if size else 0,
            picture_height=size.height if size else 0,
            srcset=self.picture.sources() if self.picture else "",
            picture_says=self.picture.description if self.picture else "",
            picture_credit=_line(self.picture) if self.picture else "",
            kind=self.kind_code,
            codes=codes,
            minutes=self.minutes,
            words=indexed(self.title, self.summary, self.keywords, *_labels(codes, language)),
            licence=self.licence,
            credits={
                "produced_by": self.produced_by,
                "made_with": self.made_with,
                "supported_by": self.supported_by,
            },
            paper=_of_paper(self.printed()),
            easy=self.easy.slug if self.easy and self.easy.live else "",
            reviewed_on=self.reviewed_on,
            review_on=self.review_on,
            published_at=self.last_published_at,
            behind=self.behind(),
            drawn_from=self.drawn_from(),
        )


def _line(file: Picture | Paper) -> str:
    """Return whom a file names, and its licence."""
    terms = taxonomy(settings.COUNTRY)["licence"].terms
    known = terms.get(file.licence)
    return " – ".join(part for part in (file.credit, known.code if known else "") if part)


def _of_paper(paper: Paper | None) -> dict[str, object]:
    if paper is None:
        return {}
    return {
        "title": paper.title,
        "address": paper.file.url,
        "bytes": paper.file_size or 0,
        "credit": _line(paper),
    }


def _labels(codes: dict[str, list[str]], language: str) -> list[str]:
    """Return the words of its topics, kind and audience, by which it is found too."""
    facets = taxonomy(settings.COUNTRY)
    return [
        facets[facet].terms[code].label.in_language(language)
        for facet in ("topic", "kind", "audience")
        for code in codes[facet]
        if code in facets[facet].terms
    ]


class Resource(Text):
    """Something to use: a tool, a guide, a workshop plan, a poster, a comic, a white paper."""

    kind = ResourceKindField(_("type"), facet="kind", default="sheet")
    level = CodesField(_("school level"), facet="level")
    competence = CodesField(_("competences"), facet="competence")
    paper = models.ForeignKey(
        Paper,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("file to print"),
    )

    content_panels = (*Text.content_panels, FieldPanel("paper"))
    promote_panels = (
        FieldPanel("kind"),
        *Text.promote_panels,
        MultiFieldPanel([FieldPanel("level"), FieldPanel("competence")], heading=_("School")),
    )

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")

    @property
    def kind_code(self) -> str:
        return str(self.kind)

    def codes(self) -> dict[str, list[str]]:
        formats = ["online", "print"] if self.paper else ["online"]
        more = {"level": self.level, "competence": self.competence, "format": formats}
        return {**super().codes(), **more}

    def printed(self) -> Paper | None:
        return self.paper


class Dossier(Text):
    """A way into a subject: it shows what the catalogue has of its topics, counted."""

    KIND = "dossier"

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")


class Article(Text):
    """Advice: what to do, and in which order."""

    KIND = "article"

    class Meta:
        verbose_name = _("advice")
        verbose_name_plural = _("advice")


class News(Text):
    """Something that happened, or will."""

    KIND = "news"

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")


class Questions(Text):
    """Questions that people ask, each a heading with its answer below."""

    KIND = "questions"

    class Meta:
        verbose_name = _("frequent questions")
        verbose_name_plural = _("frequent questions")
