"""Banks and entries as pages show them: no hash."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, QuerySet

from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.foundation.finding import find
from balise.hotline.matching.banks import access
from balise.hotline.matching.banks.models import Bank, Entry, Matches, Terms
from balise.hotline.matching.banks.queries.exchanging import name_of
from balise.hotline.matching.banks.rules.deciding import ASKED, EntryState, Opinion
from balise.hotline.matching.banks.rules.floods import PAST

MOST = 100  # entries of a page
STOPPED = (EntryState.QUARANTINED, EntryState.OFF)


@dataclass(frozen=True, slots=True)
class BankCard:
    """A bank: how many entries are asked, and how many are stopped."""

    id: UUID
    code: str
    name: str
    source: str
    labels: tuple[str, ...]
    distance: int
    is_negative: bool
    is_on: bool
    asked: int
    stopped: int


@dataclass(frozen=True, slots=True)
class EntryCard:
    """An entry; `matched_today` and `most` count its matches of today and of its fullest day."""

    id: int
    bank_id: UUID
    bank: str
    kind: str
    quality: int
    opinion: Opinion
    labels: tuple[str, ...]
    reference: str
    is_frame: bool
    second: int | None
    state: EntryState
    added_at: datetime
    matched_today: int
    most: int


def banks(*, seen_by: Actor) -> list[BankCard]:
    """Return the banks by name."""
    access.require(seen_by, access.READ)
    asked, stopped = _count(*ASKED), _count(*STOPPED)
    found = [_bank(one, asked.get(one.id, 0), stopped.get(one.id, 0)) for one in Bank.objects.all()]
    return sorted(found, key=lambda one: (one.name.casefold(), one.code))


def bank(bank_id: UUID, *, seen_by: Actor) -> BankCard:
    """Return one bank. Raises NotHere."""
    access.require(seen_by, access.READ)
    one = find(Bank, id=bank_id)
    entries = Entry.objects.filter(bank=one)
    return _bank(
        one, entries.filter(state__in=ASKED).count(), entries.filter(state__in=STOPPED).count()
    )


def terms_of(bank_id: UUID, *, seen_by: Actor) -> int:
    """Return the number of the terms under which a bank is asked now; 0 for none."""
    access.require(seen_by, access.READ)
    last = Terms.objects.filter(bank=bank_id).order_by("-id").values_list("id", flat=True)
    return last.first() or 0


def opinions(bank_id: UUID, *, seen_by: Actor) -> dict[Opinion, int]:
    """Return how many entries that are asked have each opinion."""
    access.require(seen_by, access.READ)
    found = Entry.objects.filter(bank=bank_id, state__in=ASKED).values_list("opinion")
    counted = dict(found.annotate(many=Count("id")).order_by())
    return {one: counted.get(one.value, 0) for one in Opinion}


def with_reference(bank_id: UUID, reference: str, *, seen_by: Actor) -> list[EntryCard]:
    """Return the entries of a bank under a reference: a list of all is shown to nobody."""
    access.require(seen_by, access.READ)
    found = Entry.objects.filter(bank=bank_id, reference=reference) if reference else None
    return [] if found is None else _entries(found)


def entry(entry_id: int, *, seen_by: Actor) -> EntryCard:
    """Return one entry. Raises NotHere."""
    access.require(seen_by, access.READ)
    find(Entry, id=entry_id)
    return _entries(Entry.objects.filter(id=entry_id))[0]


def stopped(*, seen_by: Actor) -> list[EntryCard]:
    """Return the entries in quarantine or on hold, for someone to review."""
    access.require(seen_by, access.READ)
    return _entries(Entry.objects.filter(state__in=STOPPED))


def count_stopped(*, seen_by: Actor) -> int:
    """Return how many entries wait for a review."""
    access.require(seen_by, access.READ)
    return Entry.objects.filter(state__in=STOPPED).count()


def _count(*states: EntryState) -> dict[UUID, int]:
    found = Entry.objects.filter(state__in=states).values_list("bank")
    return dict(found.annotate(many=Count("id")).order_by())


def _bank(one: Bank, asked: int, stopped: int) -> BankCard:
    return BankCard(
        id=one.id,
        code=one.code,
        name=name_of(one),
        source=one.source,
        labels=tuple(one.labels),
        distance=one.distance,
        is_negative=one.is_negative,
        is_on=one.is_on,
        asked=asked,
        stopped=stopped,
    )


def _entries(found: QuerySet[Entry]) -> list[EntryCard]:
    rows = list(found.select_related("bank").defer("value").order_by("id")[:MOST])
    day = today()
    counts = Matches.objects.filter(entry__in=[one.id for one in rows])
    now = dict(counts.filter(day=day).values_list("entry", "many"))
    past = counts.filter(day__lt=day, day__gte=day - PAST).values_list("entry")
    most = dict(past.annotate(most=Max("many")).order_by())
    return [
        EntryCard(
            id=one.id,
            bank_id=one.bank_id,
            bank=name_of(one.bank),
            kind=one.kind,
            quality=one.quality,
            opinion=one.thinks,
            labels=tuple(one.labels),
            reference=one.reference,
            is_frame=one.clip is not None,
            second=one.second,
            state=one.stands,
            added_at=one.added_at,
            matched_today=now.get(one.id, 0),
            most=most.get(one.id, 0),
        )
        for one in rows
    ]
