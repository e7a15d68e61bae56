"""The part of a demonstration's past that is breaks, and the number that a plan aims at."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from balise.foundation.actors import Actor
from balise.steering.indicators import actions


def fill(people: Mapping[str, Actor]) -> None:
    """Note two days that changed the helpline's figures, and an invented target."""
    by = people["steering"]
    actions.note_break(
        on=date(2023, 2, 8),
        name_fr="Ouvert 7 j/7, de 9 h à 23 h",
        name_en="Open every day, 9 am to 11 pm",
        lines=["helpline"],
        by=by,
    )
    actions.note_break(
        on=date(2023, 9, 27),
        name_fr="Numéro unique",
        name_en="Single number",
        lines=["helpline"],
        by=by,
    )
    actions.set_target(
        indicator="HOT-REP",
        plan="Plan 2023-2026",
        objective="9",
        year=2026,
        value=Decimal(2_000),
        by=by,
    )
