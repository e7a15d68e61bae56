"""What happened in the exchange of hashes. No fact holds a hash.

`entry` is the number of an entry of a bank, `source` the code of a source of hashes.
"""

from balise.foundation.journal.events import Code, Event
from balise.hotline.matching.exchange.rules.items import CutOff, Fault, Replied, Vote


class ContractAgreed(Event, name="hotline.contract.agreed"):
    """A partner may pull a bank, or ask without one; the subject is the partner. Or it changed."""

    holds: bool
    a_day: int
    a_minute: int


class PartnerCutOff(Event, name="hotline.contract.cut-off"):
    """A partner was cut off by itself; the subject is the partner."""

    why: CutOff


class PartnerReopened(Event, name="hotline.contract.reopened"):
    """A person let a partner pull or ask again."""


class BankPulled(Event, name="hotline.contract.pulled"):
    """A partner pulled a page of changes; the subject is the partner."""

    checkpoint: int
    entries: int


class HashesAsked(Event, name="hotline.contract.asked"):
    """A partner asked about hashes; the subject is the partner."""

    asked: int
    probes: int
    known: int


class QuestionRefused(Event, name="hotline.contract.question-refused"):
    """A partner asked more than its budget of a `day` or a `minute`; the subject is the partner."""

    asked: int
    over: Code


class PartnerAnswered(Event, name="hotline.contract.answered"):
    """A partner said what it did about an entry; the subject is the partner.

    `reference` is that of the entry, as its bank has it, or empty where it is no code. `count` is
    how many copies, `turn` how the first was turned (a `Turn`), None where the partner doesn't say.
    `seconds` is how long after the entry was added.
    """

    entry: int
    reference: Code
    replied: Replied
    turn: int | None
    count: int
    seconds: int


class PartnerConfirmedWithdrawal(Event, name="hotline.contract.withdrawal-confirmed"):
    """A partner forgot an entry that was withdrawn; the subject is the partner."""

    entry: int
    reference: Code


class SourceRead(Event, name="hotline.hash-source.read"):
    """A whole range of a source was read, and the checkpoint moved on; the subject is the source.

    `own` counts what was ours and came back, `bad` the pages passed.
    """

    source: Code
    added: int
    withdrawn: int
    own: int
    bad: int


class PagePassed(Event, name="hotline.hash-source.page-passed"):
    """A page, or some entries of it, could not be read: it was passed. The subject is the page."""

    source: Code
    fault: Fault


class PageSettled(Event, name="hotline.hash-source.page-settled"):
    """A page that was passed was asked again, and read."""

    source: Code


class SourceFailing(Event, name="hotline.hash-source.failing"):
    """A source refuses or is silent; the checkpoint stays. The subject is the source."""

    source: Code
    fault: Fault


class VoteQueued(Event, name="hotline.hash-source.vote-queued"):
    """A person decided on content that an entry of a source matched; the subject is the vote."""

    source: Code
    vote: Vote


class VoteSent(Event, name="hotline.hash-source.vote-sent"):
    """The source has it."""

    source: Code
    vote: Vote


class VoteRefused(Event, name="hotline.hash-source.vote-refused"):
    """The source does not take it; nobody tries again."""

    source: Code
    vote: Vote
