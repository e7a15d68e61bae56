"""Contracts with partners and what they answer; sources of hashes, their bad pages and entries."""

from django.db import models
from django.db.models import Q

from balise.foundation.coded import Coded, CodedIfAny
from balise.foundation.locking import Identified, Lockable
from balise.hotline.matching.exchange.rules.items import CutOff, Fault, Replied, Vote


class Contract(Lockable):
    """What a partner may do. The id is the partner organisation's.

    One that holds a bank pulls `banks`, the codes of ours that it may know of; one that doesn't
    asks, `a_minute` hashes and `a_day` probes at most.
    """

    holds = models.BooleanField(default=False)
    banks = models.JSONField(default=list)
    a_day = models.PositiveIntegerField()
    a_minute = models.PositiveIntegerField()
    agreed_at = models.DateTimeField()
    ends_on = models.DateField(null=True, blank=True)
    # What it told us that it has, by the number of the last change; and when it last came.
    checkpoint = models.BigIntegerField(default=0)
    # From which change it asked for a page that was not signed yet.
    wanted = models.BigIntegerField(null=True, blank=True)
    pulled_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    cut_off_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=8, blank=True)

    because = CodedIfAny(CutOff, "why")

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="who_is_cut_off_is_so_for_a_reason",
                condition=Q(cut_off_at__isnull=True, why="")
                | Q(cut_off_at__isnull=False) & ~Q(why=""),
            ),
        )


class Sheet(models.Model):
    """A page of changes for one partner, signed by the worker: from after a change up to another.

    It goes once the partner has asked for what follows it.
    """

    id = models.BigAutoField(primary_key=True)
    contract = models.ForeignKey(Contract, models.CASCADE, related_name="sheets")
    after = models.BigIntegerField()
    until = models.BigIntegerField()
    entries = models.PositiveIntegerField()
    body = models.BinaryField()
    key_id = models.CharField(max_length=32)
    signature = models.BinaryField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("contract", "after"), name="one_sheet_from_a_change"),
        )


class Handed(models.Model):
    """That a partner was told yes about an entry: it hears when that is withdrawn."""

    id = models.BigAutoField(primary_key=True)
    contract = models.ForeignKey(Contract, models.CASCADE, related_name="handed")
    entry = models.BigIntegerField()
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("contract", "entry"), name="handed_once"),)
        indexes = (models.Index(fields=("entry",), name="handed_by_entry"),)


class Reply(Identified):
    """What a partner says of an entry, as it stands: the last word, and when it first blocked."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="replies")
    entry = models.BigIntegerField()
    reference = models.CharField(max_length=120, blank=True)
    said = models.CharField(max_length=9)
    turn = models.PositiveSmallIntegerField(null=True, blank=True)
    count = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    received_at = models.DateTimeField(null=True, blank=True)
    blocked_at = models.DateTimeField(null=True, blank=True)

    replied = Coded(Replied, "said")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("contract", "entry"), name="one_last_word"),)
        indexes = (models.Index(fields=("reference",), name="replies_by_reference"),)


class Question(Identified):
    """That a partner asked: how many hashes, how many new probes, how many known. Never which."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="questions")
    at = models.DateTimeField()
    asked = models.PositiveIntegerField()
    probes = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    # What it would have gone over: then nothing was looked up.
    refused = models.CharField(max_length=6, blank=True)

    class Meta:
        ordering = ("-at",)
        indexes = (models.Index(fields=("contract", "at"), name="questions_of_a_partner"),)


class Probe(Identified):
    """Look-ups of one partner near one another, within a day: their first hash, and marks of each.

    The hash is what nearness is measured from; it goes with the day.
    """

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="probes")
    at = models.DateTimeField()
    first = models.BinaryField(max_length=32)
    known = models.JSONField(default=list)
    unknown = models.JSONField(default=list)

    class Meta:
        indexes = (models.Index(fields=("contract", "at"), name="probes_of_a_day"),)


class Source(Lockable):
    """Where a list of hashes comes from. `checkpoint` moves on after a whole range, never within.

    It is what the source calls a moment, or "" before the first range.
    """

    code = models.CharField(max_length=12, unique=True)
    bank = models.CharField(max_length=60)
    checkpoint = models.CharField(max_length=60, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    wrong = models.CharField(max_length=10, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    # Entries of ours that came back to us, and were not added.
    own = models.PositiveIntegerField(default=0)

    fault = CodedIfAny(Fault, "wrong")

    class Meta:
        ordering = ("code",)


class BadPage(Lockable):
    """A page that could not be read, or some entries of it: passed, and asked for again later.

    Its whole range is, for a page of then is another page later. `ask` is how it was asked for: the
    words of a query, never an entry.
    """

    source = models.ForeignKey(Source, models.CASCADE, related_name="bad_pages")
    ask = models.JSONField()
    since = models.CharField(max_length=60)
    until = models.CharField(max_length=60)
    wrong = models.CharField(max_length=10)
    entries = models.PositiveIntegerField(default=0)
    seen_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    fault = Coded(Fault, "wrong")

    class Meta:
        ordering = ("-seen_at",)
        indexes = (
            models.Index(
                fields=("next_at",), name="bad_pages_due", condition=Q(settled_at__isnull=True)
            ),
        )


class Held(models.Model):
    """An entry of a source, as we hold it: by the source's own reference, with our numbers.

    `digest` is that of what it says; `version` is when the source changed it, in its own seconds.
    """

    id = models.BigAutoField(primary_key=True)
    source = models.ForeignKey(Source, models.CASCADE, related_name="held")
    reference = models.CharField(max_length=120)
    digest = models.BinaryField(max_length=16)
    version = models.BigIntegerField(default=0)
    until = models.CharField(max_length=60, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("source", "reference"), name="held_under_a_reference"),
        )


class HeldEntry(models.Model):
    """Which of a source's entries an entry of our bank is: looked up when a match is decided."""

    id = models.BigAutoField(primary_key=True)
    held = models.ForeignKey(Held, models.CASCADE, related_name="numbers")
    entry = models.BigIntegerField(unique=True)
    kind = models.CharField(max_length=6)


class Ballot(Lockable):
    """What we tell a source of one entry of its list: once, tried until it has it."""

    held = models.ForeignKey(Held, models.CASCADE, related_name="ballots")
    kind = models.CharField(max_length=6)
    said = models.CharField(max_length=9)
    queued_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)

    vote = Coded(Vote, "said")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("held", "said"), name="a_vote_is_given_once"),
            models.CheckConstraint(
                name="a_vote_is_sent_or_refused",
                condition=Q(sent_at__isnull=True) | Q(refused_at__isnull=True),
            ),
        )
        indexes = (
            models.Index(
                fields=("next_at",), name="ballots_due", condition=Q(next_at__isnull=False)
            ),
        )
