"""What editions add to the page of a figure: where it stands, and what it was then."""

from typing import Any

from balise.foundation.actors import Actor
from balise.foundation.web.pages import Part
from balise.steering.editions import access
from balise.steering.editions.queries.earlier import earlier_values


def earlier(found: Any, seen_by: Actor) -> Part | None:
    """Return the frozen editions that show a figure; None where there are none to read."""
    if not seen_by.may(access.READ):
        return None
    rows = earlier_values(found.now.indicator.code, seen_by=seen_by)
    return Part("steering/editions/parts.html#earlier", rows) if rows else None
