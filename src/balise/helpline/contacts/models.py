"""Records of contacts, sealed; the anonymous facts that stay of them; blocks; canned answers."""

from django.db import models
from django.db.models import Q

from balise.foundation.locking import Identified, Lockable
from balise.helpline.contacts.rules import Channel, ContactState
from balise.helpline.contacts.rules.asking import Answer
from balise.helpline.contacts.rules.blocking import BlockState, Length
from balise.helpline.contacts.rules.forms import Drawer

LINE = "helpline"
WHERE = {drawer: f"helpline_contacts.contact.sealed_{drawer}" for drawer in Drawer}


class Contact(Lockable):
    """One contact, from the moment someone accepts it. Another listener goes on with the same."""

    channel = models.CharField(max_length=9, choices=Channel)
    # The conversation, the call or the message.
    subject = models.UUIDField()
    item = models.UUIDField(null=True, blank=True)
    listener = models.CharField(max_length=36)
    state = models.CharField(max_length=6, choices=ContactState, default=ContactState.OPEN)
    version = models.PositiveIntegerField(default=0)
    # The three parts of the form: what was said, who it is, the counsellor's own notes.
    sealed_body = models.BinaryField(default=b"")
    sealed_person = models.BinaryField(default=b"")
    sealed_notes = models.BinaryField(default=b"")
    risk = models.CharField(max_length=1, default="F")
    kind = models.CharField(max_length=30, blank=True)
    # Blind index of the bearer of the token or of the number, another one each day; empty after two
    # days.
    bearer = models.BinaryField(max_length=16, default=b"")
    waited_s = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("listener", "state", "-begun_at"), name="contacts_mine"),
            models.Index(fields=("begun_at",), name="contacts_begun"),
            models.Index(fields=("bearer",), name="contacts_bearer", condition=~Q(bearer=b"")),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("subject",),
                condition=Q(state=ContactState.OPEN),
                name="a_subject_has_one_record",
            ),
            models.CheckConstraint(
                name="contact_closes_at_a_moment_with_a_kind",
                condition=Q(state=ContactState.CLOSED, closed_at__isnull=False) & ~Q(kind="")
                | Q(state=ContactState.OPEN, closed_at__isnull=True),
            ),
        )


class Fact(Identified):
    """What stays of a contact for the figures: codes, and nothing that identifies anyone.

    It has no link to the contact, and its own id is random.
    """

    day = models.DateField()
    # The day on which it was completed, which figures count it on; of old facts it is not known.
    recorded = models.DateField(null=True, blank=True)
    half_hour = models.PositiveSmallIntegerField()  # 0 is 00:00 to 00:30 in the centre's zone
    channel = models.CharField(max_length=9, choices=Channel)
    kind = models.CharField(max_length=30)
    is_counselling = models.BooleanField()
    topics = models.JSONField(default=list)
    # In years, where it was given; the band is then derived.
    age = models.PositiveSmallIntegerField(null=True, blank=True)
    age_band = models.CharField(max_length=20, blank=True)
    gender = models.CharField(max_length=20, blank=True)
    caller = models.CharField(max_length=20, blank=True)
    risk = models.CharField(max_length=1)
    actions_taken = models.JSONField(default=list)
    place = models.CharField(max_length=20, blank=True)
    outcome = models.CharField(max_length=20, blank=True)
    duration_s = models.PositiveIntegerField()
    waited_s = models.PositiveIntegerField(default=0)
    helpful = models.CharField(max_length=8, choices=Answer, blank=True)
    recommends = models.CharField(max_length=8, choices=Answer, blank=True)
    mood_before = models.PositiveSmallIntegerField(null=True, blank=True)
    mood_after = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("day",), name="contact_facts_by_day"),)


class Questions(models.Model):
    """A link to the questions afterwards: it leads to the fact, and goes once it is used or old."""

    # Blind index of the token.
    token_key = models.BinaryField(max_length=16, primary_key=True)
    fact = models.OneToOneField(Fact, models.CASCADE, related_name="+")
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural = "questions"


class Block(Lockable):
    """A block that ends at a set time."""

    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="blocks"
    )
    length = models.CharField(max_length=3, choices=Length)
    state = models.CharField(max_length=8, choices=BlockState)
    asked_by = models.CharField(max_length=36)
    confirmed_by = models.CharField(max_length=36, blank=True)
    begun_at = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)
    # When a week would end, if a second person agrees.
    would_end_at = models.DateTimeField()


class BlockedDay(models.Model):
    """A bearer's blind of one day: that of another day cannot be told to be the same."""

    block = models.ForeignKey(Block, models.CASCADE, related_name="days")
    day = models.DateField()
    bearer = models.BinaryField(max_length=16)

    class Meta:
        indexes = (models.Index(fields=("bearer",), name="blocked_bearers"),)


class CannedAnswer(Identified):
    """An answer that a listener keeps for themself."""

    account = models.CharField(max_length=36)
    code = models.SlugField(max_length=30)
    language = models.CharField(max_length=10)
    text = models.TextField(max_length=1000)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("account", "code", "language"), name="an_answer_is_kept_once"
            ),
        )
