"""Cases of the laboratory, their fingerprints, and the disputes about them.

Clear columns hold kinds, counts and moments. Hash values are sealed here until the worker has put
them in the bank; after that only the bank has them.
"""

from django.db import models
from django.db.models import Q

from balise.foundation.coded import Coded
from balise.foundation.locking import Identified, Lockable
from balise.hotline.laboratory.rules.standing import (
    Band,
    CaseState,
    Ground,
    ItemKind,
    ItemState,
    Outcome,
    Said,
    Source,
)
from balise.hotline.matching.banks.rules.owned import LABORATORY

LINE = "hotline"
BANK = LABORATORY
PRINTS = "hotline_laboratory.case.sealed"
ANSWER = "hotline_laboratory.dispute.sealed"


class Case(Lockable):
    """What one person has stopped, under one code. No name, address or device is stored."""

    # Blind index of the code; a report of the same person has the same one.
    receipt_key = models.BinaryField(max_length=16, unique=True)
    state = models.CharField(max_length=5, choices=CaseState, default=CaseState.DRAFT)
    # Someone threatens to publish; nothing is published that they know of.
    is_threat = models.BooleanField(default=False)
    sealed = models.BinaryField(default=b"", blank=True)
    began_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    opened_on = models.DateField()
    first_blocked_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # What was sent, as a digest under the code, which is not stored: the same page again is known.
    sent_as = models.BinaryField(max_length=16, default=b"", blank=True)
    has_report = models.BooleanField(default=False)

    stands = Coded(CaseState, "state")

    class Meta:
        indexes = (
            models.Index(fields=("state", "sent_at"), name="laboratory_cases"),
            models.Index(fields=("opened_on",), name="laboratory_cases_opened"),
        )
        constraints = (
            models.CheckConstraint(
                name="what_is_sent_was_sent_at_a_moment",
                condition=Q(state=CaseState.DRAFT) | Q(sent_at__isnull=False),
            ),
            models.CheckConstraint(
                name="an_ended_case_holds_nothing",
                condition=~Q(state=CaseState.ENDED) | Q(sealed=b"", ended_at__isnull=False),
            ),
        )


class Item(Lockable):
    """One picture or clip of a case: how many fingerprints it has, and where they are.

    A picture with bars at its edges has two; a clip has one a frame.
    """

    locked_with = "case"

    # SQL has a word `case`.
    case = models.ForeignKey(Case, models.CASCADE, related_name="items", db_column="case_ref")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=7, choices=ItemKind)
    count = models.PositiveSmallIntegerField()
    seconds = models.PositiveSmallIntegerField(default=0)
    band = models.CharField(max_length=4, choices=Band)
    state = models.CharField(max_length=9, choices=ItemState, default=ItemState.SENT)
    # The ids of the bank's entries; the bank names this item as their reference.
    entries = models.JSONField(default=list, blank=True)
    active_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    stands = Coded(ItemState, "state")

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("case", "number"), name="print_has_its_own_number"),
            models.CheckConstraint(
                name="a_withdrawn_print_ended_at_a_moment",
                condition=~Q(state__in=(ItemState.WITHDRAWN, ItemState.TAKEN_OFF))
                | Q(ended_at__isnull=False),
            ),
        )


class Partner(Identified):
    """A partner that compares with our list, as the public door may say it: the worker writes this.

    The id is the organisation's. One that does not hold the list asks, and hears yes or no.
    """

    name = models.CharField(max_length=200)
    holds = models.BooleanField()

    class Meta:
        ordering = ("-holds", "name")


class Heard(Identified):
    """What a partner said of an item: the last word, copies that it blocked, and when."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="heard")
    partner = models.UUIDField()
    name = models.CharField(max_length=200)
    said = models.CharField(max_length=9, choices=Said)
    # How the first copy that was blocked was turned (`Turn`); None where it was not said.
    turn = models.PositiveSmallIntegerField(null=True, blank=True)
    count = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    blocked_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "heard"
        constraints = (
            models.UniqueConstraint(fields=("item", "partner"), name="one_word_of_a_partner"),
        )


class Dispute(Lockable):
    """Someone says that a fingerprint should not be on the list: it is stopped, then we ask."""

    locked_with = "item"

    item = models.ForeignKey(Item, models.CASCADE, related_name="disputes")
    ground = models.CharField(max_length=6, choices=Ground)
    source = models.CharField(max_length=7, choices=Source)
    opened_at = models.DateTimeField()
    # What the bearer of the code says to it.
    sealed = models.BinaryField(default=b"", blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    settled_by = models.CharField(max_length=36, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("opened_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("item",), condition=Q(outcome=""), name="one_open_dispute_of_a_print"
            ),
            models.CheckConstraint(
                name="a_settled_dispute_was_settled_at_a_moment",
                condition=Q(outcome="") | Q(settled_at__isnull=False),
            ),
        )
