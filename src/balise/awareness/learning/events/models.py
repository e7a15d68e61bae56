"""Events, their places, and who registered: a name and an address, sealed."""

from django.db import models
from django.db.models import F, Q

from balise.awareness.learning.events.rules.facts import (
    Audience,
    Comes,
    EventKind,
    EventState,
    Standing,
    Tally,
)
from balise.awareness.learning.events.rules.speaking import Speaking
from balise.foundation.clock import day_of
from balise.foundation.coded import Coded, CodedIfAny
from balise.foundation.locking import Lockable

LINE = "awareness"
PERSON = "awareness_events.registration.sealed"
BLIND = "registration.address"


class Event(Lockable):
    """An event; its id is its UID in calendars, and never changes.

    `words` and `speakers` are those of `rules.facts`. `link` is for who registered: the public door
    does not read it. `reminded` is how many reminders left: the day before, and the hour before.
    """

    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=20, default=EventState.DRAFT)
    words = models.JSONField()
    speakers = models.JSONField(default=list)
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField(db_index=True)
    zone = models.CharField(max_length=60)
    place = models.CharField(max_length=200, blank=True)
    link = models.CharField(max_length=400, blank=True)
    is_online = models.BooleanField(default=False)  # whether there is a link
    audience = models.CharField(max_length=20, default=Audience.ADULTS)
    campaign = models.CharField(max_length=40, blank=True)
    structure = models.UUIDField(null=True)
    organiser = models.CharField(max_length=120, blank=True)
    series = models.CharField(max_length=40, blank=True)
    edition = models.PositiveSmallIntegerField(null=True)
    replay = models.UUIDField(null=True)  # the key of a published film
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    reminded = models.PositiveSmallIntegerField(default=0)

    what = Coded(EventKind, "kind")
    stands = Coded(EventState, "state")
    whom = Coded(Audience, "audience")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("series", "edition"),
                condition=~Q(series="") & Q(edition__isnull=False),
                name="one_event_of_an_edition",
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="ends_after"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def speaking(self) -> Speaking | None:
        """How many speak at it, and on which day of the centre's zone; None unless it is public."""
        if self.stands is not EventState.PUBLISHED:
            return None
        return self.kind, day_of(self.starts_at), len(self.speakers)


class Places(models.Model):
    """The counters of an event, in a row that whoever changes a place locks.

    `closes_at` is until when one registers; None: nobody does. `came` and `heads` are None where
    nobody counted. The counts stay when who registered is erased.
    """

    event = models.OneToOneField(Event, on_delete=models.CASCADE, primary_key=True)
    closes_at = models.DateTimeField(null=True)
    capacity = models.PositiveIntegerField(default=0)
    confirmed = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    not_coming = models.PositiveIntegerField(default=0)
    last = models.PositiveIntegerField(default=0)
    came = models.PositiveIntegerField(null=True)
    heads = models.PositiveIntegerField(null=True)
    views = models.PositiveIntegerField(default=0)  # of the replay, since it is on the page
    views_told = models.PositiveIntegerField(default=0)  # of its film, when they were last counted

    class Meta:
        verbose_name_plural = "places"
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed__lte=F("capacity")), name="no_place_given_twice"
            ),
        ]

    def __str__(self) -> str:
        return str(self.event_id)

    @property
    def tally(self) -> Tally:
        """The counters, as the rules know them."""
        return Tally(self.capacity, self.confirmed, self.waiting, self.not_coming, self.last)


class Registration(Lockable):
    """An adult who registered; `number` is their place in line, and never given again.

    `known_by` is a blind of event and address: a second registration of one address is the same.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="registrations")
    known_by = models.BinaryField(max_length=16, unique=True)
    sealed = models.BinaryField()  # name and address
    language = models.CharField(max_length=10)
    comes_as = models.CharField(max_length=20, blank=True)
    standing = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    registered_at = models.DateTimeField()
    asked_at = models.DateTimeField()  # when this address registered last
    came = models.BooleanField(null=True)

    stands = Coded(Standing, "standing")
    comes = CodedIfAny(Comes, "comes_as")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("event", "number"), name="one_place_in_line"),
        ]
        indexes = [
            models.Index(fields=("event", "standing", "number"), name="events_in_line"),
        ]

    def __str__(self) -> str:
        return str(self.id)
