"""Workshops that structures declare, interventions asked for, and the sealed contact of these."""

from typing import Final

from django.db import models
from django.db.models import Q

from balise.awareness.places.fieldwork.rules.visits import (
    Audience,
    Comes,
    HalfDay,
    Line,
    VisitState,
)
from balise.awareness.places.fieldwork.rules.workshops import Method, Needs, Setting, WorkshopState
from balise.foundation.coded import Coded, CodedIfAny
from balise.foundation.locking import Identified, Lockable

LINE: Final = "awareness"
CONTACT: Final = "network_fieldwork.contact.sealed"
_CODE: Final = 20


class Workshop(Lockable):
    """A workshop of a structure. `key` was made by the phone: what is sent again is the same row.

    `heads` are people by band, those expected while it is planned. `area` and `commune` are codes.
    """

    key = models.UUIDField()
    structure = models.UUIDField()
    state = models.CharField(max_length=_CODE)
    day = models.DateField()
    setting = models.CharField(max_length=_CODE)
    area = models.CharField(max_length=_CODE, blank=True)
    commune = models.CharField(max_length=_CODE, blank=True)
    kit = models.UUIDField(null=True)  # the key of its page
    edition = models.PositiveSmallIntegerField(default=0)
    kit_was_withdrawn = models.BooleanField(default=False)  # it was not public any more
    heads = models.JSONField()
    people = models.PositiveIntegerField()
    method = models.CharField(max_length=_CODE)
    needs = models.CharField(max_length=_CODE, default=Needs.UNKNOWN)
    talked = models.BooleanField(default=False)  # a pupil asked to talk
    campaign = models.CharField(max_length=30, blank=True)
    declared_at = models.DateTimeField()
    corrected_at = models.DateTimeField(null=True)

    stands = Coded(WorkshopState, "state")
    takes_place = Coded(Setting, "setting")
    counted_by = Coded(Method, "method")
    with_needs = Coded(Needs, "needs")

    class Meta:
        ordering = ("-day", "-declared_at")
        constraints = (
            models.UniqueConstraint(
                fields=("structure", "key"), name="one_workshop_of_a_declaration"
            ),
        )
        indexes = (
            models.Index(fields=("state", "day"), name="workshops_by_day"),
            models.Index(fields=("kit",), name="workshops_by_kit", condition=Q(kit__isnull=False)),
        )


class Venue(Identified):
    """Where people are met, known again by `known_as`: a school's code, or its area and name."""

    known_as = models.CharField(max_length=120, unique=True)
    code = models.CharField(max_length=_CODE, blank=True)
    named = models.CharField(max_length=120, db_index=True)
    name = models.CharField(max_length=120)
    area = models.CharField(max_length=_CODE)

    def __str__(self) -> str:
        return self.name


class Intervention(Lockable):
    """A visit to a school, or a talk for professionals: asked for, planned, met.

    `groups` are the class levels or professions asked for, `heads` who was met by these.
    """

    locked_with = "venue"

    venue = models.ForeignKey(Venue, models.PROTECT, related_name="interventions")
    state = models.CharField(max_length=_CODE)
    audience = models.CharField(max_length=_CODE)
    host_line = models.CharField(max_length=_CODE)
    groups = models.JSONField()
    expected = models.PositiveIntegerField()
    wished_from = models.DateField()
    wished_to = models.DateField()
    language = models.CharField(max_length=10)
    campaign = models.CharField(max_length=30, blank=True)
    asked_at = models.DateTimeField()
    asked_on = models.DateField()
    is_again = models.BooleanField(default=False)
    planned_on = models.DateField(null=True)
    half_day = models.CharField(max_length=_CODE, blank=True)
    comes = models.CharField(max_length=_CODE, blank=True)
    structure = models.UUIDField(null=True)
    met_on = models.DateField(null=True)
    heads = models.JSONField(default=dict)
    people = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)  # met, declined or cancelled

    stands = Coded(VisitState, "state")
    for_whom = Coded(Audience, "audience")
    of_line = Coded(Line, "host_line")
    when = CodedIfAny(HalfDay, "half_day")
    who_comes = CodedIfAny(Comes, "comes")

    class Meta:
        ordering = ("asked_at",)
        indexes = (
            models.Index(fields=("state", "planned_on"), name="interventions_by_day"),
            models.Index(fields=("venue", "met_on"), name="interventions_met"),
        )


class Contact(Identified):
    """Who asked for an intervention (its id is this one's) and what they wrote, sealed."""

    sealed = models.BinaryField()
    asked_at = models.DateTimeField()


class Opinion(Identified):
    """How an intervention (its id is this one's) was for the person who asked, from 1 to 5."""

    rating = models.PositiveSmallIntegerField()
    given_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="a_rating_from_1_to_5", condition=Q(rating__gte=1, rating__lte=5)
            ),
        )
