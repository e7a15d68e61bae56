"""The desk: requests by what they wait for. Codes and moments, no word of anyone."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import RecordKey, key_of_line
from balise.foundation.refusals import Refused
from balise.helpline.removals import access
from balise.helpline.removals.models import ASKED, LINE, Item, Request
from balise.helpline.removals.rules.next_steps import (
    FOR_SOMEONE,
    LADDER,
    PROMISES,
    TARGETS,
    Next,
    Standing,
    next_step,
)
from balise.helpline.removals.rules.requests import ItemKind, is_gone
from balise.helpline.removals.rules.states import WAITING, RemovalState
from balise.takedown.directory import queries as directory
from balise.takedown.directory.rules.choosing import Wanted
from balise.takedown.directory.rules.contacts import ContactKind, OrganisationKind
from balise.takedown.law.rules import Facts, offence_on
from balise.takedown.notices import queries as notices
from balise.takedown.notices.rules.clocks import Clock, Urgency
from balise.takedown.notices.rules.ladder import Rung, Step, above, open_steps

# Platforms of the directory, and the ways to each for one item.


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform: whether it is one of the centre's own, and whether someone there can be told."""

    id: UUID
    name: str
    is_ours: bool
    is_verified: bool
    is_open: bool
    evidence: str


@dataclass(frozen=True, slots=True)
class Way:
    """A way to a platform, in its place, with its why or what bars it."""

    id: UUID
    kind: ContactKind
    address: str
    is_usable: bool
    is_verified: bool
    says: tuple[str, ...]


def platforms() -> tuple[Platform, ...]:
    """Return the platforms of the directory: those of the centre first, then by name."""
    found = directory.of_kind(OrganisationKind.PLATFORM)
    read = [
        Platform(
            id=one.id,
            name=one.name,
            is_ours=one.first_circle,
            is_verified=one.checked_on is not None,
            is_open=any(contact.is_open for contact in one.contacts.all()),
            evidence=one.evidence,
        )
        for one in found
    ]
    return tuple(sorted(read, key=lambda one: (not one.is_ours, one.name.casefold())))


def platform(platform_id: UUID) -> Platform | None:
    """Return one platform, or None."""
    return next((one for one in platforms() if one.id == platform_id), None)


def names_of(platform_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the names of platforms; one that the directory has lost is left out."""
    wanted = set(platform_ids)
    return {one.id: one.name for one in platforms() if one.id in wanted}


def platform_names() -> dict[str, object]:
    """Return the names of all platforms by the code that figures know them by."""
    return {str(one.id): one.name for one in platforms()}


def ways(item: Item) -> tuple[Way, ...]:
    """Return the ways to an item's platform, in the order in which to try them."""
    wanted = Wanted(line=LINE)
    try:
        offence = offence_on(item.offence, on=item.days.last, country=settings.COUNTRY)
    except Refused:
        pass
    else:
        offence = offence.about_minor() if item.about_minor else offence
        wanted = Wanted(line=LINE, category=offence.dsa_category, keyword=offence.dsa_keyword)
    return tuple(
        Way(
            id=option.contact.id,
            kind=option.contact.contact_kind,
            address=option.contact.address,
            is_usable=option.ranked.is_usable,
            is_verified=option.contact.checked_on is not None,
            says=(str(option.ranked.bar.label),)
            if option.ranked.bar
            else tuple(str(reason.label) for reason in option.reasons),
        )
        for option in directory.ways_to(item.request.platform, wanted=wanted)
    )


def ways_of(item_id: UUID) -> tuple[Way, ...]:
    """Return the ways for an item by its id; none where it is not there."""
    item = Item.objects.select_related("request").filter(id=item_id).first()
    return ways(item) if item is not None else ()


def offence_words(code: str, days: Facts) -> str:
    """Return what the law of the facts calls an offence, its article, and whether it was verified.

    "" for one that it does not know.
    """
    try:
        offence = offence_on(code, on=days.last, country=settings.COUNTRY)
    except Refused:
        return ""
    said = f"{offence.words} ({offence.article})"
    return said if offence.verified else f"{said} – {_('to be verified')}"


def other_ways(item: Item) -> tuple[Way, ...]:
    """Return the ways that can be used and were not: for a second try."""
    return tuple(way for way in ways(item) if way.is_usable and way.id != item.way)


# What one item says, for who holds the line's key, and what it waits for.


@dataclass(frozen=True, slots=True)
class ItemTold:
    """What an item says, in clear; all empty once the hotline has it."""

    kind: ItemKind
    url: str = ""
    handle: str = ""
    words: str = ""

    @property
    def details(self) -> str:
        """What helps the platform to find it."""
        return _("Account: %(name)s") % {"name": self.handle} if self.handle else ""


def told_of(item: Item, key: RecordKey | None = None) -> ItemTold:
    """Return what an item says; the caller has logged who reads it, or is that person."""
    if not item.sealed:
        return ItemTold(ItemKind(item.kind))
    opener = key or key_of_line(LINE, item.request_id)
    said = opener.open(item.sealed, where=ASKED, row=item.id)
    return ItemTold(ItemKind(item.kind), said["url"], said["handle"], said["words"])


def clock_of(item: Item) -> Clock | None:
    """Return the platform's clock, one for all ways of this round; None before it has anything."""
    if item.round_at is None:
        return None
    return notices.clock_about(line=LINE, subject=item.id, since=item.round_at)


def ran(item: Item, at: datetime) -> int:
    """Return the seconds that the platform's clock has run at a moment."""
    clock = clock_of(item)
    return int(clock.has_run(at).total_seconds()) if clock is not None else 0


def standing(item: Item) -> Standing:
    """Return where an item stands, as its next step depends on it."""
    higher = above(LADDER, item.climbed)
    return Standing(
        state=item.stands,
        needs_second=item.needs_second,
        is_approved=bool(item.approved_by),
        is_by_hand=item.is_by_hand,
        has_failed=bool(item.failure),
        rungs=tuple(step.rung for step in steps_open(item) if step in higher),
    )


def steps_open(item: Item) -> tuple[Step, ...]:
    """Return the steps of the ladder that may be taken for an item now.

    A second way is one of them only where the platform has another that can be used.
    """
    is_said_gone = item.decided_as is not None and is_gone(item.decided_as)
    steps = open_steps(
        LADDER,
        taken=item.rungs_taken,
        reached=item.rung_reached,
        is_waiting=item.stands in WAITING,
        has_refused=item.stands is RemovalState.STILL_UP
        or (item.stands is RemovalState.DECIDED and not is_said_gone),
    )
    if any(step.rung is Rung.OTHER_WAY for step in steps) and not other_ways(item):
        return tuple(step for step in steps if step.rung is not Rung.OTHER_WAY)
    return steps


def next_of(item: Item) -> Next:
    """Return what is to be done about an item now."""
    return next_step(standing(item))


MOST = 200


class Pile(TextChoices):
    """The parts of the desk."""

    TO_DO = "to-do", gettext_lazy("To do")
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
