"""Enter press items, correct one, withdraw one: each is counted once, whoever brings it again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from balise.foundation import clock, rows
from balise.foundation.actors import Actor
from balise.foundation.journal.book import record, record_many
from balise.foundation.journal.events import Event
from balise.foundation.statistics.quantities import Bound
from balise.steering.imports.ports import campaign
from balise.steering.press import access
from balise.steering.press.actions.grouping import TURN, close_ranks
from balise.steering.press.events import PressNoted, PressWithdrawn
from balise.steering.press.models import Item
from balise.steering.press.queries.importing import standing
from balise.steering.press.rules.items import ItemTold, Keys, check, whole
from balise.steering.press.rules.refusals import ItemWithdrawn, KnownAlready

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
