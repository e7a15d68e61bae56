"""Those who asked for mails: they confirm from their mailbox, and leave by a link in each mail.

An address is kept, encrypted, for this alone. The public door writes what the bearer of a link
said as a fact, and no row: `settle` does what it says.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q, QuerySet

from balise.foundation.clock import now
from balise.foundation.encryption.sealing import blind, forget, keep, key_of_line, new_key
from balise.foundation.locking import Lockable

UNCONFIRMED: Final = timedelta(days=7)
KEPT: Final = timedelta(days=730)  # 24 months after the confirmation
AGAIN: Final = timedelta(days=1)  # before an address is asked again whether it wants mails
_AT_ONCE: Final = 1_000


class Subscriber(Lockable):
    """Someone who asked for mails.

    `known_by` is a blind index of the address and of what the mails are about; `told` is the number
    of the last one that was sent. A table says whose `line` it is, under which name an address is
    indexed (`field`) and sealed (`place`).
    """

    line: ClassVar[str]
    field: ClassVar[str]
    place: ClassVar[str]

    language = models.CharField(max_length=10)
    known_by = models.BinaryField(max_length=16, db_index=True)
    sealed = models.BinaryField()
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    told = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.id)

    @property
    def address(self) -> str:
        """Return the address to write to; it takes the line's key."""
        said = key_of_line(self.line, self.id).open(self.sealed, where=self.place, row=self.id)
        return str(said["address"])

    @classmethod
    def confirmed(cls, **of: Any) -> "QuerySet[Any]":
        """Return those who confirmed."""
        return cls._default_manager.filter(confirmed_at__isnull=False, **of)


def add(
    among: type[Subscriber], *, address: str, language: str, about: str = "", **columns: Any
) -> UUID:
    """Keep an address until its owner confirms, and return whose it is, in an open transaction."""
    key = new_key(among.line, uuid4())
    known = f"{about}:{canonical(address)}" if about else canonical(address)
    among._default_manager.create(
        id=key.record,
        language=language,
        known_by=blind(among.line, among.field, known),
        sealed=key.seal({"address": address.strip()}, where=among.place, row=key.record),
        asked_at=now(),
        **columns,
    )
    keep(key)
    return key.record


def settle(among: type[Subscriber], subscriber: UUID, *, left: bool) -> None:
    """Do what the bearer of a link said: keep this row of the address alone, or destroy them all.

    One that is not there any more stays so. In an open transaction.
    """
    one = among._default_manager.select_for_update().filter(id=subscriber).first()
    if one is None:
        return
    same = among._default_manager.filter(known_by=one.known_by)
    erase(among, [each.id for each in same if left or each.id != one.id])
    if not left and one.confirmed_at is None:
        one.confirmed_at = now()
        one.save(update_fields=("confirmed_at",))


def note_told(among: type[Subscriber], subscriber: UUID, *, number: int) -> None:
    """Note the last mail that someone was sent."""
    among._default_manager.filter(id=subscriber, told__lt=number).update(told=number)


def erase(among: type[Subscriber], subscribers: Sequence[UUID]) -> int:
    """Destroy addresses and their keys; return how many."""
    forget(subscribers)
    return among._default_manager.filter(id__in=subscribers).delete()[0]


def due(among: type[Subscriber], at: datetime) -> Iterable[UUID]:
    """Return whose address is to be forgotten: confirmed 24 months ago, or not within a week."""
    found = among._default_manager.filter(
        Q(confirmed_at__lte=at - KEPT) | Q(confirmed_at=None, asked_at__lte=at - UNCONFIRMED)
    )
    return found.values_list("id", flat=True)[:_AT_ONCE]


def to_confirm[Row: Subscriber](among: type[Row], subscriber: UUID) -> Row | None:
    """Return whom to ask whether they want mails; None who answered, or was asked this day."""
    one = among._default_manager.filter(id=subscriber, confirmed_at=None).first()
    if one is None:
        return None
    asked = among._default_manager.filter(
        known_by=one.known_by, asked_at__gt=one.asked_at - AGAIN, asked_at__lt=one.asked_at
    )
    return None if asked.exists() else one


def to_write[Row: Subscriber](among: type[Row], subscriber: UUID, *, number: int) -> Row | None:
    """Return whom to send the mail of a number; None who has left, or has it."""
    found: Row | None = among.confirmed(id=subscriber, told__lt=number).first()
    return found


def canonical(address: str) -> str:
    """Return an address as it is compared: two that differ by case or spaces are one."""
    return address.strip().lower()
