"""Items as other modules have them: values, and the locks that come before a subject's own."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from balise.helpline.queue.models import Item, Moved
from balise.helpline.queue.queries import dangers
from balise.helpline.queue.rules import OPEN, ItemState, Risk, RiskFrom, Skill, WaitKind, is_mark


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """One thing that waits for a person, or did: codes and moments, no word of theirs."""

    id: UUID
    kind: WaitKind
    subject: UUID
    state: ItemState
    risk: Risk
    # Words raised the risk, and nobody has confirmed it.
    by_words: bool
    skill: Skill | None
    is_returning: bool
    waiting_since: datetime
    held_by: str
    first_held_at: datetime | None
    ended_at: datetime | None
    # A life is in danger, and it is not over (`queries.dangers`).
    is_danger: bool = False

    @property
    def waits(self) -> bool:
        return self.state is ItemState.WAITING

    @property
    def is_mark(self) -> bool:
        """Return whether words only mark it: nobody is called, and no key is asked for."""
        return self.by_words and is_mark(self.risk, RiskFrom.WORDS)

    @property
    def is_gone(self) -> bool:
        return self.state not in OPEN


def row_of(item: Item) -> ItemRow:
    """Return an item's values."""
    return _row(item, is_danger=dangers.is_on(item.id))


def rows_of(items: Iterable[Item]) -> list[ItemRow]:
    """Return the values of items, with one question for all."""
    found = list(items)
    in_danger = dangers.among([one.id for one in found])
    return [_row(one, is_danger=one.id in in_danger) for one in found]


def _row(item: Item, *, is_danger: bool) -> ItemRow:
    return ItemRow(
        id=item.id,
        kind=WaitKind(item.kind),
        subject=item.subject,
        state=ItemState(item.state),
        risk=Risk(item.risk),
        by_words=item.risk_from == RiskFrom.WORDS,
        skill=Skill(item.skill) if item.skill else None,
        is_returning=item.returning,
        waiting_since=item.waiting_since,
        held_by=item.held_by,
        first_held_at=item.first_held_at,
        ended_at=item.ended_at,
        is_danger=is_danger,
    )


def locked_before[T](
    kind: WaitKind, subject: UUID, lock: Callable[[UUID], T], *, with_seat: bool = False
) -> tuple[T, ItemRow | None]:
    """Return what `lock` locks of a subject, and its open item or None, locked before it.

    For code that changes a subject which may wait in the queue; only that code queues it. Code
    that takes it from its listener asks for their console too; the public process, which may
    not lock a console, takes nobody from a listener.
    """
    open_ones = Item.objects.filter(kind=kind, subject=subject, state__in=OPEN)
    while True:
        item_id = open_ones.values_list("id", flat=True).first()
        with suppress(Moved), transaction.atomic():
            item = None
            if item_id:
                item = Item.locked_with_seat(item_id)[0] if with_seat else Item.locked(item_id)
            locked = lock(subject)
            if open_ones.values_list("id", flat=True).first() != item_id:
                raise Moved
            return locked, row_of(item) if item else None
