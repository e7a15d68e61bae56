"""Statements of reasons that may answer our notices, and what people said of that.

All of it is codes, days and numbers that platforms publish: no address, and nobody's words.
"""

from django.db import models
from django.db.models import Q

from balise.foundation.coded import Coded
from balise.foundation.locking import Identified
from balise.takedown.statements.rules.dumps import Contradicts, decided
from balise.takedown.statements.rules.matching import CERTAIN, Reason, ReferenceKind, Source
from balise.takedown.statements.rules.settling import MatchState


class Dump(Identified):
    """A file that was read; read again, it is the same one."""

    digest = models.CharField(max_length=64, unique=True)
    file_name = models.CharField(max_length=200)
    read_at = models.DateTimeField()
    row_count = models.PositiveBigIntegerField(default=0)
    kept_count = models.PositiveBigIntegerField(default=0)
    corrupt_count = models.PositiveBigIntegerField(default=0)
    # How many decisions platforms say followed what; theirs, never counted with ours.
    by_source = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.file_name


class CorruptRow(models.Model):
    """A row that could not be read, and why."""

    dump = models.ForeignKey(Dump, models.CASCADE, related_name="corrupt_rows")
    part = models.CharField(max_length=200)
    line = models.PositiveBigIntegerField()
    why = models.CharField(max_length=24)

    class Meta:
        ordering = ("part", "line")


class Statement(models.Model):
    """A statement of reasons (DSA, Article 17) that may answer a notice; `id` is the database's."""

    id = models.UUIDField(primary_key=True, editable=False)
    dump = models.ForeignKey(Dump, models.PROTECT, related_name="statements")
    host = models.ForeignKey(
        "takedown_directory.Organisation", models.PROTECT, related_name="statements"
    )
    puid = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=40)
    categories = models.JSONField(default=list)
    keywords = models.JSONField(default=list)
    decisions = models.JSONField(default=list)
    ground = models.CharField(max_length=80, blank=True)
    content_on = models.DateField()
    applied_on = models.DateField()
    eans = models.JSONField(default=list)
    automated = models.CharField(max_length=80, blank=True)
    names_us = models.BooleanField(default=False)

    followed = Coded(Source, "source")

    class Meta:
        indexes = (models.Index(fields=("host", "applied_on"), name="statements_of_host"),)
        constraints = (
            models.CheckConstraint(
                name="statement_follows_what_we_know",
                condition=Q(source__in=[each.value for each in Source]),
            ),
        )

    @property
    def said(self) -> list[str]:
        """What was decided, in words."""
        return decided(self.decisions)


class Match(Identified):
    """A statement may answer a notice: proposed with a score, then confirmed or rejected."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="matches")
    notice = models.ForeignKey("takedown_notices.Notice", models.CASCADE, related_name="matches")
    score = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=10, default=MatchState.PROPOSED.value)
    # Empty where the platform's own number settled it.
    settled_by = models.CharField(max_length=60, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    stands = Coded(MatchState, "state")

    class Meta:
        verbose_name_plural = "matches"
        indexes = (models.Index(fields=("state", "-score", "id"), name="matches_to_settle"),)
        constraints = (
            models.UniqueConstraint(
                fields=("statement", "notice"), name="statement_and_notice_meet_once"
            ),
            models.UniqueConstraint(
                fields=("statement",),
                condition=Q(state="confirmed"),
                name="statement_answers_one_notice",
            ),
            models.CheckConstraint(
                name="match_has_a_score_of_a_hundred_at_most",
                condition=Q(score__lte=CERTAIN),
            ),
            models.CheckConstraint(
                name="match_is_settled_at_a_moment",
                condition=Q(state="proposed", settled_at__isnull=True)
                | Q(state__in=("confirmed", "rejected"), settled_at__isnull=False),
            ),
        )

    @property
    def because(self) -> list[Reason]:
        """Why it was proposed, as people read it."""
        return [Reason(code) for code in self.reasons]


class Reference(models.Model):
    """A number under which a platform or a trade knows what a notice is about."""

    notice = models.ForeignKey("takedown_notices.Notice", models.CASCADE, related_name="references")
    kind = models.CharField(max_length=8)
    value = models.CharField(max_length=500)
    noted_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("notice", "kind", "value"), name="notice_has_each_reference_once"
            ),
            models.CheckConstraint(
                name="reference_is_of_a_kind_we_know",
                condition=Q(kind__in=[each.value for each in ReferenceKind]),
            ),
        )


class Contradiction(models.Model):
    """A host's answer to a notice differs from what the monitoring sees, until `ended_at`."""

    notice = models.ForeignKey(
        "takedown_notices.Notice", models.CASCADE, related_name="contradictions"
    )
    kind = models.CharField(max_length=20)
    found_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("notice",),
                condition=Q(ended_at__isnull=True),
                name="notice_contradicts_in_one_way_at_a_time",
            ),
            models.CheckConstraint(
                name="contradiction_is_of_a_kind_we_know",
                condition=Q(kind__in=[each.value for each in Contradicts]),
            ),
        )
