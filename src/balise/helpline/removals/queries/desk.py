"""The desk: requests by what they wait for. Codes and moments, no word of anyone."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.helpline.removals import access
from balise.helpline.removals.models import Item, Request
from balise.helpline.removals.queries.items import next_of
from balise.helpline.removals.queries.platforms import names_of
from balise.helpline.removals.rules.customs import PROMISES, TARGETS
from balise.helpline.removals.rules.next_steps import FOR_SOMEONE, Next
from balise.helpline.removals.rules.states import WAITING, RemovalState
from balise.takedown.notices.rules.urgency import Urgency

MOST = 200


class Pile(TextChoices):
    """The parts of the desk."""

    TO_DO = "to-do", _("To do")
    WAITING = "waiting", pgettext_lazy("removals", "At the platforms")
    GONE = "gone", pgettext_lazy("removals", "Gone")
    ENDED = "ended", pgettext_lazy("removals", "Ended")


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRow:
    """One request. `due_at` is the first of its clocks; `next` what is to be done first."""

    id: UUID
    platform: str
    urgency: Urgency
    asked_at: datetime
    is_mine: bool
    states: tuple[tuple[RemovalState, int], ...]
    next: Next
    due_at: datetime | None
    is_late: bool
    pile: Pile

    @property
    def promise(self) -> str:
        """How soon it must be gone, in words."""
        return str(PROMISES[self.urgency])


@dataclass(frozen=True, slots=True)
class Promised:
    """How soon a request must be gone, from when it was asked for."""

    id: UUID
    asked_at: datetime
    urgency: Urgency

    @property
    def promise(self) -> str:
        """The same in words."""
        return str(PROMISES[self.urgency])

    def due(self, *, waits_since: datetime) -> datetime:
        """Return by when; where that was over before it came to wait for us, as long from then."""
        target = TARGETS[self.urgency]
        by = self.asked_at + target
        return by if by >= waits_since else waits_since + target


def pile(which: Pile, *, seen_by: Actor) -> tuple[tuple[RequestRow, ...], dict[Pile, int]]:
    """Return one part of the desk, the most urgent first, and how many each part holds.

    Ended requests: the last MOST of them.
    """
    access.require(seen_by, access.READ)
    going_on = Request.objects.filter(closed_at=None).prefetch_related("items")
    rows = _rows(going_on.order_by("asked_at"), seen_by)
    counts = Counter(row.pile for row in rows)
    ended = Request.objects.exclude(closed_at=None)
    counts[Pile.ENDED] += ended.count()
    if which is Pile.ENDED:
        rows = _rows(ended.prefetch_related("items").order_by("-closed_at")[:MOST], seen_by)
        return tuple(rows), dict(counts)
    found = [row for row in rows if row.pile is which]
    urgent_first = list(Urgency)
    found.sort(
        key=lambda row: (
            not row.is_late,
            urgent_first.index(row.urgency),
            row.due_at or row.asked_at,
        )
    )
    return tuple(found[:MOST]), dict(counts)


def promised(request_ids: Collection[UUID], *, seen_by: Actor) -> list[Promised]:
    """Return how soon each request must be gone, of those given, in no order."""
    access.require(seen_by, access.READ)
    found = Request.objects.filter(id__in=request_ids)
    return [
        Promised(request_id, asked_at, Urgency(urgency))
        for request_id, asked_at, urgency in found.values_list("id", "asked_at", "urgency")
    ]


def due(at: datetime) -> list[UUID]:
    """Return the items whose clock has reached a rung; for the worker."""
    found = Item.objects.filter(due_at__lte=at).order_by("due_at")
    return list(found.values_list("id", flat=True)[:MOST])


def gone_before(at: datetime, *, since: timedelta) -> list[UUID]:
    """Return the items that have been gone for so long; for the worker."""
    found = Item.objects.filter(state=RemovalState.VERIFIED_GONE, gone_at__lte=at - since)
    return list(found.values_list("id", flat=True)[:MOST])


def _rows(requests: Iterable[Request], seen_by: Actor) -> list[RequestRow]:
    found = list(requests)
    names = names_of(request.platform for request in found)
    return [_row(request, names.get(request.platform, ""), seen_by) for request in found]


def _row(request: Request, platform: str, seen_by: Actor) -> RequestRow:
    items = list(request.items.all())
    steps = [next_of(item) for item in items]
    order = list(Next)
    first = min(steps, key=lambda step: (step not in FOR_SOMEONE, order.index(step)))
    dues = [item.due_at for item in items if item.due_at is not None]
    return RequestRow(
        id=request.id,
        platform=platform,
        urgency=request.how_urgent,
        asked_at=request.asked_at,
        is_mine=request.asked_by == seen_by.key,
        states=tuple(Counter(item.stands for item in items).items()),
        next=first,
        due_at=min(dues, default=None),
        is_late=any(
            item.stands in WAITING and (item.reached or _is_over(item.due_at)) for item in items
        ),
        pile=_pile(request, steps, items),
    )


def _is_over(at: datetime | None) -> bool:
    return at is not None and at <= now()


def _pile(request: Request, steps: list[Next], items: list[Item]) -> Pile:
    if request.closed_at is not None:
        return Pile.ENDED
    if any(step in FOR_SOMEONE for step in steps):
        return Pile.TO_DO
    waits = any(
        item.stands is not RemovalState.VERIFIED_GONE and not item.ended_at for item in items
    )
    return Pile.WAITING if waits else Pile.GONE
