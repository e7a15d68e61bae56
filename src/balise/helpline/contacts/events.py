"""What happened to a contact: the subject is the contact, or the block."""

from datetime import date

from balise.foundation.journal.events import Code, Event
from balise.helpline.contacts.rules import Channel
from balise.helpline.contacts.rules.blocking import Length


class ContactBegun(Event):
    name = "helpline.contact.begun"

    channel: Channel


class ContactPassed(Event):
    """Another listener goes on with the same record."""

    name = "helpline.contact.passed"


class ContactSaved(Event):
    name = "helpline.contact.saved"

    version: int


class ContactRead(Event):
    """The record was opened: who it is with it, and the private notes, or not."""

    name = "helpline.contact.read"

    person: bool
    notes: bool


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


class RiskLowered(Event):
    """It was wrapped up `after` a higher risk `before`; why, as a code of the country's list."""

    name = "helpline.contact.risk-lowered"

    before: Code
    after: Code
    reason: Code


class TopicMet(Event):
    """A topic of a contact that was wrapped up: one fact for each."""

    name = "helpline.topic.met"

    topic: Code
    channel: Channel


class QuestionsAnswered(Event):
    """Someone answered the questions afterwards; the subject is new, not linked to the contact."""

    name = "helpline.questions.answered"

    helpful: Code
    recommends: Code


class BlockSet(Event):
    name = "helpline.block.set"

    length: Length


class BlockConfirmed(Event):
    """A second person agreed to more than a day."""

    name = "helpline.block.confirmed"


class BlockLifted(Event):
    name = "helpline.block.lifted"


class ReportTaken(Event):
    """A file for others was taken outside: which one, and the first day of its period."""

    name = "helpline.report.taken"

    report: Code
    first: date
