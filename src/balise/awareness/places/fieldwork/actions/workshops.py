"""Declare a workshop, once whatever the network does; correct it; say that it counts no more."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from balise.awareness.places.fieldwork import access
from balise.awareness.places.fieldwork.events import (
    PeopleMet,
    WorkshopCorrected,
    WorkshopCounted,
    WorkshopDeclared,
    WorkshopVoided,
)
from balise.awareness.places.fieldwork.models import Workshop
from balise.awareness.places.fieldwork.rules import workshops
from balise.awareness.places.fieldwork.rules.workshops import (
    KitUnknown,
    Why,
    WorkshopState,
    WorkshopTold,
    WorkshopVoid,
    check,
)
from balise.awareness.publications.queries import kits
from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.foundation.journal.book import record, record_many
from balise.foundation.journal.events import Code, Event


@dataclass(frozen=True, slots=True)
class Declared:
    """What became of a declaration: `is_new` is False where it had come before."""

    workshop: UUID
    is_new: bool
    is_kit_withdrawn: bool


@transaction.atomic
def declare(*, structure: UUID, key: UUID, told: WorkshopTold, by: Actor) -> Declared:
    """Write down a workshop of a structure; the same `key` again changes nothing.

    Whoever opened the structure by its code may: the door has asked. A kit that is not public any
    more is kept with its edition; one that never was is refused.
    """
    before = _declared(structure, key)
    if before is not None:
        return before
    heads = check(told, today=clock.today())
    is_withdrawn = _is_withdrawn(told)
    row = Workshop(
        key=key,
        structure=structure,
        state=WorkshopState.PLANNED if told.is_planned else WorkshopState.HELD,
        kit_was_withdrawn=is_withdrawn,
        declared_at=clock.now(),
        **_columns(told, heads),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # it came twice at once
        before = _declared(structure, key)
        if before is None:
            raise
        return before
    record(
        WorkshopDeclared(
            subject=row.id,
            structure=structure,
            day=told.day,
            is_planned=told.is_planned,
            kit=told.kit,
            edition=told.edition,
            is_kit_withdrawn=is_withdrawn,
        ),
        by=by,
    )
    record_many(_counted(row), by=by)
    return Declared(row.id, is_new=True, is_kit_withdrawn=is_withdrawn)


@transaction.atomic
def correct(*, workshop_id: UUID, told: WorkshopTold, by: Actor) -> None:
    """Write a workshop down again as it was; whether it is planned or held stays."""
    access.require(by, access.CHANGE)
    row = Workshop.locked(workshop_id)
    _check_counts(row)
    heads = check(told, today=clock.today())
    is_other = told.kit != row.kit or told.edition != row.edition
    is_withdrawn = _is_withdrawn(told) if is_other else row.kit_was_withdrawn
    was = list(_counted(row, -1))
    for name, value in _columns(told, heads).items():
        setattr(row, name, value)
    row.kit_was_withdrawn = is_withdrawn
    row.corrected_at = clock.now()
    row.save()
    record(WorkshopCorrected(subject=row.id, day=told.day), by=by)
    record_many(_net([*was, *_counted(row)]), by=by)


@transaction.atomic
def void(*, workshop_id: UUID, why: Why, by: Actor) -> None:
    """Say that a declaration counts no more; the row stays, and says so."""
    access.require(by, access.CHANGE)
    row = Workshop.locked(workshop_id)
    _check_counts(row)
    was = list(_counted(row, -1))
    row.state = WorkshopState.VOID
    row.save(update_fields=("state",))
    record(WorkshopVoided(subject=row.id, why=Code(why)), by=by)
    record_many(was, by=by)


def _declared(structure: UUID, key: UUID) -> Declared | None:
    rows = Workshop.objects.filter(structure=structure, key=key).order_by()
    found = rows.values_list("id", "kit_was_withdrawn").first()
    return Declared(found[0], is_new=False, is_kit_withdrawn=found[1]) if found else None


def _check_counts(row: Workshop) -> None:
    if row.stands is WorkshopState.VOID:
        raise WorkshopVoid(_("This declaration is void already."))


def _is_withdrawn(told: WorkshopTold) -> bool:
    """Return whether a workshop's kit is not public any more; refuse one that never was."""
    if told.kit is None:
        return False
    version = kits.version_of(told.kit, told.edition)
    if version is None:
        raise KitUnknown(_("We do not know this kit. Choose one of the list, or none."))
    return not version.is_public


def _columns(told: WorkshopTold, heads: Mapping[str, int]) -> dict[str, object]:
    return {
        "day": told.day,
        "setting": told.setting,
        "area": told.area,
        "commune": told.commune,
        "kit": told.kit,
        "edition": told.edition if told.kit else 0,
        "heads": dict(heads),
        "people": sum(heads.values()),
        "method": told.method,
        "needs": told.needs,
        "talked": told.talked,
        "campaign": told.campaign,
    }


def _counted(row: Workshop, times: int = 1) -> Iterator[WorkshopCounted | PeopleMet]:
    """Yield what a workshop that took place adds to the figures, or takes from them."""
    if row.stands is not WorkshopState.HELD:
        return
    yield WorkshopCounted(
        subject=row.id,
        day=row.day,
        kit=Code(str(row.kit) if row.kit else ""),
        area=Code(row.area),
        method=Code(row.method),
        campaign=Code(row.campaign),
        amount=times,
    )
    for band, heads in workshops.checked(row.heads).items():
        yield PeopleMet(
            subject=row.id,
            day=row.day,
            band=Code(band),
            campaign=Code(row.campaign),
            amount=heads * times,
        )


def _net(facts: list[WorkshopCounted | PeopleMet]) -> Iterator[Event]:
    """Yield what facts of one workshop come to together, without those that come to nothing."""
    sums: dict[tuple[object, ...], int] = {}
    of: dict[tuple[object, ...], WorkshopCounted | PeopleMet] = {}
    for fact in facts:
        place: tuple[object, ...] = (
            (fact.day, fact.kit, fact.area, fact.method, fact.campaign)
            if isinstance(fact, WorkshopCounted)
            else (fact.day, fact.band, fact.campaign)
        )
        sums[place] = sums.get(place, 0) + fact.amount
        of[place] = fact
    for place, amount in sums.items():
        if amount:
            yield replace(of[place], amount=amount)
