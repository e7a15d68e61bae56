"""Who works how long, who is away, and the shifts of a week. Codes and times; no word of anyone."""

from django.db import models
from django.db.models import F, Q

from balise.foundation.locking import Identified, Lockable
from balise.helpline.queue.rules import Skill
from balise.helpline.staffing.rules.needs import HALVES
from balise.helpline.staffing.rules.rota import Wish
from balise.helpline.staffing.rules.states import RotaState


class Contract(models.Model):
    """Someone who is planned: half hours of work a week, professions, and their wish."""

    account = models.CharField(max_length=36, primary_key=True)
    halves = models.PositiveSmallIntegerField()
    # Codes of `Skill`, between spaces.
    skills = models.CharField(max_length=60, blank=True)
    wish = models.CharField(max_length=5, choices=Wish, default=Wish.ANY)

    @property
    def can(self) -> frozenset[Skill]:
        return frozenset(Skill(code) for code in self.skills.split())


class Absence(Lockable):
    """Days on which someone does not work, both included."""

    account = models.CharField(max_length=36)
    first = models.DateField()
    last = models.DateField()

    class Meta:
        indexes = (models.Index(fields=("last", "first"), name="absences_by_day"),)
        constraints = (
            models.CheckConstraint(
                name="absence_ends_after_it_begins", condition=Q(first__lte=F("last"))
            ),
        )


class Rota(Lockable):
    """The shifts of one week: asked for, drafted, published. One of each week is in force."""

    monday = models.DateField()
    state = models.CharField(max_length=9, choices=RotaState, default=RotaState.ASKED)
    # Seats to plan by half hour for each of seven days; null is closed.
    needs = models.JSONField()
    # What the solver was asked, without a name, and whose place is whose.
    members = models.JSONField()
    asked_by = models.CharField(max_length=36)
    asked_at = models.DateTimeField()
    drafted_at = models.DateTimeField(null=True, blank=True)
    is_best = models.BooleanField(default=False)
    published_by = models.CharField(max_length=36, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("monday",),
                condition=Q(state=RotaState.PUBLISHED),
                name="a_week_has_one_rota_in_force",
            ),
            models.UniqueConstraint(
                fields=("monday",),
                condition=Q(state__in=(RotaState.ASKED, RotaState.DRAFT, RotaState.FAILED)),
                name="a_week_has_one_rota_in_the_making",
            ),
            models.CheckConstraint(
                name="a_rota_in_force_was_published_by_someone",
                condition=~Q(state=RotaState.PUBLISHED)
                | Q(published_at__isnull=False) & ~Q(published_by=""),
            ),
        )


class Shift(Identified):
    """Someone's work on one day of a rota, in half hours from 00:00."""

    rota = models.ForeignKey(Rota, models.CASCADE, related_name="shifts")
    account = models.CharField(max_length=36)
    day = models.DateField()
    begins = models.PositiveSmallIntegerField()
    ends = models.PositiveSmallIntegerField()
    break_at = models.PositiveSmallIntegerField(null=True, blank=True)
    is_offered = models.BooleanField(default=False)

    class Meta:
        indexes = (models.Index(fields=("account", "day"), name="shifts_of_someone"),)
        constraints = (
            models.UniqueConstraint(
                fields=("rota", "account", "day"), name="nobody_works_twice_a_day"
            ),
            models.CheckConstraint(
                name="shift_ends_after_it_begins",
                condition=Q(begins__lt=F("ends"), ends__lte=HALVES),
            ),
            models.CheckConstraint(
                name="break_is_within_its_shift",
                condition=Q(break_at__isnull=True)
                | Q(break_at__gt=F("begins"), break_at__lt=F("ends")),
            ),
        )


class Presence(Identified):
    """For how long someone's seat was taken in a half hour: from the journal, each change once."""

    account = models.CharField(max_length=36)
    day = models.DateField()
    half = models.PositiveSmallIntegerField()
    seconds = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "presences"
        constraints = (
            models.UniqueConstraint(
                fields=("day", "half", "account"), name="one_presence_a_half_hour"
            ),
        )
