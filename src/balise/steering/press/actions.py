"""Changes of press items and of their groups."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from balise.foundation import clock, rows
from balise.foundation.actors import Actor
from balise.foundation.journal.book import record, record_many
from balise.foundation.journal.events import Code, Event
from balise.foundation.statistics.quantities import Bound
from balise.steering.imports.actions import taking
from balise.steering.imports.ports import campaign
from balise.steering.imports.rules.kinds import ImportKind
from balise.steering.press import access
from balise.steering.press.events import (
    HeadingAdded,
    PressApart,
    PressGrouped,
    PressNoted,
    PressUngrouped,
    PressWithdrawn,
)
from balise.steering.press.models import Apart, Group, Heading, Item
from balise.steering.press.queries import standing, verdict
from balise.steering.press.rules.files import HeadingKind, ItemTold, Keys, check, whole
from balise.steering.press.rules.syndication import (
    GroupFaulty,
    ItemWithdrawn,
    KnownAlready,
    digest_of,
)

# Add topics and sequences.


@transaction.atomic
def add_all(*, added: Mapping[HeadingKind, Mapping[str, str]], by: Actor) -> None:
    """Add topics and sequences by code and name; those that are there stay as they are."""
    access.require(by, access.WRITE)
    for kind, codes in added.items():
        for code, name in codes.items():
            row, is_new = Heading.objects.get_or_create(
                kind=kind.value, code=code, defaults={"name": name}
            )
            if is_new:
                record(HeadingAdded(subject=row.id, kind=Code(kind.value), code=Code(code)), by=by)


# Confirm that items are one article of several outlets, or that they are not.


TURN: Final = "steering.press"  # of whatever changes items, so that each is counted once
_FEWEST: Final = 2


@transaction.atomic
def group(*, items: Sequence[UUID], by: Actor) -> UUID:
    """Say that items are one article; return the group's id. Raises GroupFaulty.

    The article is counted once, on the day of the first.
    """
    access.require(by, access.WRITE)
    rows.in_turn(TURN)
    found = list(Item.objects.filter(id__in=items, withdrawn_at=None).order_by("day", "id"))
    if len(found) < _FEWEST or any(row.group_id for row in found):
        raise GroupFaulty(_("Choose two items or more that are in no group."))
    made = Group.objects.create(confirmed_by=by.key, confirmed_at=clock.now())
    for row in found:
        row.group, row.is_repeat = made, row is not found[0]
    Item.objects.bulk_update(found, ("group", "is_repeat"))
    record(PressGrouped(subject=made.id, items=len(found)), by=by)
    record_many((row.article(-1) for row in found[1:]), by=by)
    return made.id


@transaction.atomic
def ungroup_of(*, item_id: UUID, by: Actor) -> None:
    """Undo the group of an item: all its items are articles of their own. Raises GroupFaulty."""
    access.require(by, access.WRITE)
    rows.in_turn(TURN)
    row = Item.locked(item_id)
    if row.group is None:
        raise GroupFaulty(_("This item is in no group."))
    _undo(row.group, by=by)


@transaction.atomic
def keep_apart(*, items: Sequence[UUID], by: Actor) -> None:
    """Say that items that look alike are not one article: they are not proposed again together."""
    access.require(by, access.WRITE)
    if len(set(items)) < _FEWEST:
        raise GroupFaulty(_("Choose two items or more that are in no group."))
    if rows.insert(Apart, ("id", "digest"), [(uuid4(), digest_of(items))], unless_known=True):
        record(PressApart(subject=uuid4(), items=len(set(items))), by=by)


def close_ranks(*, group: Group, by: Actor) -> None:
    """Count the article of a group that lost an item with its next one; undo a group of one."""
    left = list(group.items.order_by("day", "id"))
    if len(left) < _FEWEST:
        _undo(group, by=by)
    elif left[0].is_repeat:
        left[0].is_repeat = False
        left[0].save(update_fields=("is_repeat",))
        record(left[0].article(1), by=by)


def _undo(group: Group, *, by: Actor) -> None:
    items = list(group.items.all())
    record(PressUngrouped(subject=group.id, items=len(items)), by=by)
    record_many((row.article(1) for row in items if row.is_repeat), by=by)
    group.items.update(group=None, is_repeat=False)
    group.delete()


# Enter press items, correct one, withdraw one: each is counted once, whoever brings it again.


_WORDS = ("outlet", "programme", "title", "summary", "topic", "sequence", "campaign", "address")
_COLUMNS = (
    *("id", "day", *_WORDS, "medium", "address_key", "twin_key", "audience", "bound", "tone"),
    *("evidence", "equivalent", "brought", "entered_by", "recorded_at", "withdrawn_why"),
    "is_repeat",
)


@dataclass(frozen=True, slots=True)
class Noted:
    """What became of items, in their order: the id of each, and which are new."""

    ids: Sequence[UUID]
    new: frozenset[UUID]


def note(*, told: ItemTold, by: Actor) -> UUID:
    """Enter one item; return its id. Raises KnownAlready and what `check` refuses."""
    noted = note_all(told=(told,), by=by)
    if not noted.new:
        raise KnownAlready(_("This item was already entered."))
    return noted.ids[0]


@transaction.atomic
def note_all(*, told: Sequence[ItemTold], by: Actor, brought: UUID | None = None) -> Noted:
    """Enter items, all or none; those that are known already change nothing.

    `brought` is the file they came in. One batch at a time: of two that bring the same, the second
    knows all of it. Raises what `check` refuses, and Refused for a campaign that there is not.
    """
    access.require(by, access.WRITE)
    rows.in_turn(TURN)
    checked = [check(one, today=clock.today()) for one in told]
    seen = standing(checked)
    ids: list[UUID] = []
    made: list[Item] = []
    for one, keys in zip(told, checked, strict=True):
        same = seen.get(keys.address) or seen.get(keys.twin)
        if same is None:
            row = Item(id=uuid4(), brought=brought, entered_by=by.key, recorded_at=clock.now())
            _fill(row, one, keys)
            made.append(row)
            same = row.id
            seen |= dict.fromkeys({keys.address, keys.twin} - {""}, same)
        ids.append(same)
    values = [[getattr(row, name) for name in _COLUMNS] for row in made]
    rows.insert(Item, _COLUMNS, values)
    record_many((fact for row in made for fact in _noted(row)), by=by)
    return Noted(ids, frozenset(row.id for row in made))


@transaction.atomic
def correct(*, item_id: UUID, told: ItemTold, by: Actor) -> None:
    """Write an item down again as it is; its figures follow. Raises ItemWithdrawn, KnownAlready."""
    access.require(by, access.WRITE)
    row = _locked(item_id)
    was = row.counted(-1)
    _fill(row, told, check(told, today=clock.today()))
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise KnownAlready(_("Another item has this address or title.")) from None
    record(PressNoted(subject=row.id, day=row.day, is_again=True), by=by)
    record_many((was, row.counted(1)), by=by)


@transaction.atomic
def withdraw(*, item_id: UUID, why: str, by: Actor) -> None:
    """Say that an item counts no more, and why; the row stays. Raises ItemWithdrawn."""
    access.require(by, access.WRITE)
    row = _locked(item_id)
    was, group = row.counted(-1), row.group
    row.withdrawn_at, row.withdrawn_why = clock.now(), why
    row.group, row.is_repeat = None, False
    row.save(update_fields=("withdrawn_at", "withdrawn_why", "group", "is_repeat"))
    record_many((PressWithdrawn(subject=row.id, day=row.day), was), by=by)
    if group is not None:
        close_ranks(group=group, by=by)


def _locked(item_id: UUID) -> Item:
    rows.in_turn(TURN)
    row = Item.locked(item_id)
    if row.withdrawn_at is not None:
        raise ItemWithdrawn(_("This item was withdrawn."))
    return row


def _fill(row: Item, told: ItemTold, keys: Keys) -> None:
    words: Mapping[str, str] = {name: getattr(told, name).strip() for name in _WORDS}
    for name, value in words.items():
        setattr(row, name, value)
    row.day, row.medium = told.day, told.medium.value
    row.campaign = campaign.ask(told.campaign) if told.campaign.strip() else ""
    row.address_key, row.twin_key = keys.address, keys.twin
    row.audience = None if told.audience is None else whole(told.audience)
    row.bound = (told.audience.bound if told.audience else Bound.EXACT).value
    row.tone = told.tone.value if told.tone else ""
    row.evidence = told.evidence
    row.equivalent = told.equivalent if settings.PRESS_EQUIVALENT else None


def _noted(row: Item) -> Iterator[Event]:
    yield PressNoted(subject=row.id, day=row.day, is_again=False)
    yield row.counted(1)


# Take in a file of press items: what is right and new, once.


def take_in(*, brought_id: UUID, by: Actor) -> None:
    """Enter the rows of a file that are right and new. Raises AlreadyImported, FileUnreadable.

    Nothing of rows that are known or refused is changed; topics and sequences that are new in it
    are added.
    """
    access.require(by, access.WRITE)
    with taking(brought_id=brought_id, kind=ImportKind.PRESS, by=by) as done:
        rows.in_turn(TURN)  # what another takes in is known before it is looked at
        found = verdict(done.file)
        add_all(added=found.added, by=by)
        told = [line.told for line in found.new if line.told]
        note_all(told=told, by=by, brought=brought_id)
        done.taken, done.known = len(found.new), len(found.known)
        done.refused = [(line.number, line.refused) for line in found.refused]
