"""Editions and activities, made by the real actions."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from balise.awareness.sid import actions
from balise.awareness.sid.actions import Declared
from balise.awareness.sid.models import Activity
from balise.awareness.sid.rules import Sort
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import ANYONE
from balise.foundation.clock import zone

DAY = date(2027, 2, 9)
BEFORE = datetime(2026, 11, 28, 12, tzinfo=zone())
AFTER = datetime(2027, 2, 11, 12, tzinfo=zone())
CONTACT = "Camille@ecole.example"
SAYS = "Nous avons écrit nos règles du groupe."


def make_edition(day: date = DAY, **changed: Any) -> UUID:
    """Return an edition, with what else it says."""
    by = make_actor("coordinator")
    edition = actions.plan(year=day.year, day=day, by=by)
    said: dict[str, Any] = {
        "day": day,
        "theme": {"fr": "Qui a mis ça dans mon fil ?"},
        "release": {},
        "embargo_until": None,
        "kit": "",
        "campaign": "",
        **changed,
    }
    actions.change(edition_id=edition, by=by, **said)
    return edition


def said(**changed: Any) -> Declared:
    """Return what a form says."""
    facts: dict[str, Any] = {
        "sort": Sort.SCHOOL,
        "channel": "phare",
        "name": "6e B, collège des Embruns",
        "area": "35",
        "on": DAY,
        "expected": 27,
        "says": SAYS,
        **changed,
    }
    return Declared(**facts)


def make_activity(edition: UUID, *, key: UUID | None = None, **changed: Any) -> UUID:
    """Return a declared activity."""
    return actions.declare(
        key=key or uuid4(),
        edition_id=edition,
        said=said(**changed),
        contact=CONTACT,
        language="fr",
        by=ANYONE,
    )


def words_of(activity: UUID) -> str:
    """Return the words of an activity, as someone of the team reads them."""
    return Activity.objects.get(id=activity).words
