"""Editions of the day, and what is declared for them."""

from django.db import models

from balise.awareness.sid.rules import Method, Sort, Wall
from balise.foundation.coded import Coded
from balise.foundation.locking import Lockable

LINE = "awareness"
CONTACT = "awareness_sid.activity.contact"


class Edition(Lockable):
    """One year's day. What is for people is by language."""

    year = models.PositiveSmallIntegerField(unique=True)
    day = models.DateField()
    theme = models.JSONField(default=dict)
    release = models.JSONField(default=dict)  # for the press
    embargo_until = models.DateTimeField(null=True)
    kit = models.SlugField(max_length=100, blank=True)  # of publications
    campaign = models.CharField(max_length=40, blank=True)
    report = models.JSONField(null=True)  # as it was published
    reported_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-year",)

    def __str__(self) -> str:
        return str(self.year)


class Activity(Lockable):
    """What a school or structure does for the day; its contact is sealed, no pupil is named."""

    key = models.UUIDField(unique=True)  # of the form: sent once, whatever the network does
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="activities")
    sort = models.CharField(max_length=12, choices=Sort.choices)
    channel = models.CharField(max_length=12)
    name = models.CharField(max_length=120)  # of the class, school or structure
    area = models.CharField(max_length=3, blank=True)
    on = models.DateField()
    expected = models.PositiveIntegerField()
    met = models.JSONField(default=dict)  # heads by band; empty: not told
    method = models.CharField(max_length=12, choices=Method.choices, blank=True)
    says = models.CharField(max_length=280, blank=True)
    wall = models.CharField(max_length=12, choices=Wall.choices, default=Wall.NONE)
    language = models.CharField(max_length=10)
    declared_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    voided = models.CharField(max_length=12, blank=True)  # the reason
    contact = models.BinaryField(default=b"")

    on_the_wall = Coded(Wall, "wall")

    class Meta:
        verbose_name_plural = "activities"
        indexes = [
            models.Index(fields=("edition", "wall", "declared_at"), name="sid_wall"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def words(self) -> str:
        """Return all that the wall shows of it in words: someone reads them before everyone."""
        return f"{self.name} · {self.says}"
