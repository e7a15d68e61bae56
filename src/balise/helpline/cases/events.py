"""What happened to people referred to the helpline, to cases, and to referrals sent."""

from datetime import date
from uuid import UUID

from balise.foundation.journal.events import Code, Event
from balise.helpline.cases.rules.duties import Decision
from balise.helpline.cases.rules.files import CaseOutcome, CaseState, Via
from balise.helpline.cases.rules.received import Outcome
from balise.helpline.cases.rules.receivers import Way
from balise.helpline.cases.rules.sections import Section
from balise.helpline.cases.rules.sendings import Refusal

# What happened to a referral sent: the subject is the referral. Receivers are codes.


class SentEvent(Event):
    """Whom it went to, and from which file."""

    case: UUID
    receiver: Code


class ReferralSent(SentEvent, name="helpline.sent-referral.sent"):
    """A receiver was told, on this ground, this way."""

    ground: Code
    way: Way


class SentRead(SentEvent, name="helpline.sent-referral.read"):
    """A listener read what was told, and what was answered."""


class LinkMade(SentEvent, name="helpline.sent-referral.link-made"):
    """There is a new link; one made before opens nothing any more."""


class LinkEnded(SentEvent, name="helpline.sent-referral.link-ended"):
    """The link opens nothing any more: it is over, or the receiver has refused."""


class LinkOpened(SentEvent, name="helpline.sent-referral.link-opened"):
    """The receiver read what was told, for the `opening`th time."""

    opening: int


class LinkDocumentTaken(SentEvent, name="helpline.sent-referral.document-taken"):
    """The receiver took the document of an item, by its place."""

    item: int


class SentAccepted(SentEvent, name="helpline.sent-referral.accepted"):
    """The receiver takes it on, `seconds` after it was sent."""

    seconds: int
    band: Code


class SentRefused(SentEvent, name="helpline.sent-referral.refused"):
    refusal: Refusal


class SentDone(SentEvent, name="helpline.sent-referral.done"):
    """The receiver has done what it could."""


class SentExpired(SentEvent, name="helpline.sent-referral.expired"):
    """Nobody answered in time: the link opens nothing any more."""


class SentWithdrawn(SentEvent, name="helpline.sent-referral.withdrawn"):
    """A referral sent was cancelled."""


class SentReminded(SentEvent, name="helpline.sent-referral.reminded"):
    """Nobody has answered yet: its sender is told, for the `reminder`th time."""

    reminder: int


class ReceiverNoted(Event, name="helpline.receiver.noted"):
    """The contact at a receiver was filled in; the subject is that entry."""

    receiver: Code
    territory: Code


# What happened to a file: the subject is the file, unless it says otherwise.


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


# What happened to a person who was referred to the helpline.


class ReferralReceived(Event, name="helpline.referral.received"):
    """Another line referred someone; `origin` is that line."""

    origin: Code
    age_band: Code


class ReferralTaken(Event, name="helpline.referral.taken"):
    """A listener took a referral for the first time; `seconds` since it came."""

    age_band: Code
    seconds: int
    band: Code


class ReferralTakenAgain(Event, name="helpline.referral.taken-again"):
    """A listener took a referral that another had released."""


class ReferralGivenBack(Event, name="helpline.referral.given-back"):
    """A listener released a referral."""


class ReferralOpened(Event, name="helpline.referral.opened"):
    """A listener read the person's words and how to reach them."""


class ReferralFiled(Event, name="helpline.referral.filed"):
    """A file was made of a referral."""

    case: UUID


class ReferralClosed(Event, name="helpline.referral.closed"):
    outcome: Outcome
    age_band: Code


# What was decided about a duty to report: the subject is the decision.


class DutyDecided(Event, name="helpline.duty.decided"):
    """A listener decided, at this end of the questions."""

    case: UUID
    end: Code
    decision: Decision


class DutyRead(Event, name="helpline.duty.read"):
    case: UUID


class DutySigned(Event, name="helpline.duty.signed"):
    """A supervisor agreed, or not."""

    case: UUID
    agrees: bool


class ComplaintMade(Event, name="helpline.complaint.made"):
    """The complaint's papers were made and handed to the listener; the subject is the file."""

    documents: int
