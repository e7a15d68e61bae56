"""Editions of a day's committee, over fruit that was picked."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.steering.editions.actions import freezing, preparing
from balise.steering.editions.models import Comment, Edition

ALONE: Final = "Nobody else reads of fruit."


def make_edition(day: date | None = None, *, by: Actor | None = None) -> UUID:
    """Return the draft of a day, today unless it is said, of its year until the day before."""
    day = day or today()
    last = day - timedelta(days=1)
    first = last.replace(month=1, day=1)
    by = by or make_actor("steering")
    return preparing.open_edition(day=day, first=first, last=last, by=by)


def make_frozen(day: date | None = None) -> UUID:
    """Return a frozen edition; its files are not drawn."""
    edition = make_edition(day)
    freezing.freeze(edition_id=edition, alone=ALONE, by=make_actor("steering"))
    return edition


def make_link(edition_id: UUID | None = None) -> str:
    """Return the token of a link to a draft."""
    edition_id = edition_id or make_edition()
    by = make_actor("steering")
    return preparing.give_link(edition_id=edition_id, seat="Association Lyre", by=by)[1]


def make_comment(edition_id: UUID | None = None, code: str = "") -> UUID:
    """Return a question that a member asked."""
    edition_id = edition_id or make_edition()
    preparing.comment(token=make_link(edition_id), code=code, words="Pourquoi ?")
    return Comment.objects.filter(edition_id=edition_id).latest("at").id


def edition_of(edition_id: UUID) -> Edition:
    """Return the row of an edition as it is now."""
    return Edition.objects.get(id=edition_id)
