"""What happened to a file: the subject is the file, unless it says otherwise."""

from dataclasses import dataclass
from uuid import UUID

from balise.foundation.journal.events import Code, Event
from balise.helpline.cases.rules.files import CaseOutcome, CaseState, Via
from balise.helpline.cases.rules.sections import Section


@dataclass(frozen=True, kw_only=True)
class CaseOpened(Event):
    """A file was opened, from a contact on this channel, or alone ("")."""

    name = "helpline.case.opened"

    channel: Code


@dataclass(frozen=True, kw_only=True)
class CaseCalled(Event):
    """What a file is called was changed."""

    name = "helpline.case.called"


@dataclass(frozen=True, kw_only=True)
class CaseRead(Event):
    name = "helpline.case.read"


@dataclass(frozen=True, kw_only=True)
class CaseListRead(Event):
    """Someone read what the files they are on are called; the subject is their account."""

    name = "helpline.case.list-read"

    count: int


@dataclass(frozen=True, kw_only=True)
class CaseJoined(Event):
    """Someone came onto a file: who, and how."""

    name = "helpline.case.joined"

    account: UUID
    via: Via


@dataclass(frozen=True, kw_only=True)
class CaseLeft(Event):
    """Someone is not on a file any more."""

    name = "helpline.case.left"

    account: UUID


@dataclass(frozen=True, kw_only=True)
class CaseContactAdded(Event):
    """One more contact belongs to the file."""

    name = "helpline.case.contact-added"

    contact: UUID


@dataclass(frozen=True, kw_only=True)
class CaseCodeMade(Event):
    """Eight words were made that open the file."""

    name = "helpline.case.code-made"


@dataclass(frozen=True, kw_only=True)
class CaseCodeRefused(Event):
    """A code was tried that opens nothing; the subject is the account of who tried."""

    name = "helpline.case.code-refused"


@dataclass(frozen=True, kw_only=True)
class GlassBroken(Event):
    """Someone who is not a member reads a case, for a reason (emergency access)."""

    name = "helpline.case.glass-broken"


@dataclass(frozen=True, kw_only=True)
class GlassSeen(Event):
    """A supervisor has read why."""

    name = "helpline.case.glass-seen"


@dataclass(frozen=True, kw_only=True)
class EntrySaved(Event):
    name = "helpline.case.entry-saved"

    entry: UUID
    section: Section
    version: int


@dataclass(frozen=True, kw_only=True)
class EntryConflicted(Event):
    """Two wrote at once; the text that came second is kept beside the other."""

    name = "helpline.case.entry-conflicted"

    entry: UUID
    section: Section


@dataclass(frozen=True, kw_only=True)
class EntryTakenOut(Event):
    """An entry was taken out of the case; its history stays."""

    name = "helpline.case.entry-taken-out"

    entry: UUID
    section: Section


@dataclass(frozen=True, kw_only=True)
class EntryDone(Event):
    """A follow-up or a task is done, or to be done again."""

    name = "helpline.case.entry-done"

    entry: UUID
    section: Section
    done: bool


@dataclass(frozen=True, kw_only=True)
class HistoryRead(Event):
    """Someone read how an entry came to be what it is."""

    name = "helpline.case.history-read"

    entry: UUID


@dataclass(frozen=True, kw_only=True)
class DocumentRead(Event):
    name = "helpline.case.document-read"

    entry: UUID


@dataclass(frozen=True, kw_only=True)
class CaseMoved(Event):
    """A file was taken up, or taken up again."""

    name = "helpline.case.moved"

    to: CaseState


@dataclass(frozen=True, kw_only=True)
class CaseEnded(Event):
    """A file was closed, `days` after it was opened."""

    name = "helpline.case.ended"

    outcome: CaseOutcome
    days: int
