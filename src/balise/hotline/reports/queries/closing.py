"""What someone wants to close together, and the closings that can still be undone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from balise.foundation.accounts.queries import names_of
from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.finding import find
from balise.hotline.matching.signals.rules.kinds import Turn
from balise.hotline.reports import access
from balise.hotline.reports.models import Assessment, Closing, Content, Copy
from balise.hotline.reports.queries.listing import ContentRow, row_of, stamp_of
from balise.hotline.reports.rules.assessing import is_held_by_another
from balise.hotline.reports.rules.categories import category
from balise.hotline.reports.rules.closing import (
    Facts,
    Obstacle,
    Whose,
    obstacles,
    obstacles_to_copy,
)
from balise.hotline.reports.rules.known import TURNS, Within, settles, within
from balise.hotline.reports.rules.words import DECIDED_STATES, ContentState, Verdict


@dataclass(frozen=True, slots=True)
class Chosen:
    """One content that someone wants to close with others, and what prevents it."""

    row: ContentRow
    obstacles: tuple[Obstacle, ...]


@dataclass(frozen=True, slots=True)
class ClosingTold:
    """A closing as its page shows it. `contents` are those that are still part of it.

    `like` is the decided content whose `verdict` its copies take; None where they are out of scope.
    """

    id: UUID
    name: str
    asked_at: datetime
    effective_at: datetime
    asked: int
    closed: int | None
    undone_by: str
    contents: tuple[ContentRow, ...]
    may_undo: bool
    of_copies: bool = False
    like: UUID | None = None
    verdict: Verdict | None = None

    @property
    def is_open(self) -> bool:
        return self.closed is None and not self.undone_by


def facts_of(content: Content, *, shown: str, at: datetime, by: Actor) -> Facts:
    """Return what bears on whether a content may be closed with others."""
    return Facts(
        state=ContentState(content.state),
        danger=content.danger,
        minor=content.minor,
        is_protected=category(content.category, country=settings.COUNTRY).protected,
        is_held_by_another=is_held_by_another(
            content.claimed_by, content.claimed_at, by=by.key, at=at
        ),
        stamp=stamp_of(content),
        shown=shown,
    )


def whose(contents: Sequence[Content], facts: Sequence[Facts], *, by: Actor) -> Whose:
    """Return which colleagues decided some of these contents, or work on some, by their names.

    `facts` are those of each content, in the same order. The reader's own name is left out.
    """
    ids = [one.id for one, known in zip(contents, facts, strict=True) if _is_decided(known)]
    last = Assessment.objects.filter(content__in=ids, is_final=True).values_list("by", flat=True)
    asked = Closing.objects.filter(contents__in=ids).values_list("by", flat=True)
    decided = {*last, *asked} - {by.key}
    pairs = zip(contents, facts, strict=True)
    held = {one.claimed_by for one, known in pairs if known.is_held_by_another}
    names = names_of(decided | held)
    return Whose(
        sorted(names[key] for key in decided & names.keys()),
        sorted(names[key] for key in held & names.keys()),
    )


def _is_decided(facts: Facts) -> bool:
    return facts.state is not ContentState.WAITING


def contents_of(closing: Closing) -> list[Content]:
    """Return the contents that are still part of a closing, locked, in intake's order."""
    held = Content.objects.select_for_update().filter(closing=closing)
    return list(held.order_by("identity_key"))


def would_close(chosen: Mapping[UUID, str], *, seen_by: Actor) -> Sequence[Chosen]:
    """Return the chosen contents, those with an obstacle first, each in the queue's order.

    `chosen` are contents, each with the stamp that the page showed it under.
    """
    access.require(seen_by, access.CLOSE_MANY)
    moment = now()
    found = Content.objects.filter(id__in=chosen).defer("sealed")
    told = [
        Chosen(
            row_of(one, seen_by, moment),
            obstacles(facts_of(one, shown=chosen[one.id], at=moment, by=seen_by)),
        )
        for one in found.order_by("-priority", "first_reported_at", "id")
    ]
    return sorted(told, key=lambda one: not one.obstacles)


def closing(*, closing_id: UUID, seen_by: Actor) -> ClosingTold:
    """Return one closing. Raises NotHere."""
    access.require(seen_by, access.CLOSE_MANY)
    return _told(find(Closing, id=closing_id, of_copies=False), seen_by)


def settling(*, closing_id: UUID, seen_by: Actor) -> ClosingTold:
    """Return copies that are decided together, as a closing. Raises NotHere."""
    access.require(seen_by, access.READ)
    found = Closing.objects.select_related("like").filter(of_copies=True)
    return _told(find(found, id=closing_id), seen_by)


def open_closings(*, seen_by: Actor) -> Sequence[ClosingTold]:
    """Return the closings that the reader may still undo, of copies too."""
    if not seen_by.may(access.ASSESS):
        return ()
    found = Closing.objects.filter(ended_at__isnull=True).order_by("effective_at")
    found = found.select_related("like")
    if not seen_by.may(access.CLOSE_MANY):
        found = found.filter(of_copies=True)
    told = (_told(one, seen_by) for one in found)
    return tuple(one for one in told if one.may_undo)


def _told(one: Closing, seen_by: Actor) -> ClosingTold:
    names, moment = names_of({one.by, one.undone_by} - {""}), now()
    contents = one.contents.defer("sealed").order_by("-priority", "first_reported_at", "id")
    return ClosingTold(
        id=one.id,
        name=names.get(one.by, "–"),
        asked_at=one.asked_at,
        effective_at=one.effective_at,
        asked=one.asked,
        closed=one.closed,
        undone_by=names.get(one.undone_by, "–") if one.undone_by else "",
        contents=tuple(row_of(content, seen_by, moment) for content in contents),
        may_undo=one.ended_at is None
        and (one.by == seen_by.key or seen_by.may(access.RELEASE_OTHERS)),
        of_copies=one.of_copies,
        like=one.like.content_id if one.like else None,
        verdict=Verdict(one.like.verdict) if one.like else None,
    )


# The copies of a content, as the page that decides them together shows them: no hash.


MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class CopyRow:
    """One copy: how it is turned, how near it is in words, and what prevents a common verdict."""

    row: ContentRow
    turn: str
    within: Within
    is_excepted: bool
    obstacles: tuple[Obstacle, ...]


@dataclass(frozen=True, slots=True)
class Cluster:
    """A content and its near copies, the nearest first; `may_settle` if they may take its verdict.

    `reports` counts those about all of them.
    """

    row: ContentRow
    may_settle: bool
    copies: tuple[CopyRow, ...]
    since: datetime

    @property
    def chosen(self) -> Sequence[CopyRow]:
        """Those that would take the verdict."""
        return [one for one in self.copies if not (one.obstacles or one.is_excepted)]

    @property
    def others(self) -> Sequence[CopyRow]:
        """Those that would not, for a reason that each has."""
        return [one for one in self.copies if one.obstacles or one.is_excepted]

    @property
    def danger(self) -> int:
        return sum(one.row.danger for one in self.chosen)


def cluster(*, content_id: UUID, seen_by: Actor) -> Cluster:
    """Return a content and its copies, MOST_SHOWN at most. Raises NotHere."""
    access.require(seen_by, access.READ)
    moment = now()
    content = find(Content.objects.defer("sealed"), id=content_id)
    final = content.assessments.filter(is_final=True).first()
    found = (
        Copy.objects.filter(of=content)
        .select_related("content")
        .defer("content__sealed")
        .order_by("distance", "content__first_reported_at", "content_id")[:MOST_SHOWN]
    )
    copies = [_copy(one, moment, seen_by) for one in found]
    return Cluster(
        row=row_of(content, seen_by, moment),
        may_settle=seen_by.may(access.ASSESS)
        and final is not None
        and settles(final.verdict, final.ground, is_final=content.state in DECIDED_STATES),
        copies=tuple(copies),
        since=min([one.row.first_reported_at for one in copies], default=moment),
    )


def waiting_copies(content_id: UUID, *, seen_by: Actor) -> int:
    """Return how many copies of a content wait, and may take the verdict that it has."""
    access.require(seen_by, access.READ)
    waiting = Copy.objects.filter(
        of=content_id, is_excepted=False, content__state=ContentState.WAITING
    ).count()
    if not waiting:
        return 0
    content = find(Content.objects.defer("sealed"), id=content_id)
    final = content.assessments.filter(is_final=True).first()
    is_final = content.state in DECIDED_STATES
    stands = final is not None and settles(final.verdict, final.ground, is_final=is_final)
    return waiting if stands else 0


def _copy(one: Copy, moment: datetime, seen_by: Actor) -> CopyRow:
    facts = facts_of(one.content, shown=stamp_of(one.content), at=moment, by=seen_by)
    return CopyRow(
        row_of(one.content, seen_by, moment),
        str(TURNS[Turn(one.turn)]),
        within(one.distance),
        one.is_excepted,
        obstacles_to_copy(facts),
    )
