"""What happened to a file: the subject is the file, unless it says otherwise."""

from uuid import UUID

from balise.foundation.journal.events import Code, Event
from balise.helpline.cases.rules.files import CaseOutcome, CaseState, Via
from balise.helpline.cases.rules.sections import Section


class CaseOpened(Event):
    """A file was opened, from a contact on this channel, or alone ("")."""

    name = "helpline.case.opened"

    channel: Code


class CaseCalled(Event):
    """What a file is called was changed."""

    name = "helpline.case.called"


class CaseRead(Event):
    name = "helpline.case.read"


class CaseListRead(Event):
    """Someone read what the files they are on are called; the subject is their account."""

    name = "helpline.case.list-read"

    count: int


class CaseJoined(Event):
    """Someone came onto a file: who, and how."""

    name = "helpline.case.joined"

    account: UUID
    via: Via


class CaseLeft(Event):
    """Someone is not on a file any more."""

    name = "helpline.case.left"

    account: UUID


class CaseContactAdded(Event):
    """One more contact belongs to the file."""

    name = "helpline.case.contact-added"

    contact: UUID


class CaseCodeMade(Event):
    """Eight words were made that open the file."""

    name = "helpline.case.code-made"


class CaseCodeRefused(Event):
    """A code was tried that opens nothing; the subject is the account of who tried."""

    name = "helpline.case.code-refused"


class GlassBroken(Event):
    """Someone who is not a member reads a case, for a reason (emergency access)."""

    name = "helpline.case.glass-broken"


class GlassSeen(Event):
    """A supervisor has read why."""

    name = "helpline.case.glass-seen"


class EntrySaved(Event):
    name = "helpline.case.entry-saved"

    entry: UUID
    section: Section
    version: int


class EntryConflicted(Event):
    """Two wrote at once; the text that came second is kept beside the other."""

    name = "helpline.case.entry-conflicted"

    entry: UUID
    section: Section


class EntryTakenOut(Event):
    """An entry was taken out of the case; its history stays."""

    name = "helpline.case.entry-taken-out"

    entry: UUID
    section: Section


class EntryDone(Event):
    """A follow-up or a task is done, or to be done again."""

    name = "helpline.case.entry-done"

    entry: UUID
    section: Section
    done: bool


class HistoryRead(Event):
    """Someone read how an entry came to be what it is."""

    name = "helpline.case.history-read"

    entry: UUID


class DocumentRead(Event):
    name = "helpline.case.document-read"

    entry: UUID


class CaseMoved(Event):
    """A file was taken up, or taken up again."""

    name = "helpline.case.moved"

    to: CaseState


class CaseEnded(Event):
    """A file was closed, `days` after it was opened."""

    name = "helpline.case.ended"

    outcome: CaseOutcome
    days: int
