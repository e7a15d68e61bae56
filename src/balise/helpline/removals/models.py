"""Requests, the items of each, what platforms said, and the figures that stay. Words are sealed.

One key opens a request with all that belongs to it. Clear are codes, ids and moments.
"""

from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from balise.foundation.clock import day_of
from balise.foundation.coded import Coded, CodedIfAny
from balise.foundation.finding import find
from balise.foundation.journal.events import Code
from balise.foundation.locking import Identified, Lockable
from balise.helpline.removals.events import ItemDecided, ItemEvent
from balise.helpline.removals.rules.figures import Counted
from balise.helpline.removals.rules.next_steps import LADDER
from balise.helpline.removals.rules.requests import (
    ConsentBy,
    ContentType,
    ItemKind,
    may_be_minor,
    needs_second_look,
    refuses,
    word_of,
)
from balise.helpline.removals.rules.states import WAITING, RemovalState, Step, may
from balise.takedown.directory.rules.contacts import ContactKind
from balise.takedown.law.rules import Certainty, Facts
from balise.takedown.notices.rules.clocks import Urgency
from balise.takedown.notices.rules.ladder import Rung, highest
from balise.takedown.notices.rules.outcomes import Outcome

LINE = "helpline"
TOLD = "helpline_removals.request.sealed"
ASKED = "helpline_removals.item.sealed"
SAID = "helpline_removals.word.sealed"

_BEFORE = (
    RemovalState.DRAFT,
    RemovalState.READY,
    RemovalState.SECOND_LOOK,
    RemovalState.HANDED_OVER,
)


class Request(Lockable):
    """What one young person asks of one platform, because they agreed that we do."""

    # An organisation of the directory.
    platform = models.UUIDField()
    # The record and the conversation that it began in, while there are any.
    contact = models.UUIDField(null=True, blank=True)
    conversation = models.UUIDField(null=True, blank=True)
    # Blind index of the code that the young person follows it with.
    tracker_key = models.BinaryField(max_length=16, unique=True)
    consent = models.CharField(max_length=6, choices=ConsentBy)
    agreed_at = models.DateTimeField()
    urgency = models.CharField(max_length=10)
    asked_by = models.CharField(max_length=36)
    asked_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    sealed = models.BinaryField()

    how_urgent = Coded(Urgency, "urgency")

    class Meta:
        indexes = (
            models.Index(fields=("conversation",), name="removals_of_a_conversation"),
            models.Index(fields=("closed_at",), name="removals_closed"),
            models.Index(fields=("asked_at",), name="removals_asked"),
        )


class Item(Identified):
    """One content or account. `notice` is its notice to the platform."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=7, choices=ItemKind)
    content_type = models.CharField(max_length=9, choices=ContentType)
    offence = models.CharField(max_length=40)
    # The days of the facts; of an item of before they were asked, nothing.
    facts_on = models.DateField(null=True, blank=True)
    facts_from = models.DateField(null=True, blank=True)
    facts_certainty = models.CharField(max_length=10, choices=Certainty, blank=True)
    is_sensitive = models.BooleanField(default=False)
    # {url, handle, words}; nothing once the hotline has it.
    sealed = models.BinaryField(default=b"")

    state = models.CharField(max_length=14, choices=RemovalState, default=RemovalState.DRAFT)
    # Of the outcomes of a notice, the one that the platform told.
    decision = models.CharField(max_length=28, blank=True)
    written_by = models.CharField(max_length=36)
    approved_by = models.CharField(max_length=36, blank=True)

    # The way that was chosen: a contact of the directory, and of which kind it was.
    way = models.UUIDField(null=True, blank=True)
    way_kind = models.CharField(max_length=6, blank=True)
    notice = models.UUIDField(null=True, blank=True)
    # The platform's own number, where it gave one, and the notice that it is the number of.
    ticket = models.CharField(max_length=64, blank=True)
    ticket_notice = models.UUIDField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=24, blank=True)

    # This time: it may come back, and be asked for again. The first time is never cleared.
    round_at = models.DateTimeField(null=True, blank=True)
    first_round_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # When the clock of its notices reaches the next rung; the rung reached, and the ones taken.
    due_at = models.DateTimeField(null=True, blank=True)
    reached = models.CharField(max_length=12, blank=True)
    # Codes between spaces: a refusal lets some be jumped, which can still be taken.
    taken = models.CharField(max_length=60, blank=True)
    back_count = models.PositiveSmallIntegerField(default=0)

    stands = Coded(RemovalState, "state")
    decided_as = CodedIfAny(Outcome, "decision")

    class Meta:
        ordering = ("number",)
        indexes = (
            models.Index(
                fields=("due_at",), name="removals_due", condition=Q(due_at__isnull=False)
            ),
            models.Index(fields=("state",), name="removals_by_state"),
            models.Index(fields=("notice",), name="removals_by_notice"),
        )
        constraints = (
            models.UniqueConstraint(fields=("request", "number"), name="item_has_its_own_number"),
            models.CheckConstraint(
                name="account_is_closed_by_two_people",
                condition=~Q(kind=ItemKind.ACCOUNT)
                | Q(state__in=(*_BEFORE, RemovalState.CLOSED))
                | ~Q(approved_by=""),
            ),
            models.CheckConstraint(
                name="item_is_approved_by_another_than_who_wrote_it",
                condition=Q(approved_by="") | ~Q(approved_by=F("written_by")),
            ),
            models.CheckConstraint(
                name="item_that_waits_at_a_platform_has_a_notice",
                condition=~Q(state__in=sorted(WAITING)) | Q(notice__isnull=False),
            ),
            models.CheckConstraint(
                name="item_is_gone_at_a_moment",
                condition=~Q(state=RemovalState.VERIFIED_GONE) | Q(gone_at__isnull=False),
            ),
        )

    @property
    def rungs_taken(self) -> frozenset[Rung]:
        return frozenset(Rung(code) for code in self.taken.split())

    @property
    def rung_reached(self) -> Rung | None:
        """The highest rung that time has opened."""
        return Rung(self.reached) if self.reached else None

    @property
    def climbed(self) -> Rung | None:
        """The highest rung that was taken."""
        return highest(LADDER, self.rungs_taken)

    def climb(self, rung: Rung) -> None:
        """Note a rung as taken."""
        self.taken = " ".join(sorted({*self.taken.split(), rung.value}))

    @classmethod
    def locked(cls, item_id: UUID) -> Self:
        """Return an item with its request, both locked until the open transaction ends.

        The request first, as everyone does.
        """
        request = Request.locked(find(cls, id=item_id).request_id)
        found = find(cls.objects.select_for_update(), id=item_id)
        found.request = request
        return found

    @property
    def days(self) -> Facts:
        """When it happened; where it was not asked, not known, and there when it was asked for."""
        if self.facts_on is None:
            return Facts(day_of(self.request.asked_at), None, Certainty.UNKNOWN)
        return Facts(self.facts_on, self.facts_from, Certainty(self.facts_certainty))

    @property
    def about_minor(self) -> bool:
        """Whether the person who is hurt may be a minor."""
        return may_be_minor(ConsentBy(self.request.consent))

    @property
    def is_gone(self) -> bool:
        """Whether it was seen gone, and not seen back since."""
        return self.gone_at is not None

    def may(self, step: Step) -> bool:
        """Return whether a step is possible in its state."""
        return may(step, self.stands, is_gone=self.is_gone)

    @property
    def needs_second(self) -> bool:
        """Whether two people look at it."""
        return needs_second_look(ItemKind(self.kind), is_sensitive=self.is_sensitive)

    @property
    def is_by_hand(self) -> bool:
        """Whether a person puts it where the platform wants it."""
        return self.way_kind in {ContactKind.PORTAL, ContactKind.FORM}

    def decided(self, seconds: int) -> ItemDecided:
        """Return the fact that the platform decided, once its clock had run for so long."""
        decision = Outcome(self.decision)
        word, refused = Code(word_of(decision)), refuses(decision)
        return self.fact(ItemDecided, decision=word, refuses=refused, seconds=seconds)

    def fact[E: ItemEvent](self, event: type[E], **codes: object) -> E:
        """Return a fact about this item."""
        return event(
            subject=self.id, platform=self.request.platform, kind=ItemKind(self.kind), **codes
        )


class Word(Identified):
    """What a platform said of an item, or we to it, beyond codes."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="said")
    is_ours = models.BooleanField()
    at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        ordering = ("at", "id")


class Fact(models.Model):
    """What stays for the figures: codes and seconds, one row for an entry of the journal."""

    entry = models.BigIntegerField(primary_key=True)
    day = models.DateField()
    platform = models.UUIDField()
    kind = models.CharField(max_length=7, choices=ItemKind)
    result = models.CharField(max_length=7, choices=Counted)
    # Of a removal: how long the platform's clock ran.
    seconds = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = (models.Index(fields=("result", "day"), name="removal_facts_by_day"),)
