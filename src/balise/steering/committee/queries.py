"""What the committee has before it and decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from balise.foundation.actors import Actor
from balise.foundation.finding import find
from balise.steering.committee import access
from balise.steering.committee.models import Decision, Document, Item, Meeting, Member, Step
from balise.steering.committee.rules import OPEN, DecisionState


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision with where it stands; `words` are by language."""

    id: UUID
    number: str
    words: Mapping[str, str]
    owner: str
    due: date | None
    cites: tuple[str, ...]
    state: DecisionState
    since: date
    taken_on: date

    def is_late(self, on: date) -> bool:
        """Return whether it should have been done before a day, and is not."""
        return self.state in OPEN and self.due is not None and self.due < on


type Decisions = Sequence[Decided]


@dataclass(frozen=True, slots=True)
class MeetingRead:
    """A meeting with its agenda, documents and decisions, and what was open before it."""

    meeting: Meeting
    items: Sequence[Item]
    documents: Sequence[Document]
    decisions: Sequence[Decided]
    before: Sequence[Decided]


def meetings(*, seen_by: Actor) -> Sequence[Meeting]:
    """Return every meeting, the latest first."""
    access.require(seen_by, access.READ)
    return list(Meeting.objects.all())


def members(*, seen_by: Actor) -> Sequence[Member]:
    """Return the seats that someone has, by organisation."""
    access.require(seen_by, access.READ)
    return list(Member.objects.filter(until=None))


def meeting(meeting_id: UUID, *, seen_by: Actor) -> MeetingRead:
    """Return a meeting. Raises NotHere."""
    access.require(seen_by, access.READ)
    found = find(Meeting, id=meeting_id)
    return MeetingRead(
        found,
        list(found.items.all()),
        list(found.documents.all()),
        [_decided(one) for one in _decisions().filter(meeting=found).order_by("number")],
        open_before(found.day),
    )


def item(item_id: UUID, *, seen_by: Actor) -> Item:
    """Return a point of an agenda with its meeting. Raises NotHere."""
    access.require(seen_by, access.READ)
    return find(Item.objects.select_related("meeting"), id=item_id)


def open_before(day: date) -> list[Decided]:
    """Return decisions of earlier meetings that were open on a day, or closed since the last one.

    They are what the next edition opens with.
    """
    last = Meeting.objects.filter(day__lt=day).values_list("day", flat=True).first()
    earlier = _decisions().filter(meeting__day__lt=day).order_by("number")
    return [
        _decided(one)
        for one in earlier
        if one.stands in OPEN or (last is not None and one.since >= last)
    ]


def open_decisions(*, seen_by: Actor) -> list[Decided]:
    """Return the decisions that are still to be carried out, the first taken first."""
    access.require(seen_by, access.READ)
    found = (_decided(one) for one in _decisions().order_by("meeting__day", "number"))
    return [one for one in found if one.state in OPEN]


def citing(code: str, *, seen_by: Actor) -> list[Decided]:
    """Return the decisions that cite a figure, the latest first."""
    access.require(seen_by, access.READ)
    return [_decided(one) for one in _decisions() if code in one.cites]


def decision(decision_id: UUID, *, seen_by: Actor) -> tuple[Decided, Sequence[Step], UUID]:
    """Return a decision, what became of it, and its meeting. Raises NotHere."""
    access.require(seen_by, access.READ)
    found = find(_decisions(), id=decision_id)
    return _decided(found), list(found.steps.all()), found.meeting_id


def _decisions() -> QuerySet[Decision]:
    return Decision.objects.select_related("owner", "meeting")


def _decided(one: Decision) -> Decided:
    return Decided(
        one.id,
        one.number,
        one.words,
        str(one.owner or ""),
        one.due,
        tuple(one.cites),
        one.stands,
        one.since,
        one.meeting.day,
    )
