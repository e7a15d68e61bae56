"""What happened to a contact: the subject is the contact, or the block."""

from dataclasses import dataclass
from datetime import date

from balise.foundation.journal.events import Code, Event
from balise.helpline.contacts.rules import Channel
from balise.helpline.contacts.rules.blocking import Length


@dataclass(frozen=True, kw_only=True)
class ContactBegun(Event):
    name = "helpline.contact.begun"

    channel: Channel


@dataclass(frozen=True, kw_only=True)
class ContactPassed(Event):
    """Another listener goes on with the same record."""

    name = "helpline.contact.passed"


@dataclass(frozen=True, kw_only=True)
class ContactSaved(Event):
    name = "helpline.contact.saved"

    version: int


@dataclass(frozen=True, kw_only=True)
class ContactRead(Event):
    """The record was opened: who it is with it, and the private notes, or not."""

    name = "helpline.contact.read"

    person: bool
    notes: bool


@dataclass(frozen=True, kw_only=True)
class ContactWrapped(Event):
    """It is over: what it was, in codes; `seconds` it lasted."""

    name = "helpline.contact.wrapped"

    channel: Channel
    kind: Code
    is_counselling: bool
    risk: Code
    age_band: Code
    caller: Code
    place: Code
    outcome: Code
    seconds: int


@dataclass(frozen=True, kw_only=True)
class RiskLowered(Event):
    """It was wrapped up `after` a higher risk `before`; why, as a code of the country's list."""

    name = "helpline.contact.risk-lowered"

    before: Code
    after: Code
    reason: Code


@dataclass(frozen=True, kw_only=True)
class TopicMet(Event):
    """A topic of a contact that was wrapped up: one fact for each."""

    name = "helpline.topic.met"

    topic: Code
    channel: Channel


@dataclass(frozen=True, kw_only=True)
class QuestionsAnswered(Event):
    """Someone answered the questions afterwards; the subject is new, not linked to the contact."""

    name = "helpline.questions.answered"

    helpful: Code
    recommends: Code


@dataclass(frozen=True, kw_only=True)
class BlockSet(Event):
    name = "helpline.block.set"

    length: Length


@dataclass(frozen=True, kw_only=True)
class BlockConfirmed(Event):
    """A second person agreed to more than a day."""

    name = "helpline.block.confirmed"


@dataclass(frozen=True, kw_only=True)
class BlockLifted(Event):
    name = "helpline.block.lifted"


@dataclass(frozen=True, kw_only=True)
class ReportTaken(Event):
    """A file for others was taken outside: which one, and the first day of its period."""

    name = "helpline.report.taken"

    report: Code
    first: date
