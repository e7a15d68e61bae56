"""What happened to a contact: the subject is the contact, or the block."""

from datetime import date

from balise.foundation.journal.events import Code, Event
from balise.helpline.contacts.rules import Channel
from balise.helpline.contacts.rules.blocking import Length


class ContactBegun(Event, name="helpline.contact.begun"):
    channel: Channel


class ContactPassed(Event, name="helpline.contact.passed"):
    """Another listener goes on with the same record."""


class ContactSaved(Event, name="helpline.contact.saved"):
    version: int


class ContactRead(Event, name="helpline.contact.read"):
    """The record was opened: who it is with it, and the private notes, or not."""

    person: bool
    notes: bool


class ContactWrapped(Event, name="helpline.contact.wrapped"):
    """It is over: what it was, in codes; `seconds` it lasted."""

    channel: Channel
    kind: Code
    is_counselling: bool
    risk: Code
    age_band: Code
    caller: Code
    place: Code
    outcome: Code
    seconds: int


class RiskLowered(Event, name="helpline.contact.risk-lowered"):
    """It was wrapped up `after` a higher risk `before`; why, as a code of the country's list."""

    before: Code
    after: Code
    reason: Code


class TopicMet(Event, name="helpline.topic.met"):
    """A topic of a contact that was wrapped up: one fact for each.

    `again` is `case` where it is grave and an earlier contact of the case had it in this quarter.
    """

    topic: Code
    channel: Channel
    again: Code = Code("")


class QuestionsAnswered(Event, name="helpline.questions.answered"):
    """Someone answered the questions afterwards; the subject is new, not linked to the contact."""

    helpful: Code
    recommends: Code


class BlockSet(Event, name="helpline.block.set"):
    length: Length


class BlockConfirmed(Event, name="helpline.block.confirmed"):
    """A second person agreed to more than a day."""


class BlockLifted(Event, name="helpline.block.lifted"):
    """A block was ended before its time."""


class ReportTaken(Event, name="helpline.report.taken"):
    """A file for others was taken outside: which one, and the first day of its period."""

    report: Code
    first: date
