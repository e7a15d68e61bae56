"""Reports, their content, the verdicts on it, and the dialogue with reporters.

Sealed columns hold what only the hotline (or the bearer of a receipt) may read; clear columns hold
only what routing and counting need.
"""

from datetime import datetime

from django.db import models
from django.db.models import Q

from balise.foundation.locking import Identified, Lockable
from balise.hotline.reports.models.known import (
    Copy as Copy,
    Fingerprint as Fingerprint,
    Match as Match,
    Recognition as Recognition,
)
from balise.hotline.reports.models.verdicts import (
    Assessment as Assessment,
    Correction as Correction,
    VerdictDraft as VerdictDraft,
)
from balise.hotline.reports.rules.words import (
    AgeBand,
    Author,
    Channel,
    ContentState,
    PlaceKind,
    ToRead,
    Verdict,
)
from balise.takedown.law.rules.items import (
    FACTS,
    Act,
    AgeGroup,
    Answer,
    Commerciality,
    Item,
    Media,
    Reality,
    Sex,
    SiteType,
)

KEY_BYTES = 16
LINE = "hotline"
# What each sealed column is bound to.
REPORT_BODY = "hotline_reports.report.sealed"
CONTENT_BODY = "hotline_reports.content.sealed"
MESSAGE_BODY = "hotline_reports.message.sealed"
RATIONALE = "hotline_reports.assessment.sealed"
CORRECTION = "hotline_reports.correction.sealed"
DRAFTED = "hotline_reports.verdictdraft.sealed"


class Content(Lockable):
    """One thing that was reported, once or a thousand times: an address, a handle, a number."""

    kind = models.CharField(max_length=10, choices=PlaceKind)
    # Blind indexes: equality within the hotline, nothing else (KEY_BYTES each).
    identity_key = models.BinaryField(max_length=KEY_BYTES, unique=True)
    host_key = models.BinaryField(max_length=KEY_BYTES, default=b"")
    domain_key = models.BinaryField(max_length=KEY_BYTES, default=b"")
    sealed = models.BinaryField()

    state = models.CharField(max_length=12, choices=ContentState, default=ContentState.WAITING)
    category = models.CharField(max_length=24)
    danger = models.BooleanField(default=False)
    concerned = models.BooleanField(default=False)
    minor = models.BooleanField(default=False)
    waited_points = models.PositiveSmallIntegerField(default=0)
    priority = models.PositiveSmallIntegerField()
    report_count = models.PositiveIntegerField(default=1)
    # The content that its address had been taken for, by an earlier reading of addresses.
    split_from = models.UUIDField(null=True, blank=True)
    first_reported_at = models.DateTimeField()
    # Since when it waits again, its earlier file and verdict kept.
    reopened_at = models.DateTimeField(null=True, blank=True)
    # When a report said something of it last, after the first one.
    changed_at = models.DateTimeField(null=True, blank=True)
    # The batch that it is being closed with, until that takes effect.
    closing = models.ForeignKey(
        "Closing",
        on_delete=models.PROTECT,
        related_name="contents",
        db_index=False,
        null=True,
        blank=True,
    )

    country = models.CharField(max_length=2, blank=True)
    network = models.PositiveIntegerField(null=True, blank=True)
    traced_at = models.DateTimeField(null=True, blank=True)

    claimed_by = models.CharField(max_length=36, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    # When the analyst who claims it opened it, in this claim; empty once the claim ends.
    opened_at = models.DateTimeField(null=True, blank=True)

    verdict = models.CharField(max_length=12, choices=Verdict, blank=True)
    offence = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    # When someone who can remove it was first asked to, at the place where it is now.
    removal_asked_at = models.DateTimeField(null=True, blank=True)
    # When the last one who was asked, at the place where it is now, refused.
    removal_refused_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    reappeared_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            # Ids are chosen from these alone, without the rows: by category and age too.
            models.Index(
                fields=("state", "-priority", "first_reported_at", "id", "category"), name="queue"
            ),
            models.Index(fields=("host_key", "id"), name="contents_of_host"),
            models.Index(fields=("domain_key", "id"), name="contents_of_domain"),
            models.Index(fields=("claimed_by",), name="claims", condition=~Q(claimed_by="")),
            models.Index(
                fields=("split_from",), name="splits", condition=Q(split_from__isnull=False)
            ),
            models.Index(
                fields=("closing",),
                name="contents_being_closed",
                condition=Q(closing__isnull=False),
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="content_is_decided_once_its_verdict_is_final",
                condition=(
                    Q(
                        state__in=(
                            ContentState.WAITING,
                            ContentState.SECOND_LOOK,
                            ContentState.CLOSING,
                        ),
                        decided_at__isnull=True,
                    )
                    | Q(
                        state__in=(ContentState.REMOVING, ContentState.REMOVED, ContentState.CLOSED)
                    )
                    & Q(decided_at__isnull=False)
                    & ~Q(verdict="")
                ),
            ),
            models.CheckConstraint(
                name="content_is_removed_at_a_moment",
                condition=Q(state=ContentState.REMOVED, removed_at__isnull=False)
                | ~Q(state=ContentState.REMOVED),
            ),
            models.CheckConstraint(
                name="content_is_given_up_only_if_illegal_and_closed",
                condition=Q(given_up_at__isnull=True)
                | Q(state=ContentState.CLOSED, verdict=Verdict.ILLEGAL),
            ),
            models.CheckConstraint(
                name="content_is_claimed_by_someone_since_a_moment",
                condition=Q(claimed_by="", claimed_at__isnull=True)
                | ~Q(claimed_by="") & Q(claimed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="content_is_being_closed_with_a_batch",
                condition=Q(state=ContentState.CLOSING, closing__isnull=False)
                | ~Q(state=ContentState.CLOSING) & Q(closing__isnull=True),
            ),
            models.CheckConstraint(
                name="content_is_opened_in_a_claim",
                condition=Q(opened_at__isnull=True) | ~Q(claimed_by=""),
            ),
        )

    @property
    def waits_since(self) -> datetime:
        return self.reopened_at or self.first_reported_at


class Closing(Lockable):
    """Contents that one person closes together. Until it takes effect, it can be undone as one.

    What is sent waits for the events of the verdicts, and these for `effective_at`. They are closed
    as out of scope; those `of_copies` take the verdict of their decided copy instead (`like`), if
    that still stands by then.
    """

    of_copies = models.BooleanField(default=False)
    like = models.ForeignKey(
        "Assessment", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    by = models.CharField(max_length=36)
    asked_at = models.DateTimeField()
    effective_at = models.DateTimeField()
    # How many contents it began with, and how many were closed at its end.
    asked = models.PositiveSmallIntegerField()
    closed = models.PositiveSmallIntegerField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=36, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("effective_at",), name="closings_open", condition=Q(ended_at__isnull=True)
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="closing_is_undone_or_has_closed_once_it_ended",
                condition=Q(ended_at__isnull=True, closed__isnull=True, undone_by="")
                | Q(ended_at__isnull=False) & (Q(closed__isnull=False) ^ ~Q(undone_by="")),
            ),
        )


class Report(Lockable):
    """What one person, partner or file told the hotline, about one or several contents."""

    # What makes this one report however often it is sent: the receipt's blind index on the public
    # form, the idempotency key of a partner, the place in the file of an import.
    intake_key = models.BinaryField(max_length=KEY_BYTES, unique=True)
    said_key = models.BinaryField(max_length=KEY_BYTES, default=b"")
    channel = models.CharField(max_length=10, choices=Channel)
    partner = models.UUIDField(null=True, blank=True)
    language = models.CharField(max_length=8, blank=True)
    category = models.CharField(max_length=24)
    age_band = models.CharField(max_length=10, choices=AgeBand, blank=True)
    # Its author says that someone may be in danger: it is read first.
    danger = models.BooleanField(default=False)
    is_finished = models.BooleanField(default=False)
    follow_up = models.BooleanField(default=True)
    sealed = models.BinaryField()
    received_at = models.DateTimeField()
    last_answer_at = models.DateTimeField()
    to_read = models.PositiveSmallIntegerField(choices=ToRead, default=ToRead.NOTHING)
    # When it was finished automatically, as it was left; empty once its author sends it after all.
    left_open_at = models.DateTimeField(null=True, blank=True)
    passed_to_helpline_at = models.DateTimeField(null=True, blank=True)
    certificate_key = models.CharField(max_length=40, blank=True)
    certificate_signature = models.BinaryField(default=b"")

    contents = models.ManyToManyField(Content, through="Mention", related_name="reports")

    class Meta:
        indexes = (
            models.Index(
                fields=("last_answer_at",), name="reports_left_open", condition=Q(is_finished=False)
            ),
            models.Index(
                fields=("-to_read", "received_at", "id"),
                name="reports_to_read",
                condition=Q(to_read__gt=ToRead.NOTHING),
            ),
            models.Index(
                fields=("partner", "-received_at", "id"),
                name="reports_of_partner",
                condition=Q(partner__isnull=False),
            ),
        )


class Mention(models.Model):
    """A report is about a content."""

    # The constraint's own index serves the report too.
    report = models.ForeignKey(
        Report, on_delete=models.CASCADE, related_name="mentions", db_index=False
    )
    content = models.ForeignKey(Content, on_delete=models.CASCADE, related_name="mentions")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("report", "content"), name="a_report_mentions_a_content_once"
            ),
        )


class DescribedItem(models.Model):
    """What one picture, video or text of a content shows, in codes: kept item by item."""

    content = models.ForeignKey(Content, on_delete=models.CASCADE, related_name="items")
    at = models.DateTimeField()
    age = models.CharField(max_length=16, choices=AgeGroup)
    sex = models.CharField(max_length=16, choices=Sex)
    act = models.CharField(max_length=16, choices=Act)
    reality = models.CharField(max_length=16, choices=Reality)
    self_generated = models.CharField(max_length=16, choices=Answer)
    child_modelling = models.CharField(max_length=16, choices=Answer)
    media = models.CharField(max_length=16, choices=Media)
    commerciality = models.CharField(max_length=16, choices=Commerciality)
    site_type = models.CharField(max_length=16, choices=SiteType)

    @property
    def shown(self) -> Item:
        return Item.of_codes({name: getattr(self, name) for name in FACTS})


class Message(Identified):
    """One message of the dialogue between a reporter and the hotline."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="messages")
    author = models.CharField(max_length=10, choices=Author)
    by = models.CharField(max_length=36, blank=True)
    at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        indexes = (models.Index(fields=("report", "at"), name="thread"),)


class SavedView(Lockable):
    """Filters of the queue that someone named. A host is its code alone (`desk.host_code`)."""

    account = models.CharField(max_length=36)
    name = models.CharField(max_length=40)
    state = models.CharField(max_length=12, blank=True)
    category = models.CharField(max_length=24, blank=True)
    age = models.CharField(max_length=4, blank=True)
    of_host = models.CharField(max_length=64, blank=True)
    mine = models.BooleanField(default=False)
    known = models.CharField(max_length=8, blank=True)
    # Deleted by its owner, who can undo that for a day.
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("account", "name"),
                name="a_view_has_a_name_of_its_own",
                condition=Q(deleted_at__isnull=True),
            ),
        )

    @property
    def filters(self) -> dict[str, str]:
        """The parameters of the queue's address."""
        every = {
            "state": self.state,
            "category": self.category,
            "age": self.age,
            "of": self.of_host,
            "mine": "on" if self.mine else "",
            "known": self.known,
        }
        return {name: code for name, code in every.items() if code}
