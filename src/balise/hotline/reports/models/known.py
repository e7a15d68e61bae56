"""A content's fingerprints, what the banks said of them, and which contents are copies of it.

A fingerprint is in clear, as it is in the banks, for it has to be compared; it opens no picture.
"""

from django.db import models
from django.db.models import Q

from balise.foundation.locking import Identified
from balise.hotline.matching.banks.rules.deciding import Opinion
from balise.hotline.matching.signals.rules.kinds import HashKind, Turn
from balise.hotline.reports.rules.known import Source, Standing, Why

_CONTENT = "hotline_reports.Content"
_KINDS = tuple((kind.value, kind.value) for kind in HashKind)
_TURNS = tuple((turn.value, turn.name.lower()) for turn in Turn)
VALUE_BYTES, TURNS_BYTES = 32, 256


class Fingerprint(Identified):
    """A hash of what a content shows, from a source that is trusted with it.

    `turns` are the eight PDQs one after the other, empty where one alone is known. One that
    `is_trimmed` is of a picture without the bars at its edges. `entry` is what it became in the
    centre's own bank, `opinion` what that says of it now.
    """

    content = models.ForeignKey(_CONTENT, on_delete=models.CASCADE, related_name="fingerprints")
    kind = models.CharField(max_length=6, choices=_KINDS)
    value = models.BinaryField(max_length=VALUE_BYTES)
    quality = models.PositiveSmallIntegerField(default=100)
    turns = models.BinaryField(max_length=TURNS_BYTES, default=b"")
    is_trimmed = models.BooleanField(default=False)
    source = models.CharField(max_length=8, choices=Source)
    by = models.CharField(max_length=36, blank=True)
    at = models.DateTimeField()
    entry = models.BigIntegerField(null=True, blank=True)
    opinion = models.CharField(max_length=8, choices=Opinion, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("content", "kind", "value"), name="a_content_has_a_fingerprint_once"
            ),
        )
        indexes = (
            models.Index(
                fields=("entry",), name="fingerprints_banked", condition=Q(entry__isnull=False)
            ),
        )


class Recognition(models.Model):
    """What the banks said of a content, and when they are asked again.

    Until `held_back_until`, while they have not answered, nobody is handed the content.
    """

    content = models.OneToOneField(
        _CONTENT, on_delete=models.CASCADE, primary_key=True, related_name="recognition"
    )
    standing = models.CharField(max_length=8, choices=Standing, default=Standing.ASKED)
    why = models.CharField(max_length=9, choices=Why, blank=True)
    first_asked_at = models.DateTimeField()
    at = models.DateTimeField()
    held_back_until = models.DateTimeField()
    ask_again_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = (
            models.Index(fields=("standing", "content"), name="recognitions_by_standing"),
            models.Index(
                fields=("ask_again_at",),
                name="recognitions_due",
                condition=Q(ask_again_at__isnull=False),
            ),
        )


class Match(models.Model):
    """An entry of a bank that a content's fingerprints match; one of them `counts`."""

    content = models.ForeignKey(_CONTENT, on_delete=models.CASCADE, related_name="matches")
    entry = models.BigIntegerField(db_index=True)
    bank = models.CharField(max_length=40)
    opinion = models.CharField(max_length=8, choices=Opinion)
    distance = models.PositiveSmallIntegerField()
    turn = models.PositiveSmallIntegerField(choices=_TURNS)
    counts = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "matches"
        constraints = (
            models.UniqueConstraint(
                fields=("content", "entry"), name="a_content_matches_an_entry_once"
            ),
        )


class Copy(models.Model):
    """A content is a near copy of another (`of`): one row for each direction.

    There is no copy of a copy: what is settled together is near the decided content itself.
    `is_excepted`: a person left this one out when they decided `of` and its copies.
    """

    content = models.ForeignKey(_CONTENT, on_delete=models.CASCADE, related_name="copies_of")
    of = models.ForeignKey(_CONTENT, on_delete=models.CASCADE, related_name="copies")
    distance = models.PositiveSmallIntegerField()
    turn = models.PositiveSmallIntegerField(choices=_TURNS)
    is_excepted = models.BooleanField(default=False)
    # The decision that left it out: undone with it.
    excepted_with = models.ForeignKey(
        "Closing", on_delete=models.SET_NULL, related_name="excepted", null=True, blank=True
    )

    class Meta:
        verbose_name_plural = "copies"
        constraints = (
            models.UniqueConstraint(fields=("content", "of"), name="a_copy_is_once_of_another"),
            models.CheckConstraint(
                name="nothing_is_a_copy_of_itself", condition=~Q(content=models.F("of"))
            ),
        )
