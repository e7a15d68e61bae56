"""What happened to events. The subject is the event, or someone's registration where it says so."""

from datetime import date
from uuid import UUID

from balise.foundation.journal.events import Code, Event


class EventDrafted(Event, name="awareness.event.drafted"):
    """An event is written; nobody else sees it."""

    kind: Code


class EventChanged(Event, name="awareness.event.changed"):
    """Something of an event changed that nobody must be told."""


class EventPublished(Event, name="awareness.event.published"):
    """An event is public; people register where it takes registrations."""

    kind: Code


class SpeakersCounted(Event, name="awareness.event.speakers"):
    """So many speak at it on its day; a change of it is told as what it adds, below zero too."""

    kind: Code
    day: date
    more: int


class EventMoved(Event, name="awareness.event.moved"):
    """Its time, its place or its link changed: who registered is told."""

    kind: Code
    sequence: int


class EventCancelled(Event, name="awareness.event.cancelled"):
    """It does not take place: who registered is told."""

    kind: Code
    sequence: int


class Registered(Event, name="awareness.registration.made"):
    """Someone registered. The subject is the registration."""

    event: UUID
    kind: Code
    standing: Code
    comes: Code


class RegisteredAgain(Event, name="awareness.registration.repeated"):
    """The same address registered again: it is told what it has; the subject is what it has."""

    event: UUID


class CameBack(Event, name="awareness.registration.resumed"):
    """Who did not come comes, at the end of the line. The subject is the registration."""

    event: UUID
    kind: Code
    standing: Code


class NotComing(Event, name="awareness.registration.released"):
    """Someone gave their place, or their turn, back. The subject is the registration."""

    event: UUID
    kind: Code
    standing: Code  # what they gave back


class Promoted(Event, name="awareness.registration.promoted"):
    """The first who waited has a place. The subject is the registration."""

    event: UUID
    kind: Code


class AttendanceNoted(Event, name="awareness.event.attended"):
    """Who came of those who registered was noted: `came` in all, `more` than was noted before."""

    kind: Code
    came: int
    more: int


class HeadsDeclared(Event, name="awareness.event.counted"):
    """Someone counted heads where nobody registers: `heads` in all, `more` than before."""

    kind: Code
    heads: int
    more: int


class ReplayLinked(Event, name="awareness.event.replayed"):
    """A published film of it stands on its page, or none any more."""

    page: UUID | None


class ReplayViewed(Event, name="awareness.event.viewed"):
    """The film of it was viewed `more` times since it was last counted."""

    kind: Code
    more: int


class RegistrationsErased(Event, name="awareness.event.erased"):
    """What was personal of so many registrations is destroyed; the event's counts stay."""

    count: int


# What is mailed: to one person of their place, to all who registered of a change.
PLACES = (Registered, RegisteredAgain, CameBack, Promoted)
CHANGES = (EventMoved, EventCancelled)
