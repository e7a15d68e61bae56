"""Cases: members, codes that reopen one, entries in their versions. Words are encrypted.

All of a file is sealed under one key, that of its record. An entry's text is its last revision that
was not set aside; nothing of the history is changed or taken away while the file lives.
"""

from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from balise.foundation.finding import find
from balise.foundation.locking import Identified, Lockable
from balise.helpline.cases.rules.files import CaseOutcome, CaseState, Via
from balise.helpline.cases.rules.sections import Section

LINE = "helpline"
TITLED = "helpline_cases.case.sealed_title"
REVISED = "helpline_cases.revision.sealed"
REASONED = "helpline_cases.glass.sealed"


class Case(Lockable):
    """A file. `changed_at` is when someone last wrote in it."""

    state = models.CharField(max_length=11, choices=CaseState, default=CaseState.OPEN)
    sealed_title = models.BinaryField()
    opened_by = models.CharField(max_length=36)
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField(db_index=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=CaseOutcome, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("closed_at",), name="cases_closed", condition=Q(closed_at__isnull=False)
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="case_is_closed_at_a_moment_with_an_outcome",
                condition=Q(state=CaseState.CLOSED, closed_at__isnull=False) & ~Q(outcome="")
                | Q(
                    state__in=(CaseState.OPEN, CaseState.IN_PROGRESS),
                    closed_at__isnull=True,
                    outcome="",
                ),
            ),
        )


class CaseCode(models.Model):
    """The blind index of a code that opens a file: eight words, or that of a conversation."""

    index = models.BinaryField(max_length=16, primary_key=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="codes")
    is_words = models.BooleanField()


class CaseContact(models.Model):
    """A contact that belongs to a file; its record is forgotten on its own day."""

    contact = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="contacts")
    at = models.DateTimeField()
    is_again = models.BooleanField(default=False)  # counted as one more of the case in a month


class Member(models.Model):
    """A member of a case."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="members")
    account = models.CharField(max_length=36)
    via = models.CharField(max_length=6, choices=Via)
    since = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("account",), name="case_members"),)
        constraints = (
            models.UniqueConstraint(fields=("case", "account"), name="a_member_is_on_a_case_once"),
        )


class Glass(Lockable):
    """Someone read a file that they are not on; the reason is sealed with the file."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="glasses")
    account = models.CharField(max_length=36)
    at = models.DateTimeField()
    ends_at = models.DateTimeField()
    sealed = models.BinaryField()
    seen_by = models.CharField(max_length=36, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "glasses"
        indexes = (
            models.Index(fields=("at",), name="glasses_unseen", condition=Q(seen_at__isnull=True)),
        )


class Entry(Identified):
    """One thing that a file holds. The day and the person of what is due are in clear."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="entries")
    section = models.CharField(max_length=10, choices=Section)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    # The sealed file of a document, in the storage.
    file = models.UUIDField(null=True, blank=True, unique=True)
    due_on = models.DateField(null=True, blank=True)
    who = models.CharField(max_length=36, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=36, blank=True)
    taken_out_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "entries"
        indexes = (
            models.Index(fields=("case", "section", "made_at"), name="case_entries"),
            models.Index(
                fields=("who", "due_on"),
                name="case_entries_due",
                condition=Q(due_on__isnull=False, done_at__isnull=True),
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("case", "section"),
                condition=Q(section__in=(Section.OVERVIEW, Section.COMPLAINT)),
                name="a_case_has_one_overview_and_one_complaint",
            ),
        )

    @classmethod
    def locked(cls, entry_id: UUID) -> Self:
        """Return an entry with its file, both locked until the open transaction ends."""
        found = cls.objects.select_for_update().select_related("case")
        return find(found, id=entry_id)


class Revision(Identified):
    """One text of an entry: that of a version, or one that came second and was set aside."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    author = models.CharField(max_length=36)
    is_aside = models.BooleanField(default=False)
    sealed = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("entry", "version"),
                condition=Q(is_aside=False),
                name="a_version_has_one_text",
            ),
        )
