"""Meetings with their agenda and documents, seats, decisions and what became of them."""

from django.db import models

from balise.foundation.coded import Coded
from balise.foundation.locking import Lockable
from balise.steering.committee.rules import DecisionState


class Member(Lockable):
    """A seat of the committee: an organisation and a function, never a person's name."""

    organisation = models.CharField(max_length=120)
    function = models.CharField(max_length=120, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        ordering = ("organisation", "function")

    def __str__(self) -> str:
        return f"{self.organisation}, {self.function}" if self.function else self.organisation


class Meeting(Lockable):
    """A meeting of the committee; there is one on a day."""

    day = models.DateField(unique=True)
    place = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("-day",)

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"


class Item(Lockable):
    """A point of the agenda, in its place; `minutes` come afterwards. Words are by language."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    place = models.PositiveSmallIntegerField()
    words = models.JSONField()
    minutes = models.JSONField(default=dict)

    class Meta:
        ordering = ("place", "id")

    def __str__(self) -> str:
        return str(self.id)


class Document(Lockable):
    """What a meeting was given to read, where it is kept."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="documents")
    title = models.CharField(max_length=200)
    address = models.URLField(max_length=500)

    class Meta:
        ordering = ("title",)

    def __str__(self) -> str:
        return self.title


class Decision(Lockable):
    """What a meeting decided, who does it, until when; `cites` are codes of figures."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions")
    number = models.CharField(max_length=10, unique=True)
    words = models.JSONField()
    owner = models.ForeignKey(Member, models.PROTECT, null=True, related_name="decisions")
    due = models.DateField(null=True)
    cites = models.JSONField(default=list)
    state = models.CharField(max_length=10, default=DecisionState.TAKEN.value)
    since = models.DateField()  # of its state

    stands = Coded(DecisionState, "state")

    class Meta:
        ordering = ("-number",)

    def __str__(self) -> str:
        return self.number


class Step(Lockable):
    """What became of a decision on a day; nothing of it is changed."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10)
    day = models.DateField()
    words = models.TextField(blank=True)

    stands = Coded(DecisionState, "state")

    class Meta:
        ordering = ("day", "id")

    def __str__(self) -> str:
        return str(self.id)
