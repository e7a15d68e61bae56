"""Events and registrations, made the way the programme makes them."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from balise.awareness.learning.events.actions import drafting, registering
from balise.awareness.learning.events.models import Places, Registration
from balise.awareness.learning.events.rules.facts import EventKind, Facts, Said, Standing
from balise.awareness.learning.events.rules.registering import Incoming
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import ANYONE
from balise.foundation.clock import now

TITLE = "Mon enfant est visé : que faire ce soir ?"


def make_facts(*, days: float = 14, **given: Any) -> Facts:
    """Return what staff write of a webinar of three places, so many days from now."""
    starts_at = (now() + timedelta(days=days)).replace(microsecond=0)
    return Facts(
        **{
            "kind": EventKind.WEBINAR,
            "words": {"fr": Said(TITLE, "Quarante minutes, puis vos questions.")},
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(hours=1),
            "zone": "Europe/Paris",
            "link": "https://webinars.example/join/7",
            "capacity": 3,
            **given,
        }
    )


def make_draft(**given: Any) -> UUID:
    """Return an event that nobody else sees."""
    return drafting.draft(facts=make_facts(**given), by=make_actor("coordinator"))


def make_public(**given: Any) -> UUID:
    """Return an event that everyone sees."""
    event = make_draft(**given)
    drafting.publish(event_id=event, by=make_actor("coordinator"))
    return event


def make_incoming(event: UUID, **given: Any) -> Incoming:
    """Return what a parent writes who registers, each with an address of their own."""
    told = {"address": f"{uuid4().hex[:12]}@mailbox.example", "language": "fr", "is_adult": True}
    return Incoming(**{"event": event, "kind": EventKind.WEBINAR, **told, **given})


def register(event: UUID, **given: Any) -> Registration:
    """Register someone; return the row."""
    incoming = make_incoming(event, **given)
    registering.register(incoming=incoming, by=ANYONE)
    return Registration.objects.filter(event=event).latest("number")


def standings(event: UUID) -> list[Standing]:
    """Return where all stand who registered, in the order of their numbers."""
    return [one.stands for one in Registration.objects.filter(event=event).order_by("number")]


def counters(event: UUID) -> tuple[int, int, int]:
    """Return how many have a place, wait, and do not come."""
    tally = Places.objects.get(event_id=event).tally
    return tally.confirmed, tally.waiting, tally.not_coming
