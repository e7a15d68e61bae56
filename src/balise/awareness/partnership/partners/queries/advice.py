"""Opinions, always with their votes and dissent; recommendations with what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from balise.awareness.partnership.partners import access
from balise.awareness.partnership.partners.models import Member, Opinion, Recommendation
from balise.awareness.partnership.partners.rules.advice import NEXT, RecommendationState, Votes
from balise.awareness.partnership.partners.rules.groups import GroupKind
from balise.foundation.actors import Actor
from balise.foundation.finding import find


@dataclass(frozen=True, slots=True)
class OpinionRead:
    """An opinion: nobody reads its text without its votes and what stands beside it."""

    id: UUID
    group: str
    group_id: UUID
    meeting_id: UUID
    kind: GroupKind
    day: date
    language: str
    title: str
    text: str
    votes: Votes
    minority: str
    is_waived: bool
    published_at: datetime | None
    members: Sequence[tuple[str, str]]  # role and name of those who agreed to be named


@dataclass(frozen=True, slots=True)
class StepRead:
    """What became of a recommendation on a day."""

    state: RecommendationState
    day: date
    words: str


@dataclass(frozen=True, slots=True)
class RecommendationRead:
    """A recommendation with its steps, the last of which is where it stands."""

    id: UUID
    group: str
    group_id: UUID
    kind: GroupKind
    company: str
    language: str
    text: str
    answer_by: date
    opinion: str
    published_at: datetime | None
    steps: Sequence[StepRead]

    @property
    def state(self) -> RecommendationState:
        return self.steps[-1].state

    @property
    def sent_on(self) -> date:
        return self.steps[0].day

    @property
    def next(self) -> Sequence[RecommendationState]:
        """Return what may be noted now."""
        return NEXT[self.state]


def opinion(opinion_id: UUID, *, seen_by: Actor) -> OpinionRead:
    """Return one opinion, public or not. Raises NotHere."""
    access.require(seen_by, access.READ)
    return _opinion(find(_opinions(), id=opinion_id))


def recommendation(recommendation_id: UUID, *, seen_by: Actor) -> RecommendationRead:
    """Return one recommendation, public or not. Raises NotHere."""
    access.require(seen_by, access.READ)
    return _recommendation(find(_recommendations(), id=recommendation_id))


def of_group(group_id: UUID) -> Sequence[OpinionRead]:
    """Return what a group adopted, the last first, for a query that asked whether they may."""
    return [_opinion(row) for row in _opinions().filter(group_id=group_id)]


def recommended_by(group_id: UUID) -> Sequence[RecommendationRead]:
    """Return what a group recommended, the last first, for a query that asked whether they may."""
    return _sorted(_recommendations().filter(group_id=group_id))


def public_opinions() -> Sequence[OpinionRead]:
    """Return the opinions that are public, the last first."""
    return [_opinion(row) for row in _opinions().filter(published_at__isnull=False)]


def public_recommendations() -> Sequence[RecommendationRead]:
    """Return the recommendations that are public, the last first."""
    return _sorted(_recommendations().filter(published_at__isnull=False))


def _opinions() -> QuerySet[Opinion]:
    # Never what is encrypted: everyone reads opinions.
    named = Member.objects.exclude(public_name="").only("group", "role", "public_name")
    rows = Opinion.objects.select_related("group", "meeting")
    return rows.prefetch_related(Prefetch("group__members", named.order_by("role")))


def _recommendations() -> QuerySet[Recommendation]:
    rows = Recommendation.objects.select_related("group", "company", "opinion")
    return rows.prefetch_related("steps")


def _sorted(rows: QuerySet[Recommendation]) -> Sequence[RecommendationRead]:
    found = [_recommendation(row) for row in rows]
    return sorted(found, key=lambda one: one.sent_on, reverse=True)


def _opinion(row: Opinion) -> OpinionRead:
    return OpinionRead(
        row.id,
        row.group.name,
        row.group_id,
        row.meeting_id,
        row.group.of_kind,
        row.meeting.day,
        row.language,
        row.title,
        row.text,
        row.votes,
        row.minority,
        row.is_waived,
        row.published_at,
        [(one.role, one.public_name) for one in row.group.members.all()],
    )


def _recommendation(row: Recommendation) -> RecommendationRead:
    return RecommendationRead(
        row.id,
        row.group.name,
        row.group_id,
        row.group.of_kind,
        row.company.name,
        row.language,
        row.text,
        row.answer_by,
        row.opinion.title if row.opinion else "",
        row.published_at,
        [StepRead(step.stands, step.day, step.words) for step in row.steps.all()],
    )
