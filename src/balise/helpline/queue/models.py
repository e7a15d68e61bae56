"""What waits, and which consoles are on. No word of anyone is in here: ids, codes and moments.

All code locks in one order: the console, its item, then what the item is about. So two transactions
never wait for each other at the same time.
"""

from contextlib import suppress
from typing import Self
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q

from balise.foundation.finding import find
from balise.foundation.locking import Lockable
from balise.helpline.queue.events import ItemEvent
from balise.helpline.queue.rules import (
    AHEAD_BY,
    OPEN,
    ItemState,
    Risk,
    RiskFrom,
    SeatState,
    Skill,
    WaitKind,
    is_mark,
    rank,
    worse,
)
from balise.helpline.queue.rules.danger_words.editing import LONGEST_WHY
from balise.helpline.queue.rules.dangers import Life, NotADanger, Outcome, SaidBy

# The steps of a danger, and how it ended, are sealed under the danger's own key.
LINE = "helpline"
# The name of the table that it was sealed in first: what is sealed is bound to it for ever.
ANSWERED = "helpline_console.danger.sealed"
TOLD = "helpline_queue.danger.ending"


class Moved(Exception):
    """Someone changed it before it was locked: release the locks, and look again."""


class Item(Lockable):
    """One thing that waits for a person: once for each subject while it is open."""

    kind = models.CharField(max_length=9, choices=WaitKind)
    subject = models.UUIDField()
    state = models.CharField(max_length=9, choices=ItemState, default=ItemState.WAITING)
    risk = models.CharField(max_length=1, choices=Risk, default=Risk.F)
    # Where `risk` comes from; empty while there is none.
    risk_from = models.CharField(max_length=8, choices=RiskFrom, blank=True)
    # The highest risk that a person has given: the one who waits, or a listener.
    highest = models.CharField(max_length=1, choices=Risk, default=Risk.F)
    skill = models.CharField(max_length=14, choices=Skill, blank=True)
    language = models.CharField(max_length=10, blank=True)
    # Dropped, or passed on: before the others of its risk.
    returning = models.BooleanField(default=False)
    # The account that should take it, if it is there.
    preferred = models.CharField(max_length=36, blank=True)
    # `rules.rank` of the kind, the risk and whether it returns.
    rank = models.PositiveSmallIntegerField()
    queued_at = models.DateTimeField()
    # Its place among those of its rank: `queued_at`, and earlier for what words mark.
    turn_at = models.DateTimeField()
    # Since when it waits this time.
    waiting_since = models.DateTimeField()
    held_by = models.CharField(max_length=36, blank=True)
    first_held_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("rank", "turn_at", "id"),
                name="queue_turn",
                condition=Q(state=ItemState.WAITING),
            ),
            models.Index(fields=("held_by",), name="queue_held", condition=Q(state=ItemState.HELD)),
            models.Index(
                fields=("ended_at",), name="queue_ended", condition=Q(ended_at__isnull=False)
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "subject"),
                name="a_subject_waits_once",
                condition=Q(state__in=OPEN),
            ),
            models.CheckConstraint(
                name="item_is_held_by_someone_exactly_while_held",
                condition=Q(state=ItemState.HELD, first_held_at__isnull=False) & ~Q(held_by="")
                | ~Q(state=ItemState.HELD) & Q(held_by=""),
            ),
            models.CheckConstraint(
                name="item_ends_at_a_moment",
                condition=Q(state__in=OPEN, ended_at__isnull=True)
                | Q(state__in=(ItemState.DONE, ItemState.WITHDRAWN), ended_at__isnull=False),
            ),
        )

    @classmethod
    def locked_with_seat(cls, item_id: UUID) -> tuple[Self, "Seat | None"]:
        """Return an item and the seat that holds it, locked, the seat first."""
        while True:
            account = find(cls.objects.only("held_by"), id=item_id).held_by
            with suppress(Moved), transaction.atomic():
                seats = Seat.objects.select_for_update().filter(account=account)
                seat = seats.first() if account else None
                item = cls.locked(item_id)
                if item.held_by != account:
                    raise Moved
                return item, seat

    @property
    def worst(self) -> Risk:
        """Return the highest risk that was said, or that words raised and nobody has corrected.

        Words of level C and D only mark: they count for nothing here.
        """
        risk, how = Risk(self.risk), self.risk_from
        raised = risk if how == RiskFrom.WORDS and not is_mark(risk, how) else Risk.F
        return worse(Risk(self.highest), raised)

    def take_rank(self) -> None:
        """Set, unsaved, the place that its kind, its risk and whether it returns give it."""
        risk, how = Risk(self.risk), self.risk_from
        self.rank = rank(risk, kind=WaitKind(self.kind), returning=self.returning, how=how)
        self.turn_at = self.queued_at - AHEAD_BY if is_mark(risk, how) else self.queued_at

    def fact[E: ItemEvent](self, event: type[E], **facts: object) -> E:
        """Return a fact about this item."""
        return event(
            subject=self.id,
            about=self.subject,
            kind=WaitKind(self.kind),
            risk=Risk(self.risk),
            **facts,
        )


class Seat(models.Model):
    """A listener's console: its account, what it can do, and when its page last gave a sign."""

    account = models.CharField(max_length=36, primary_key=True)
    state = models.CharField(max_length=7, choices=SeatState, default=SeatState.AWAY)
    # Codes of `Skill`, between spaces.
    skills = models.CharField(max_length=60, blank=True)
    chat_cap = models.PositiveSmallIntegerField(default=1)
    # A supervisor asked for it: what is not live comes first here, behind risk A.
    on_written_work = models.BooleanField(default=False)
    since = models.DateTimeField()
    heard_at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(
                fields=("heard_at",), name="seats_taken", condition=~Q(state=SeatState.AWAY)
            ),
        )

    @property
    def can(self) -> frozenset[Skill]:
        return frozenset(Skill(code) for code in self.skills.split())


class Danger(Lockable):
    """A life in danger, from when somebody says so until it is over: one at a time for a person.

    It has a life of its own: whom it is about may leave, be forgotten or wait again, and it goes
    on. `queries.dangers` says whether it is on; nothing else does.
    """

    kind = models.CharField(max_length=9, choices=WaitKind)
    subject = models.UUIDField()
    # What waits, or waited last, for them.
    item = models.UUIDField(db_index=True)
    said_by = models.CharField(max_length=8, choices=SaidBy)
    declared_by = models.CharField(max_length=36, blank=True)
    declared_at = models.DateTimeField(db_index=True)
    # Who confirmed what words raised: an account, or "person".
    confirmed_by = models.CharField(max_length=36, blank=True)
    # Who had them last while it was on.
    listener = models.CharField(max_length=36, blank=True)
    joined_by = models.CharField(max_length=36, blank=True)
    joined_at = models.DateTimeField(null=True, blank=True)
    proposed_by = models.CharField(max_length=36, blank=True)
    proposed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=11, choices=Outcome, blank=True)
    risk_now = models.CharField(max_length=1, choices=Risk, blank=True)
    # Why words alone tell of none, where one person set them aside.
    set_aside = models.CharField(max_length=8, choices=NotADanger, blank=True)
    ended_by = models.CharField(max_length=36, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    is_alone = models.BooleanField(default=False)
    # The supervisor who read what one person ended or set aside.
    read_by = models.CharField(max_length=36, blank=True)
    sealed = models.BinaryField(default=b"")
    ending = models.BinaryField(default=b"")

    class Meta:
        indexes = (
            models.Index(fields=("item",), name="dangers_on", condition=Q(ended_at__isnull=True)),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "subject"),
                name="one_danger_is_on_for_each_person",
                condition=Q(ended_at__isnull=True),
            ),
            # Nobody ends alone what a person said, without it being known.
            models.CheckConstraint(
                name="danger_is_ended_by_two_or_seen_to_be_ended_by_one",
                condition=Q(ended_at__isnull=True, ended_by="", set_aside="", is_alone=False)
                | Q(ended_at__isnull=False)
                & (
                    Q(is_alone=True)
                    | Q(said_by=SaidBy.WORDS, confirmed_by="") & ~Q(set_aside="")
                    | ~Q(proposed_by="") & ~Q(ended_by="") & ~Q(proposed_by=models.F("ended_by"))
                ),
            ),
        )

    @property
    def life(self) -> Life:
        """Return what decides how it may end."""
        return Life(
            said_by=SaidBy(self.said_by),
            is_confirmed=bool(self.confirmed_by),
            proposed_by=self.proposed_by,
            proposed_at=self.proposed_at,
            ended_at=self.ended_at,
        )


class WordsEdit(Lockable):
    """An edit of the words of danger: proposed by one person, decided by another."""

    language = models.CharField(max_length=10)
    concept = models.CharField(max_length=40)
    added = models.JSONField(default=list)
    removed = models.JSONField(default=list)
    why = models.CharField(max_length=LONGEST_WHY)
    # What it did on the country's lists when it was proposed; then, when it was approved.
    trial = models.JSONField()
    proposed_by = models.CharField(max_length=36)
    proposed_at = models.DateTimeField()
    decided_by = models.CharField(max_length=36, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    is_approved = models.BooleanField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="words_are_decided_by_a_second_person",
                condition=Q(decided_by="", decided_at__isnull=True, is_approved__isnull=True)
                | Q(decided_at__isnull=False, is_approved__isnull=False)
                & ~Q(decided_by="")
                & ~Q(decided_by=models.F("proposed_by")),
            ),
        )
