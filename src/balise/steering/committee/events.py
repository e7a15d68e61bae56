"""What happened in the committee."""

from datetime import date
from uuid import UUID

from balise.foundation.journal.events import Code, Event
from balise.steering.committee.rules import DecisionState


class MeetingPlanned(Event, name="steering.meeting.planned"):
    day: date


class AgendaWritten(Event, name="steering.agenda.written"):
    """An item of the agenda, or its minutes, were written; the subject is the item."""

    meeting: UUID


class DocumentAdded(Event, name="steering.document.added"):
    meeting: UUID


class MemberSeated(Event, name="steering.member.seated"):
    """An organisation has a seat; the subject is the seat."""

    day: date


class MemberLeft(Event, name="steering.member.left"):
    day: date


class DecisionTaken(Event, name="steering.decision.taken"):
    meeting: UUID
    number: Code
    cites: int


class DecisionMoved(Event, name="steering.decision.moved"):
    """What became of a decision on a day."""

    state: DecisionState
    day: date
