"""Breaks and targets, for those who keep them."""

from dataclasses import dataclass
from uuid import UUID

from balise.foundation.actors import Actor
from balise.foundation.finding import find
from balise.foundation.statistics.indicators import INDICATORS
from balise.steering.indicators import access
from balise.steering.indicators.models import Break, Target


@dataclass(frozen=True, slots=True)
class Noted:
    """A break, with the names of the figures that it concerns."""

    row: Break
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Set:
    """A target, with the name of its figure."""

    row: Target
    figure: str


@dataclass(frozen=True, slots=True)
class Changes:
    """All breaks, the latest first, and all targets."""

    breaks: tuple[Noted, ...]
    targets: tuple[Set, ...]


def changes(*, seen_by: Actor) -> Changes:
    """Return the breaks that were noted and the targets that were set."""
    access.require(seen_by, access.READ)
    return Changes(
        tuple(
            Noted(row, tuple(_name(code) for code in row.indicators))
            for row in Break.objects.order_by("-on", "name_en")
        ),
        tuple(Set(row, _name(row.indicator)) for row in Target.objects.all()),
    )


def found_break(break_id: UUID, *, by: Actor) -> Break:
    """Return a break to change. Raises NotHere."""
    access.require(by, access.WRITE)
    return find(Break, id=break_id)


def _name(code: str) -> str:
    return str(INDICATORS[code].name) if code in INDICATORS else code
