"""Working groups: who sits there, when they met, what they advised."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from balise.awareness.partnership.partners import access
from balise.awareness.partnership.partners.models import Group, Meeting, Member
from balise.awareness.partnership.partners.queries import advice
from balise.awareness.partnership.partners.rules.groups import Band, GroupKind
from balise.awareness.places.structures import queries as structures
from balise.foundation.actors import Actor
from balise.foundation.finding import find


@dataclass(frozen=True, slots=True)
class MemberRead:
    """A seat as everyone here reads it; the name is opened apart."""

    id: UUID
    role: str
    organisation: str
    public_name: str
    since: date
    has_left: bool
    has_name: bool  # until it is deleted
    interests: int


@dataclass(frozen=True, slots=True)
class SeatsRead:
    """A number of young people of a structure."""

    structure: str
    band: Band
    heads: int


@dataclass(frozen=True, slots=True)
class MeetingRead:
    """A meeting that took place."""

    id: UUID
    day: date
    agenda: str
    present: int


@dataclass(frozen=True, slots=True)
class GroupRead:
    """A group; `meeting_count` is of all its time."""

    id: UUID
    kind: GroupKind
    name: str
    mandate: str
    since: date
    until: date | None
    meeting_count: int


@dataclass(frozen=True, slots=True)
class GroupWhole(GroupRead):
    """A group with all that is noted of it."""

    members: Sequence[MemberRead]
    seats: Sequence[SeatsRead]
    meetings: Sequence[MeetingRead]
    opinions: Sequence[advice.OpinionRead]
    recommendations: Sequence[advice.RecommendationRead]

    @property
    def heads(self) -> int:
        """Return how many young people a panel has."""
        return sum(one.heads for one in self.seats)


def groups(*, seen_by: Actor) -> Sequence[GroupRead]:
    """Return every group, those that go on first."""
    access.require(seen_by, access.READ)
    rows = Group.objects.prefetch_related("meetings")
    found = [GroupRead(*_facts(row)) for row in rows]
    return sorted(found, key=lambda one: (one.until is not None, one.name))


def group(group_id: UUID, *, seen_by: Actor) -> GroupWhole:
    """Return one group with its members, meetings and advice. Raises NotHere."""
    access.require(seen_by, access.READ)
    rows = Group.objects.prefetch_related(
        "meetings", "members__organisation", "members__interests", "seats"
    )
    row = find(rows, id=group_id)
    return GroupWhole(
        *_facts(row),
        [_member(each) for each in row.members.all()],
        [
            SeatsRead(structures.card(each.structure).name, each.of_band, each.heads)
            for each in row.seats.all()
        ],
        [_meeting(each) for each in row.meetings.all()],
        advice.of_group(row.id),
        advice.recommended_by(row.id),
    )


def member(member_id: UUID, *, seen_by: Actor) -> tuple[MemberRead, UUID]:
    """Return a seat, and its group. Raises NotHere."""
    access.require(seen_by, access.READ)
    rows = Member.objects.select_related("organisation").prefetch_related("interests")
    row = find(rows, id=member_id)
    return _member(row), row.group_id


def meeting(meeting_id: UUID, *, seen_by: Actor) -> tuple[MeetingRead, UUID]:
    """Return a meeting, and its group. Raises NotHere."""
    access.require(seen_by, access.READ)
    row = find(Meeting, id=meeting_id)
    return _meeting(row), row.group_id


def _facts(row: Group) -> tuple[UUID, GroupKind, str, str, date, date | None, int]:
    meetings = len(row.meetings.all())
    return row.id, row.of_kind, row.name, row.mandate, row.since, row.until, meetings


def _member(row: Member) -> MemberRead:
    return MemberRead(
        row.id,
        row.role,
        row.organisation.name if row.organisation else "",
        row.public_name,
        row.since,
        row.left_at is not None,
        bool(row.sealed),
        len(row.interests.all()),
    )


def _meeting(row: Meeting) -> MeetingRead:
    return MeetingRead(row.id, row.day, row.agenda, row.present)
