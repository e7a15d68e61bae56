"""The tables that the public door reads: pages, and which files they name."""

import re
from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import unquote

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page, PageLogEntry
from wagtail.models.pages import PageLogEntryManager

from balise.awareness.publications import events, rules
from balise.awareness.publications.rules.oai import sets_of
from balise.awareness.readability.rules.measure import goal_of, measured
from balise.foundation import clock
from balise.foundation.accounts.queries import actor_of
from balise.foundation.actors import SYSTEM
from balise.foundation.files.storage import KEPT_AT, PUBLISHED_AT
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code

_FILE: Final = re.compile(rf"{KEPT_AT}([\w.~/%-]+)", re.ASCII)  # as its storage says the address


class Published(models.Model):
    """What is public of a page: all that the public door may read of publications."""

    page_id = models.BigIntegerField(primary_key=True)
    key = models.UUIDField(db_index=True)  # the same in each language
    language = models.CharField(max_length=10)
    slug = models.SlugField(max_length=255)
    title = models.CharField(max_length=255)
    summary = models.CharField(max_length=300)
    html = models.TextField()
    picture = models.CharField(max_length=300, blank=True)
    picture_width = models.PositiveIntegerField(default=0)
    picture_height = models.PositiveIntegerField(default=0)
    picture_says = models.CharField(max_length=255, blank=True)
    picture_credit = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=40, default="")
    codes = models.JSONField(default=dict)  # of each facet of the taxonomy, a list
    minutes = models.PositiveSmallIntegerField(default=0)  # 0 where it is not said
    words = models.TextField(blank=True)  # of the title, then a new line and all others
    licence = models.CharField(max_length=40, blank=True)
    credits = models.JSONField(default=dict)  # by role: produced_by, made_with, supported_by
    paper = models.JSONField(default=dict)  # title, address, bytes, licence, credit; {} for none
    easy = models.SlugField(max_length=255, blank=True)  # the easy-to-read page of the same
    part_of = models.SlugField(max_length=255, blank=True)  # the page of the series it is in
    episode = models.PositiveSmallIntegerField(default=0)  # its place there
    video = models.JSONField(default=dict)  # what `models.videos` says of a film; {} for none
    reviewed_on = models.DateField(null=True)
    review_on = models.DateField(null=True)
    published_at = models.DateTimeField(null=True)
    srcset = models.TextField(blank=True)  # the picture in its sizes, as HTML has them
    behind = models.CharField(max_length=10, blank=True)  # the language whose page changed since
    drawn_from = models.CharField(max_length=64, blank=True)  # of what; another one is drawn anew
    drawn_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["language", "part_of"],
                condition=~models.Q(part_of=""),
                name="episodes_of_a_series",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["language", "slug"], name="one_published_page_for_an_address"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language}/{self.slug}"

    def open_files(self) -> set[str]:
        """Lead to its files at the public door; return their names in the storage."""
        names: set[str] = set()

        def opened(text: str) -> str:
            names.update(unquote(name) for name in _FILE.findall(text))
            return _FILE.sub(rf"{PUBLISHED_AT}\1", text)

        for field in ("picture", "srcset", "html"):
            setattr(self, field, opened(getattr(self, field)))
        for told, field in ((self.paper, "address"), (self.video, "film")):
            if field in told:
                told[field] = opened(told[field])
        return names


class PublicFile(models.Model):
    """A file that a public page names: everyone may have these, and no other."""

    page = models.ForeignKey(Published, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=300, db_index=True)  # in the storage

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "name"], name="a_page_names_a_file_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Address(models.Model):
    """An address that a page has had in public: links to it lead where the page is now."""

    language = models.CharField(max_length=10)
    slug = models.SlugField(max_length=255)
    page_id = models.BigIntegerField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["language", "slug"], name="an_address_of_one_page"),
        ]

    def __str__(self) -> str:
        return f"{self.language}/{self.slug}"


# What an editor sees beside the fields of a page: how its text reads, and its old addresses.


class ReadingPanel(Panel):
    """How hard the text is to read, as it was last saved."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": _("Reading level"), **kwargs})

    class BoundPanel(Panel.BoundPanel):
        template_name = "publications/editor_parts.html#reading_panel"

        def is_shown(self) -> bool:
            return bool(self.instance.body)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            page = self.instance
            goal = goal_of(page.audience)
            text = measured(page.body, language=page.locale.language_code, goal=goal)
            return {**super().get_context_data(parent_context), "text": text, "goal": goal}


class AddressesPanel(Panel):
    """The addresses that a page had in public: each leads where it is now."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": _("Earlier addresses"), **kwargs})

    class BoundPanel(Panel.BoundPanel):
        template_name = "publications/editor_parts.html#addresses_panel"

        def is_shown(self) -> bool:
            return bool(self.instance.pk) and self._earlier().exists()

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "earlier": self._earlier()}

        def _earlier(self) -> Any:
            return Address.objects.filter(page_id=self.instance.pk).exclude(slug=self.instance.slug)


# Wagtail's log of pages, told to the journal.


# What leaves to other catalogues and comes from them: pages withdrawn, records harvested.


class Withdrawn(models.Model):
    """A page that was public in a language and is not any more: harvesters are told for good."""

    key = models.UUIDField()  # of the page, the same in each language
    language = models.CharField(max_length=10)
    slug = models.SlugField(max_length=255)
    sets = models.JSONField(default=list)  # in which harvesters knew it
    gone_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "language"], name="a_page_is_withdrawn_once_a_language"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language}/{self.slug}"


@transaction.atomic
def withdraw(pages: Iterable[int]) -> None:
    """Take pages out of the public table; harvesters go on hearing that they are gone."""
    rows = Published.objects.filter(page_id__in=pages)
    for row in rows.only("key", "language", "slug", "codes"):
        told = {"slug": row.slug, "sets": sets_of(row.codes), "gone_at": clock.now()}
        Withdrawn.objects.update_or_create(key=row.key, language=row.language, defaults=told)
    rows.delete()


class Harvested(models.Model):
    """A record of another catalogue that became a draft; it never becomes a second one."""

    source = models.CharField(max_length=500)  # the address of the feed
    identifier = models.CharField(max_length=500)
    changed = models.CharField(max_length=20)  # its date stamp there, when it was read
    page = models.BigIntegerField()  # of Wagtail; it may be deleted since
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "identifier"], name="a_record_is_harvested_once"
            ),
        ]

    def __str__(self) -> str:
        return self.identifier


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
        if kind is events.PageUnpublished:  # nobody reads it from this moment
            withdraw([instance.pk])
        if action == rules.DELETED:
            Address.objects.filter(page_id=instance.pk).delete()
        return entry


_FACTS = (
    (rules.PUBLISHED, events.PagePublished),
    (rules.SCHEDULED, events.PageScheduled),
    (rules.UNPUBLISHED, events.PageUnpublished),
    ({rules.HELD}, events.PageHeld),
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
