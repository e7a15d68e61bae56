"""What happened to a file: the subject is the file, unless it says otherwise."""

from datetime import date
from uuid import UUID

from balise.foundation.journal.events import Code, Event
from balise.helpline.cases.rules.files import CaseOutcome, CaseState, Via
from balise.helpline.cases.rules.sections import Section


class CaseOpened(Event, name="helpline.case.opened"):
    """A file was opened, from a contact on this channel, or alone ("")."""

    channel: Code


class CaseCalled(Event, name="helpline.case.called"):
    """What a file is called was changed."""


class CaseRead(Event, name="helpline.case.read"):
    """Someone opened a case."""


class CaseListRead(Event, name="helpline.case.list-read"):
    """Someone read what the files they are on are called; the subject is their account."""

    count: int


class CaseJoined(Event, name="helpline.case.joined"):
    """Someone came onto a file: who, and how."""

    account: UUID
    via: Via


class CaseLeft(Event, name="helpline.case.left"):
    """Someone is not on a file any more."""

    account: UUID


class CaseContactAdded(Event, name="helpline.case.contact-added"):
    """One more contact belongs to the file."""

    contact: UUID


class CaseMetAgain(Event, name="helpline.case.met-again"):
    """A case had a contact with support in a month in which it had had one: `amount` more.

    Below zero where one of them is found not to be of the case.
    """

    day: date
    amount: int


class CaseCodeMade(Event, name="helpline.case.code-made"):
    """Eight words were made that open the file."""


class CaseCodeRefused(Event, name="helpline.case.code-refused"):
    """A code was tried that opens nothing; the subject is the account of who tried."""


class GlassBroken(Event, name="helpline.case.glass-broken"):
    """Someone who is not a member reads a case, for a reason (emergency access)."""


class GlassSeen(Event, name="helpline.case.glass-seen"):
    """A supervisor has read why."""


class EntrySaved(Event, name="helpline.case.entry-saved"):
    entry: UUID
    section: Section
    version: int


class EntryConflicted(Event, name="helpline.case.entry-conflicted"):
    """Two wrote at once; the text that came second is kept beside the other."""

    entry: UUID
    section: Section


class EntryTakenOut(Event, name="helpline.case.entry-taken-out"):
    """An entry was taken out of the case; its history stays."""

    entry: UUID
    section: Section


class EntryDone(Event, name="helpline.case.entry-done"):
    """A follow-up or a task is done, or to be done again."""

    entry: UUID
    section: Section
    done: bool


class HistoryRead(Event, name="helpline.case.history-read"):
    """Someone read how an entry came to be what it is."""

    entry: UUID


class DocumentRead(Event, name="helpline.case.document-read"):
    entry: UUID


class CaseMoved(Event, name="helpline.case.moved"):
    """A file was taken up, or taken up again."""

    to: CaseState


class CaseEnded(Event, name="helpline.case.ended"):
    """A file was closed, `days` after it was opened."""

    outcome: CaseOutcome
    days: int
