"""What the committee adds to the page of a figure: the decisions that cite it."""

from typing import Any

from balise.foundation.actors import Actor
from balise.foundation.web.parts import Part
from balise.steering.committee import access, queries
from balise.steering.committee.rules import in_language


def citing(found: Any, seen_by: Actor) -> Part | None:
    """Return the decisions that cite a figure; None where there are none to read."""
    if not seen_by.may(access.READ):
        return None
    rows = [
        (one.id, one.number, in_language(one.words), one.state.label)
        for one in queries.citing(found.now.indicator.code, seen_by=seen_by)
    ]
    return Part("steering/committee/citing.html", rows) if rows else None
