"""Follow a source: take in a page, pass one that can't be read, move the checkpoint on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.finding import find
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.hotline.matching.banks.actions import keeping
from balise.hotline.matching.banks.rules.deciding import Opinion
from balise.hotline.matching.exchange import access
from balise.hotline.matching.exchange.events import (
    PagePassed,
    PageSettled,
    SourceFailing,
    SourceRead,
)
from balise.hotline.matching.exchange.models import BadPage, Held, HeldEntry, Source
from balise.hotline.matching.exchange.rules.items import (
    Ask,
    Copy,
    Fault,
    Item,
    Page,
    Range,
    Step,
    step_of,
)

AGAIN = timedelta(minutes=15)
_LONGEST = timedelta(hours=12)
_MOST_DOUBLINGS = 6


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a page: how many were added, withdrawn, ours."""

    added: int = 0
    withdrawn: int = 0
    own: int = 0

    def __add__(self, other: "Taken") -> "Taken":
        return Taken(
            self.added + other.added, self.withdrawn + other.withdrawn, self.own + other.own
        )


def add_source(*, code: str, bank: str, by: Actor) -> UUID:
    """Follow a source into the bank of this code, and return its id; it is asked at once."""
    access.require(by, access.MANAGE)
    one, _is_new = Source.objects.get_or_create(
        code=code, defaults={"bank": bank, "next_at": now()}
    )
    return one.id


@transaction.atomic
def take_page(*, source_id: UUID, page: Page, ranged: Range, own: str = "", by: Actor) -> Taken:
    """Bring our copy of a source up to what a page says, and return what that changed.

    The same page again changes nothing. `own` is what the source calls us.
    """
    access.require(by, access.MANAGE)
    source = Source.locked(source_id)
    references = [item.reference for item in page.items]
    held = {
        one.reference: one for one in Held.objects.filter(source=source, reference__in=references)
    }
    taken = Taken()
    for item in page.items:
        copy = held.get(item.reference)
        step = step_of(item, _copy(copy), own=own, until=ranged.until)
        if step in {Step.CHANGE, Step.WITHDRAW} and copy is not None:
            _withdraw(copy, by)
            taken += Taken(withdrawn=step is Step.WITHDRAW)
        if step in {Step.ADD, Step.CHANGE, Step.WITHDRAW}:
            copy = held[item.reference] = _kept(source, item, copy, ranged)
        if step in {Step.ADD, Step.CHANGE} and copy is not None:
            _add(source, copy, item, by)
            taken += Taken(added=1)
        taken += Taken(own=step is Step.OWN)
    return taken


@transaction.atomic
def pass_page(
    *, source_id: UUID, ask: Ask, ranged: Range, fault: Fault, entries: int = 0, by: Actor
) -> UUID:
    """Write down a page that can't be read, or `entries` of it; it is asked again later.

    The same page again is the same alarm.
    """
    access.require(by, access.MANAGE)
    source = Source.locked(source_id)
    there = source.bad_pages.filter(ask=ask.words, settled_at__isnull=True).first()
    if there is not None:
        return there.id
    page = BadPage.objects.create(
        source=source,
        ask=ask.words,
        since=ranged.since,
        until=ranged.until,
        wrong=fault,
        entries=entries,
        seen_at=now(),
        next_at=now() + AGAIN,
    )
    record(PagePassed(subject=page.id, source=Code(source.code), fault=fault), by=by)
    return page.id


@transaction.atomic
def close_range(*, source_id: UUID, ranged: Range, taken: Taken, bad: int, by: Actor) -> None:
    """Move the checkpoint to the end of a range of which every page was read or passed."""
    access.require(by, access.MANAGE)
    source = Source.locked(source_id)
    source.checkpoint, source.read_at = ranged.until, now()
    source.own += taken.own
    source.attempts, source.wrong, source.failing_since = 0, "", None
    source.next_at = now() + AGAIN
    source.save()
    event = SourceRead(
        subject=source.id,
        source=Code(source.code),
        added=taken.added,
        withdrawn=taken.withdrawn,
        own=taken.own,
        bad=bad,
    )
    record(event, by=by)


@transaction.atomic
def note_failing(*, source_id: UUID, fault: Fault, by: Actor) -> None:
    """Write down that a source refuses or is silent. The checkpoint stays; it is asked later."""
    access.require(by, access.MANAGE)
    source = Source.locked(source_id)
    is_new = source.wrong != fault
    source.wrong, source.attempts = fault, source.attempts + 1
    source.failing_since = source.failing_since or now()
    source.next_at = _later(source.attempts)
    source.save()
    if is_new:
        record(SourceFailing(subject=source.id, source=Code(source.code), fault=fault), by=by)


@transaction.atomic
def settle_page(*, page_id: UUID, by: Actor) -> None:
    """Write down that a page that was passed has been read."""
    access.require(by, access.MANAGE)
    page = BadPage.locked(page_id)
    if page.settled_at is None:
        page.settled_at, page.next_at = now(), None
        page.save()
        record(PageSettled(subject=page.id, source=Code(page.source.code)), by=by)


@transaction.atomic
def postpone_page(*, page_id: UUID, by: Actor) -> None:
    """Ask for a bad page later, less and less often."""
    access.require(by, access.MANAGE)
    page = BadPage.locked(page_id)
    page.attempts += 1
    page.next_at = _later(page.attempts)
    page.save()


@transaction.atomic
def ask_again(*, page_id: UUID, by: Actor) -> None:
    """Ask for a bad page now, because a person says so."""
    access.require(by, access.MANAGE)
    page = find(BadPage.objects.select_for_update(), id=page_id, settled_at__isnull=True)
    page.next_at = now()
    page.save()


def _later(attempts: int) -> datetime:
    wait: timedelta = AGAIN * (1 << min(attempts, _MOST_DOUBLINGS))
    return now() + min(wait, _LONGEST)


def _copy(held: Held | None) -> Copy | None:
    if held is None:
        return None
    return Copy(bytes(held.digest), held.version, held.gone_at is not None, held.until)


def _kept(source: Source, item: Item, held: Held | None, ranged: Range) -> Held:
    held = held or Held(source=source, reference=item.reference)
    held.digest, held.version, held.until = item.digest, item.version, ranged.until
    held.gone_at = now() if item.is_gone or not item.signals else None
    held.save()
    return held


def _add(source: Source, held: Held, item: Item, by: Actor) -> None:
    entries = keeping.add(
        bank=source.bank,
        signals=item.signals,
        opinion=Opinion(item.opinion),
        labels=item.labels,
        reference=item.reference,
        by=by,
    )
    HeldEntry.objects.bulk_create(
        [
            HeldEntry(held=held, entry=entry, kind=signal.kind)
            for entry, signal in dict(zip(entries, item.signals, strict=True)).items()
        ],
        ignore_conflicts=True,
    )


def _withdraw(held: Held, by: Actor) -> None:
    entries = list(held.numbers.values_list("entry", flat=True))
    keeping.withdraw(entries=entries, by=by)
    held.numbers.all().delete()
