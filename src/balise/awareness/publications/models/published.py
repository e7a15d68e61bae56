"""The tables that the public door reads: pages, and which files they name."""

import re
from typing import Final
from urllib.parse import unquote

from django.db import models

from balise.foundation.files.storage import KEPT_AT, PUBLISHED_AT

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
