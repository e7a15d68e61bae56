"""The copies of a content, as the page that decides them together shows them: no hash."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.finding import find
from balise.hotline.matching.signals.rules.kinds import Turn
from balise.hotline.reports import access
from balise.hotline.reports.models import Content, Copy
from balise.hotline.reports.queries.closing import facts_of
from balise.hotline.reports.queries.desk import ContentRow, row_of, stamp_of
from balise.hotline.reports.rules.closing import Obstacle, obstacles_to_copy
from balise.hotline.reports.rules.copies import settles
from balise.hotline.reports.rules.known import TURNS, Within, within
from balise.hotline.reports.rules.words import DECIDED_STATES, ContentState

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
