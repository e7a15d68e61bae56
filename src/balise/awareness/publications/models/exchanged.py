"""What leaves to other catalogues and comes from them: pages withdrawn, records harvested."""

from collections.abc import Iterable

from django.db import models, transaction

from balise.awareness.publications.models.published import Published
from balise.awareness.publications.rules.oai import sets_of
from balise.foundation import clock


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
