"""Printed kits, where their numbers are, and who ordered them. A contact is sealed.

Stock is a ledger: `Entry` is never changed; `Printed.stock` and `Shelf` are what it comes to.
"""

from django.db import models
from django.db.models import F, Q

from balise.awareness.places.orders.rules import (
    LONGEST_MARK,
    Because,
    LedgerKind,
    OrderState,
    Range,
    Requester,
    area_said,
    kits_said,
    note_number,
    reference_of,
)
from balise.foundation.coded import Coded, CodedIfAny
from balise.foundation.locking import Identified, Lockable

LINE = "awareness"
CONTACT = "network_orders.order.sealed"


class Printed(Lockable):
    """A kit that is printed: its name, and how many are in stock.

    `page` is the key of a kit of publications, with its `edition`; a kit with a free name has none.
    Each copy has a number: the mark and a figure, `printed` being the last one that was given.
    """

    name = models.CharField(max_length=120)
    mark = models.CharField(max_length=LONGEST_MARK, unique=True)
    page = models.UUIDField(null=True)
    edition = models.PositiveSmallIntegerField(null=True)
    campaign = models.CharField(max_length=30, blank=True)
    is_offered = models.BooleanField(default=True)
    printed = models.PositiveIntegerField(default=0)
    stock = models.IntegerField(default=0)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                name="stock_is_never_negative", condition=Q(stock__gte=0, stock__lte=F("printed"))
            ),
        )

    def __str__(self) -> str:
        return self.name


class Numbered(models.Model):
    """A range of copies of a `kit`."""

    kit: models.ForeignKey[Printed, Printed]
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        abstract = True

    @property
    def range(self) -> Range:
        return Range(self.first, self.last)

    @property
    def said(self) -> str:
        """Its copies in words, as their numbers are printed."""
        return kits_said(self.kit.mark, self.range)


class Shelf(Numbered):
    """Copies that are in stock now."""

    kit = models.ForeignKey(Printed, models.PROTECT, related_name="shelf")

    class Meta:
        verbose_name_plural = "shelves"
        ordering = ("first",)
        constraints = (
            models.UniqueConstraint(fields=("kit", "first"), name="a_copy_stands_once"),
            models.CheckConstraint(
                name="shelf_range_has_copies", condition=Q(last__gte=F("first"))
            ),
        )


class PrintRun(Identified, Numbered):
    """Copies that were printed together."""

    kit = models.ForeignKey(Printed, models.PROTECT, related_name="runs")
    printed_on = models.DateField()
    printer_note = models.CharField(max_length=120, blank=True)  # the printer and its own number

    class Meta:
        ordering = ("-printed_on", "-first")
        constraints = (
            models.UniqueConstraint(fields=("kit", "first"), name="a_copy_is_printed_once"),
        )


class Order(Lockable):
    """Kits that a school or structure asks for. Who asks, and where to send it, is sealed."""

    kit = models.ForeignKey(Printed, models.PROTECT, related_name="orders")
    reference = models.CharField(max_length=8, db_index=True)
    requester = models.CharField(max_length=10)
    place = models.CharField(max_length=120)  # the name of the school or structure
    commune = models.CharField(max_length=80)
    postcode = models.CharField(max_length=10)
    area = models.CharField(max_length=20, db_index=True)
    campaign = models.CharField(max_length=30, blank=True, db_index=True)
    language = models.CharField(max_length=10)
    wanted = models.PositiveIntegerField()
    granted = models.PositiveIntegerField(default=0)
    delivered = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, default=OrderState.WAITING.value)
    because = models.CharField(max_length=10, blank=True)
    sealed = models.BinaryField()  # empty once it is forgotten
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # delivered or refused

    stands = Coded(OrderState, "state")
    is_from = Coded(Requester, "requester")
    refused_because = CodedIfAny(Because, "because")

    class Meta:
        ordering = ("-asked_at",)
        indexes = (models.Index(fields=("state", "asked_at"), name="orders_by_state"),)
        constraints = (
            models.CheckConstraint(
                name="order_gives_no_more_than_was_asked",
                condition=Q(delivered__lte=F("granted"), granted__lte=F("wanted"), wanted__gte=1),
            ),
            models.CheckConstraint(
                name="order_stands_in_a_state_we_know", condition=Q(state__in=OrderState.values)
            ),
        )

    def __str__(self) -> str:
        return self.reference

    def save_new(self) -> None:
        self.reference = reference_of(self.id)
        self.save(force_insert=True)

    @property
    def area_said(self) -> str:
        """The name of its area, with the code."""
        return area_said(self.area)

    @property
    def remaining(self) -> int:
        """How many of the accepted kits are still to be delivered."""
        return self.granted - self.delivered


class Note(Lockable):
    """A delivery note: kits that left together for one order. `number` has no gap."""

    number = models.PositiveIntegerField(unique=True)
    order = models.ForeignKey(Order, models.PROTECT, related_name="notes")
    day = models.DateField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("-number",)

    def __str__(self) -> str:
        return note_number(self.number)


class Entry(Numbered):
    """A range of copies that came into the stock, or left it. Never changed, never deleted.

    `change` is what it does to the stock: all its copies, or all of them below zero. A wrong entry
    is put right by another that `reverses` it. Its number says which came first.
    """

    kit = models.ForeignKey(Printed, models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=10)
    change = models.IntegerField()
    day = models.DateField()
    at = models.DateTimeField()
    run = models.ForeignKey(PrintRun, models.PROTECT, null=True, related_name="entries")
    note = models.ForeignKey(Note, models.PROTECT, null=True, related_name="entries")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")

    says = Coded(LedgerKind, "kind")

    class Meta:
        ordering = ("id",)
        verbose_name_plural = "entries"
        indexes = (models.Index(fields=("kit", "first", "last"), name="entries_by_copies"),)
        constraints = (
            models.CheckConstraint(
                name="entry_moves_all_its_copies",
                condition=Q(last__gte=F("first"))
                & (Q(change=F("last") - F("first") + 1) | Q(change=F("first") - F("last") - 1)),
            ),
            models.CheckConstraint(
                name="entry_of_a_delivery_names_its_note",
                condition=Q(
                    kind__in=(LedgerKind.DELIVERED.value, LedgerKind.RETURNED.value),
                    note__isnull=False,
                )
                | Q(kind__in=(LedgerKind.PRINTED.value, LedgerKind.LOST.value), note__isnull=True),
            ),
        )
