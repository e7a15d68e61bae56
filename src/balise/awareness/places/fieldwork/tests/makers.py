"""Workshops and interventions, made by the real actions."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from balise.awareness.places.fieldwork.actions import asking, planning, workshops
from balise.awareness.places.fieldwork.models import Intervention, Workshop
from balise.awareness.places.fieldwork.rules.visits import Comes, HalfDay
from balise.awareness.places.fieldwork.rules.workshops import Method, Setting, WorkshopTold
from balise.awareness.places.structures.tests.makers import code_of, make_structure
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import ANYONE, Actor

STRUCTURE = UUID("5a3f0000-0000-4000-8000-000000000001")


def told(**facts: Any) -> WorkshopTold:
    """Return a workshop of today as it is told: 26 pupils of 11 to 13, counted one by one."""
    usual: dict[str, Any] = {
        "day": clock.today(),
        "setting": Setting.SCHOOL,
        "heads": {"11-13": 26},
        "method": Method.COUNTED,
        "area": "35",
    }
    return WorkshopTold(**{**usual, **facts})


def make_workshop(
    *, structure: UUID = STRUCTURE, key: UUID | None = None, **facts: Any
) -> Workshop:
    """Return a workshop that a structure declared."""
    done = workshops.declare(structure=structure, key=key or uuid4(), told=told(**facts), by=ANYONE)
    return Workshop.objects.get(id=done.workshop)


def declared_by_phone(structure: UUID | None = None, **more: Any) -> dict[str, Any]:
    """Return what a phone sends of a workshop of today, of a new structure where none is said."""
    return {
        "structure": code_of(structure or make_structure()),
        "key": str(uuid4()),
        "kit": "",
        "day": clock.today().isoformat(),
        "setting": "school",
        "postcode": "",
        "method": "counted",
        "needs": "1-4",
        "heads_11-13": "26",
        "heads_parents": "4",
        "planned": "held",
        "campaign": "",
        **more,
    }


def school_asks(**more: Any) -> dict[str, Any]:
    """Return what the form of a school sends."""
    return {
        "name": "Collège de l’Estuaire",
        "school_code": "",
        "area": "44",
        "levels": ["6e", "5e"],
        "expected": "54",
        "wished_from": clock.today().isoformat(),
        "wished_to": (clock.today() + timedelta(days=40)).isoformat(),
        "person": "M. Abel",
        "address": "abel@estuaire.example",
        "telephone": "",
        "words": "Plutôt le matin.",
        **more,
    }


def asked(**facts: Any) -> asking.Asked:
    """Return what a school asks for: two levels, 54 pupils, within two months."""
    usual: dict[str, Any] = {
        "name": "Collège de l’Estuaire",
        "area": "44",
        "groups": ["6e", "5e"],
        "expected": 54,
        "wished_from": clock.today(),
        "wished_to": clock.today() + timedelta(days=60),
        "contact": {"name": "M. Abel", "address": "vie-scolaire@estuaire.example"},
    }
    return asking.Asked(**{**usual, **facts})


def make_intervention(*, by: Actor = ANYONE, **facts: Any) -> Intervention:
    """Return an intervention that was asked for."""
    return Intervention.objects.get(id=asking.ask(asked=asked(**facts), by=by))


def make_planned(*, day: date | None = None, by: Actor | None = None, **facts: Any) -> Intervention:
    """Return an intervention that has a day, tomorrow where none is said."""
    row = make_intervention(**facts)
    planning.plan(
        intervention_id=row.id,
        day=day or clock.today() + timedelta(days=1),
        half_day=HalfDay.MORNING,
        comes=Comes.STAFF,
        structure=None,
        by=by or make_actor("coordinator"),
    )
    row.refresh_from_db()
    return row


def make_met(*, day: date | None = None, by: Actor | None = None, **facts: Any) -> Intervention:
    """Return an intervention that took place, with 50 pupils of the first group."""
    coordinator = by or make_actor("coordinator")
    row = make_planned(day=clock.today(), by=coordinator, **facts)
    planning.meet(
        intervention_id=row.id,
        day=day or clock.today(),
        heads={row.groups[0]: 50},
        by=coordinator,
    )
    row.refresh_from_db()
    return row
