"""Meetings, seats and decisions, made the way the committee makes them."""

from datetime import date, timedelta
from itertools import count
from uuid import UUID, uuid4

from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.clock import today
from balise.steering.committee import actions
from balise.steering.committee.models import Meeting


def make_meeting(day: date | None = None) -> UUID:
    """Return a meeting of a day; without one, of the first day before today that has none."""
    known = set(Meeting.objects.values_list("day", flat=True))
    free = (today() - timedelta(days=number) for number in count())
    day = day or next(one for one in free if one not in known)
    return actions.plan(day=day, by=make_actor("steering"))


def make_member(organisation: str = "") -> UUID:
    """Return a seat that an organisation has."""
    name = organisation or f"Association {uuid4().hex[:6]}"
    return actions.seat(organisation=name, by=make_actor("steering"))


def make_item(meeting_id: UUID | None = None) -> UUID:
    """Return a point of an agenda."""
    words = {"fr": "Bilan de la rentrée", "en": "The start of the school year"}
    by = make_actor("steering")
    return actions.add_item(meeting_id=meeting_id or make_meeting(), words=words, by=by)


def make_decision(meeting_id: UUID | None = None, *, due: date | None = None) -> UUID:
    """Return a decision that an organisation carries out."""
    return actions.decide(
        meeting_id=meeting_id or make_meeting(),
        words={"fr": "Dire le délai de retrait comme une part."},
        owner_id=make_member(),
        due=due,
        by=make_actor("steering"),
    )
