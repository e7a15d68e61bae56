"""The journal's tables. Entries and links are only ever added: triggers refuse the rest."""

from functools import cached_property
from typing import Any

import orjson
from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL


class Entries(models.QuerySet["Entry"]):
    """Entries, found by the indexes they have."""

    def acted_by(self, actor_key: str) -> "Entries":
        """Narrow to what one account or organisation did."""
        column = f"{Entry._meta.db_table}.actor_key"
        has_key = RawSQL(f"{column} > ''", (), output_field=models.BooleanField())  # noqa: S611 - no parameter: see the index
        return self.filter(has_key, actor_key=actor_key)


class Entry(models.Model):
    """One fact, written with the change it tells of, in the same transaction.

    Facts are kept as the very text that the chain is computed over: a JSON column would
    rewrite it.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    line = models.CharField(max_length=20)
    event = models.CharField(max_length=80)
    subject = models.UUIDField()
    actor_kind = models.CharField(max_length=10)
    actor_key = models.CharField(max_length=60, blank=True)
    facts_text = models.TextField()

    objects = Entries.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=("subject", "id"), name="entry_by_subject"),
            models.Index(fields=("event", "id"), name="entry_by_event"),
            # Anyone's entries have no key, so the busiest path never writes this one. SQLite uses
            # it only for a query that repeats the condition word for word: `acted_by`.
            models.Index(
                fields=("actor_key", "id"), name="entry_by_actor", condition=Q(actor_key__gt="")
            ),
        ]

    @cached_property
    def facts(self) -> dict[str, Any]:
        """The event's ids, codes, numbers and dates, as JSON knows them."""
        facts: dict[str, Any] = orjson.loads(self.facts_text)
        return facts


class Link(models.Model):
    """An entry's place in its line's chain; `hash` seals it and everything before it."""

    # No constraint in the database: an entry that someone makes disappear must leave its link.
    entry = models.OneToOneField(
        Entry, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="link"
    )
    line = models.CharField(max_length=20)
    seq = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("line", "seq"), name="one_link_at_each_place"),
        ]


class Chain(models.Model):
    """Where a line's chain ends now."""

    line = models.CharField(max_length=20, primary_key=True)
    seq = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)


class Horizon(models.Model):
    """The one row that a clerk holds while it links.

    Every entry up to `settled` has its link or will never exist. `waiting` is the next such id,
    once the transactions in `writers` have ended.
    """

    id = models.SmallIntegerField(primary_key=True)
    settled = models.BigIntegerField(default=0)
    waiting = models.BigIntegerField(default=0)
    writers = models.TextField(blank=True)


class Cursor(models.Model):
    """How far one subscriber has read one line's chain, and whether it is stuck there."""

    name = models.CharField(max_length=60)
    line = models.CharField(max_length=20)
    seq = models.BigIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    failed_with = models.CharField(max_length=120, blank=True)
    retry_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("name", "line"), name="one_cursor_a_line"),
        ]
