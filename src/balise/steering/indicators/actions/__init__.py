"""Note breaks and set targets; each is written down."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.statistics.indicators import INDICATORS, indicator_of
from balise.steering.indicators import access, events
from balise.steering.indicators.models import Break, Target
from balise.steering.indicators.rules.refusals import ConcernsNothing, ValueFaulty


@transaction.atomic
def note_break(
    *,
    on: date,
    name_fr: str,
    name_en: str,
    lines: Sequence[str] = (),
    indicators: Sequence[str] = (),
    by: Actor,
) -> UUID:
    """Note a day from which some series mean something else; refuse one that concerns nothing."""
    access.require(by, access.WRITE)
    _check(lines, indicators)
    row = Break.objects.create(
        on=on, name_fr=name_fr, name_en=name_en, lines=[*lines], indicators=[*indicators]
    )
    record(events.BreakNoted(subject=row.id, on=on, **_concerned(lines, indicators)), by=by)
    return row.id


@transaction.atomic
def change_break(
    *,
    break_id: UUID,
    on: date,
    name_fr: str,
    name_en: str,
    lines: Sequence[str] = (),
    indicators: Sequence[str] = (),
    by: Actor,
) -> None:
    """Give a break another day or name, or let it concern other series. Raises NotHere."""
    access.require(by, access.WRITE)
    row = Break.locked(break_id)
    _check(lines, indicators)
    was_on, row.on = row.on, on
    row.name_fr, row.name_en = name_fr, name_en
    row.lines, row.indicators = [*lines], [*indicators]
    row.save()
    told = events.BreakChanged(
        subject=row.id, was_on=was_on, on=on, **_concerned(lines, indicators)
    )
    record(told, by=by)


@transaction.atomic
def remove_break(*, break_id: UUID, by: Actor) -> None:
    """Take back a break that was none. Raises NotHere."""
    access.require(by, access.WRITE)
    row = Break.locked(break_id)
    record(events.BreakRemoved(subject=row.id, on=row.on), by=by)
    row.delete()


@transaction.atomic
def set_target(
    *, indicator: str, plan: str, objective: str, year: int, value: Decimal, by: Actor
) -> UUID:
    """Set the number that an objective asks of an indicator in a year, or another than before."""
    access.require(by, access.WRITE)
    indicator_of(indicator)
    if value <= 0:
        raise ValueFaulty(_("Enter a number above zero."))
    row, _made = Target.objects.update_or_create(
        indicator=indicator,
        plan=plan,
        objective=objective,
        year=year,
        defaults={"value": value},
    )
    record(
        events.TargetSet(subject=row.id, indicator=Code(indicator), year=year, value=int(value)),
        by=by,
    )
    return row.id


@transaction.atomic
def remove_target(*, target_id: UUID, by: Actor) -> None:
    """Take back a target. Raises NotHere."""
    access.require(by, access.WRITE)
    row = Target.locked(target_id)
    record(
        events.TargetRemoved(subject=row.id, indicator=Code(row.indicator), year=row.year), by=by
    )
    row.delete()


def _check(lines: Sequence[str], indicators: Sequence[str]) -> None:
    if not lines and not indicators:
        raise ConcernsNothing(_("Choose a line or a figure that it concerns."))
    for code in indicators:
        indicator_of(code)
    if set(lines) - {one.line for one in INDICATORS.values()}:
        raise ConcernsNothing(_("This line has no figures."))


def _concerned(lines: Sequence[str], indicators: Sequence[str]) -> dict[str, Any]:
    return {"lines": Code("/".join(lines)), "figures": len(indicators)}
