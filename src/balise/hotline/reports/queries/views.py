"""What the list of the queue says around its rows: how much waits in each view, whose a row is.

And the views that each person saved.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from balise.foundation.accounts.queries import holders_of, names_of
from balise.foundation.actors import Actor
from balise.foundation.encryption.sealing import key_of_line
from balise.foundation.finding import find
from balise.hotline.reports import access
from balise.hotline.reports.models import DRAFTED, LINE, Content, SavedView, VerdictDraft
from balise.hotline.reports.queries.listing import ContentRow, name_of
from balise.hotline.reports.queries.reviews import for_next_look
from balise.hotline.reports.rules.priority import DANGER_BAND
from balise.hotline.reports.rules.words import DECIDED_STATES, LOOKED_AT, ContentState

MOST_COUNTED = 1_000  # beyond, a number says nothing more to a person, and costs the database


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits, MOST_COUNTED at most: for a verdict, of it one's own, for a second review."""

    to_assess: int
    mine: int
    second: int


def waiting(*, seen_by: Actor) -> Waiting:
    """Return how much waits for the reader in each view of the queue."""
    access.require(seen_by, access.READ)
    every = Content.objects.order_by()
    second = _counted(for_next_look(every, by=seen_by))
    mine = every.filter(claimed_by=seen_by.key).exclude(claimed_by="")
    return Waiting(
        to_assess=min(_first_reviews() + second, MOST_COUNTED),
        mine=_counted(mine.filter(state__in=LOOKED_AT)),
        second=second,
    )


def to_assess(seen_by: Actor) -> int:
    """Return how much waits for a verdict of the reader, MOST_COUNTED at most."""
    access.require(seen_by, access.READ)
    second = _counted(for_next_look(Content.objects.order_by(), by=seen_by))
    return min(_first_reviews() + second, MOST_COUNTED)


def is_any_left(*, seen_by: Actor) -> bool:
    """Return whether any content is in the queue, whoever has it or may take it."""
    access.require(seen_by, access.READ)
    return Content.objects.filter(state__in=LOOKED_AT).exists()


def in_danger(seen_by: Actor) -> int:
    """Return how much waits about which someone may be in danger: it cannot wait."""
    access.require(seen_by, access.READ)
    # In the queue's index, danger is a band of the priority.
    dangerous = Content.objects.filter(state=ContentState.WAITING, priority__gte=DANGER_BAND)
    return _counted(dangerous.order_by())


def holders(rows: Iterable[ContentRow]) -> dict[str, str]:
    """Return the names of those who hold rows of the list, by their keys."""
    held = {row.claimed_by for row in rows if row.claimed_by}
    return names_of(held) if held else {}


def colleagues(*, seen_by: Actor) -> list[tuple[str, str]]:
    """Return who else may assess, as (id, name), by name."""
    access.require(seen_by, access.ASSESS)
    names = names_of({str(one) for one in holders_of(access.ASSESS)} - {seen_by.key})
    return sorted(names.items(), key=lambda one: one[1].casefold())


def own_views(*, seen_by: Actor) -> list[SavedView]:
    """Return the views that the reader saved, by name."""
    access.require(seen_by, access.READ)
    own = SavedView.objects.filter(account=seen_by.key, deleted_at=None)
    return sorted(own, key=lambda one: one.name.casefold())


def own_view(*, view_id: UUID, seen_by: Actor) -> SavedView:
    """Return a view that the reader saved. Raises NotHere for any other."""
    access.require(seen_by, access.READ)
    return find(SavedView, id=view_id, account=seen_by.key, deleted_at=None)


def _first_reviews() -> int:
    return _counted(Content.objects.order_by().filter(state=ContentState.WAITING))


def _counted(found: QuerySet[Content]) -> int:
    return found.only("id")[:MOST_COUNTED].count()


# What was typed of a verdict and not saved, for the analyst who has its content.


@dataclass(frozen=True, slots=True)
class Typed:
    """A verdict as far as it was typed: its fields by name, who typed last, and when."""

    fields: Mapping[str, str]
    author: str
    at: datetime
    is_mine: bool


def typed(*, content_id: UUID, seen_by: Actor) -> Typed | None:
    """Return the draft about a content that the analyst has taken; None if there is none."""
    access.require(seen_by, access.ASSESS)
    taken = VerdictDraft.objects.filter(content=content_id, content__claimed_by=seen_by.key)
    one = taken.first()
    if one is None:
        return None
    return Typed(
        fields=key_of_line(LINE, one.id).open(one.sealed, where=DRAFTED, row=one.id),
        author=name_of(one.author),
        at=one.at,
        is_mine=one.author == seen_by.key,
    )


def verdict_by(content: Content) -> str:
    """Return the key of the analyst whose verdict a decided content has; "" without one."""
    if content.state not in DECIDED_STATES:
        return ""
    given = content.assessments.filter(is_final=True).first()
    return given.by if given is not None else ""
