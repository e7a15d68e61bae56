"""Banks of hashes, what changed in them, what was asked, and what was seen lately.

A hash is in clear, for it has to be searched; it tells what a picture looks like to a machine, and
opens none. What was asked and answered is sealed under the key of the line.
"""

from typing import Any

from django.db import models
from django.db.models import Q

from balise.foundation.coded import Coded, CodedIfAny
from balise.foundation.locking import Identified, Lockable
from balise.hotline.matching.banks.rules.asking import Asker, Outcome
from balise.hotline.matching.banks.rules.deciding import EntryState, Opinion
from balise.hotline.matching.signals.rules.kinds import WITHIN, HashKind

LINE = "hotline"
ASKED = "hotline_banks.lookup.sealed"
_KINDS = tuple((kind.value, kind.value) for kind in HashKind)


class Bank(Lockable):
    """A list of hashes of one source. `distance` is in bits of 256; a negative bank wins.

    One that the platform makes has no `name`: `queries/names` says it in the reader's language.
    """

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=120, blank=True)
    labels = models.JSONField(default=list, blank=True)
    distance = models.PositiveSmallIntegerField(default=WITHIN)
    is_negative = models.BooleanField(default=False)
    is_on = models.BooleanField(default=True)
    added_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="a_bank_s_distance_is_of_256_bits", condition=Q(distance__lte=255)
            ),
        )


class Terms(models.Model):
    """What a bank asked for from one moment on: a past look-up is asked again under them."""

    id = models.BigAutoField(primary_key=True)
    bank = models.ForeignKey(Bank, models.CASCADE, related_name="terms")
    at = models.DateTimeField()
    distance = models.PositiveSmallIntegerField()
    is_negative = models.BooleanField()
    is_on = models.BooleanField()

    class Meta:
        verbose_name_plural = "terms"


class Entry(models.Model):
    """A hash in a bank, or one frame of a film (`clip`, `second`). Its id goes to the index."""

    id: Any = models.BigAutoField(primary_key=True)
    bank = models.ForeignKey(Bank, models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=6, choices=_KINDS)
    value = models.BinaryField(max_length=32)
    quality = models.PositiveSmallIntegerField(default=100)
    opinion = models.CharField(max_length=8, choices=Opinion)
    labels = models.JSONField(default=list, blank=True)
    reference = models.CharField(max_length=120, blank=True)
    clip = models.UUIDField(null=True, blank=True)
    second = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=11, choices=EntryState, default=EntryState.ON)
    planted = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    is_kind = Coded(HashKind, "kind")
    stands = Coded(EntryState, "state")
    thinks = Coded(Opinion, "opinion")

    class Meta:
        verbose_name_plural = "entries"
        indexes = (
            models.Index(fields=("value",), name="entries_by_value"),
            models.Index(fields=("bank", "reference"), name="entries_by_reference"),
            models.Index(fields=("clip",), name="entries_of_clip", condition=Q(clip__isnull=False)),
            models.Index(
                fields=("state",), name="entries_not_on", condition=~Q(state=EntryState.ON)
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("bank", "kind", "value", "reference"),
                condition=Q(clip__isnull=True) & ~Q(value=b""),
                name="a_hash_is_once_in_a_bank",
            ),
            models.CheckConstraint(
                name="a_frame_has_its_second",
                condition=Q(clip__isnull=True, second__isnull=True)
                | Q(clip__isnull=False, second__isnull=False),
            ),
            models.CheckConstraint(
                name="what_ended_is_withdrawn",
                condition=Q(state=EntryState.WITHDRAWN, ended_at__isnull=False)
                | ~Q(state=EntryState.WITHDRAWN) & Q(ended_at__isnull=True),
            ),
        )


class Counter(models.Model):
    """The number of the last change, one row: who changes locks it, so numbers come in order."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    seq = models.BigIntegerField(default=0)
    mark = models.UUIDField()


class Change(models.Model):
    """An entry's state and opinion from one moment on. Each process reads those it has not seen.

    `mark` is that of the transaction: after a restored copy, the same numbers say something else.
    """

    seq = models.BigIntegerField(primary_key=True)
    mark = models.UUIDField()
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    state = models.CharField(max_length=11, choices=EntryState)
    opinion = models.CharField(max_length=8, choices=Opinion)

    @property
    def is_on(self) -> bool:
        """Whether the entry is asked from then on."""
        return self.state in {EntryState.ON, EntryState.QUARANTINED}


class Matches(models.Model):
    """How often an entry matched on a day."""

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="matches")
    day = models.DateField()
    many = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "matches"
        constraints = (
            models.UniqueConstraint(fields=("entry", "day"), name="one_count_of_matches_a_day"),
        )
        indexes = (models.Index(fields=("day",), name="matches_by_day"),)


class LookUp(Identified):
    """What was asked and what was answered, sealed; `subject` is the content it was asked for.

    In clear is what a list is narrowed by: no hash, and not which entries matched.
    """

    at = models.DateTimeField()
    subject = models.UUIDField(null=True, blank=True)
    actor_kind = models.CharField(max_length=8)
    actor_key = models.CharField(max_length=36, blank=True)
    # "" where an earlier version wrote it down, and did not say.
    asker = models.CharField(max_length=10, choices=Asker, blank=True)
    kinds = models.CharField(max_length=40, blank=True)
    hits = models.PositiveIntegerField(default=0)
    rule = models.CharField(max_length=11, blank=True)
    outcome = models.CharField(max_length=9, choices=Outcome)
    sealed = models.BinaryField()

    is_of = CodedIfAny(Asker, "asker")
    came_to = Coded(Outcome, "outcome")

    class Meta:
        indexes = (
            models.Index(fields=("at", "id"), name="look_ups_by_moment"),
            models.Index(fields=("asker", "outcome", "at", "id"), name="look_ups_by_asker"),
            models.Index(
                fields=("subject",), name="look_ups_of", condition=Q(subject__isnull=False)
            ),
        )


class Sighting(models.Model):
    """A hash of what passed, for a set time: no picture, no address, the handle alone."""

    id: Any = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=6, choices=_KINDS)
    value = models.BinaryField(max_length=32)
    quality = models.PositiveSmallIntegerField(default=100)
    # The eight turns of a PDQ one after the other, in the order of `Turn`; empty where unknown.
    turns = models.BinaryField(max_length=256, default=b"", blank=True)
    second = models.PositiveIntegerField(null=True, blank=True)
    handle = models.UUIDField()
    day = models.DateField()
    until = models.DateField()

    is_kind = Coded(HashKind, "kind")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("handle", "kind", "value"), name="a_hash_is_seen_once"),
        )
        indexes = (
            models.Index(fields=("value",), name="sightings_by_value"),
            models.Index(fields=("until",), name="sightings_until"),
        )
