"""What happened to a report or a content: the facts that the journal keeps and figures count."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from uuid import UUID

from balise.foundation.journal.events import Code, Event
from balise.hotline.reports.events.verdicts import (
    ClosingLeft as ClosingLeft,
    ClosingUndone as ClosingUndone,
    ContentAssessed as ContentAssessed,
    ContentClosing as ContentClosing,
    ContentDecided as ContentDecided,
    CorrectionEnded as CorrectionEnded,
    DifferenceRead as DifferenceRead,
    IllegalCounted as IllegalCounted,
    PoliceCalled as PoliceCalled,
    ReviewsDiffer as ReviewsDiffer,
    ReviewsSettled as ReviewsSettled,
    VerdictBegun as VerdictBegun,
    VerdictOverturned as VerdictOverturned,
    VerdictProposedBack as VerdictProposedBack,
    VerdictTakenBack as VerdictTakenBack,
)
from balise.hotline.reports.rules.describing import alike
from balise.hotline.reports.rules.given import Answers
from balise.hotline.reports.rules.known import Source, Way, Why, Within
from balise.hotline.reports.rules.words import Author, Channel, Verdict
from balise.takedown.law.rules.items import Act, AgeGroup, Answer, Item, Reality, Sex, SiteType

_code = lru_cache(maxsize=256)(Code)  # an import says the same few codes again and again


class ReportReceived(Event, name="hotline.report.received"):
    """A first answer of a report was saved; `known` of its `contents` were known already."""

    channel: Channel
    received_on: date
    contents: int
    known: int


class ReportFinished(Event, name="hotline.report.finished"):
    """A report is whole: its last answer was sent, or it was left as it was."""

    channel: Channel
    category: Code
    age_band: Code
    abandoned: bool
    received_on: date


class LateAnswersGiven(Event, name="hotline.report.late-answers-given"):
    """Someone went on with a report that had been counted as it was left; `sent` if they ended it.

    It was counted then, with what it said by then: this changes no figure.
    """

    channel: Channel
    category: Code
    age_band: Code
    sent: bool


class PlaceCorrected(Event, name="hotline.content.corrected"):
    """A reporter named another place instead of this content's, which nobody reports any more."""


class WordsReadAgain(Event, name="hotline.addresses.words-read-again"):
    """A process opened what reporters wrote as addresses, to read it by today's rules."""

    dry_run: bool


class ContentSplit(Event, name="hotline.content.split"):
    """An address that was counted under another content has its own content now.

    `origin` is the content that it had been taken for; what was counted stays counted.
    """

    origin: UUID


class FollowUpDeclined(Event, name="hotline.report.follow-up-declined"):
    """The author of a report wished for no follow-up: what their receipt opens is destroyed."""


def report_finished(
    report_id: UUID, *, answers: Answers, channel: Channel, received_on: date, abandoned: bool
) -> ReportFinished:
    """Return the fact that a report is whole, from its answers."""
    return ReportFinished(
        subject=report_id,
        channel=channel,
        category=_code(answers.category),
        age_band=_code(answers.age_band),
        abandoned=abandoned,
        received_on=received_on,
    )


class MessageWritten(Event, name="hotline.message.written"):
    author: Author


class ReportRead(Event, name="hotline.report.read"):
    """An analyst read what is sealed of one report: its author's words, and the dialogue."""


class MessageSetAside(Event, name="hotline.message.set-aside"):
    """An analyst read the reporter's last message; it asks for no answer."""


class MessageBroughtBack(Event, name="hotline.message.brought-back"):
    """An analyst undid that the reporter's last message was set aside: it waits again."""


class ReportPassedToHelpline(Event, name="hotline.report.passed-to-helpline"):
    referral: UUID


class ContentClaimed(Event, name="hotline.content.claimed"):
    """An analyst took content."""


class ContentReleased(Event, name="hotline.content.released"):
    """Content was released for others to take."""


class ContentAssigned(Event, name="hotline.content.assigned"):
    """Content was handed to a colleague (`to`), who has it as if they had taken it."""

    to: UUID


class ContentConsulted(Event, name="hotline.content.consulted"):
    """Someone read what is sealed of a content: its address, or the reporters' words."""


class ContentOpened(Event, name="hotline.content.opened"):
    """The analyst who had taken a content opened its address and the reporters' words.

    The claim begins with the last ContentClaimed before it, and ends with a verdict or a release.
    """


class HostsListed(Event, name="hotline.hosts.listed"):
    """Someone was shown the host names of a page of the queue: of `count` contents."""

    count: int


class RemovedReported(Event, name="hotline.content.removed-reported"):
    """Someone reports a content that was removed: it may be back."""


class ContentReopened(Event, name="hotline.content.reopened"):
    """A content is back in the queue, its file kept: by a new report, or because someone asks it.

    `verdict` is the one that stood until now.
    """

    verdict: Verdict


class ContentRemoved(Event, name="hotline.content.removed"):
    """An illegal content is gone; `seconds` since its verdict."""

    category: Code
    country: Code
    seconds: int
    band: Code


class ContentReappeared(Event, name="hotline.content.reappeared"):
    category: Code


class RemovalAsked(Event, name="hotline.removal.asked"):
    """Someone was asked to remove a content, the first time at its place: `to` a host or a hotline.

    `seconds` since its verdict, or since it last came back.
    """

    to: Code
    seconds: int


class RemovalSeen(Event, name="hotline.removal.seen"):
    """An analyst saw that an illegal content is gone since a day; it is removed by that."""

    gone_on: date


class RemovalGivenUp(Event, name="hotline.removal.given-up"):
    """Nothing more can be done to have an illegal content removed; who was told of it by then."""

    category: Code
    police_told: bool
    service_told: bool
    network_told: bool


class RemovalTakenUp(Event, name="hotline.removal.taken-up"):
    """Something can be done after all about an illegal content that was given up."""

    category: Code


class ItemsDescribed(Event, name="hotline.items.described"):
    """An analyst said what `items` alike of a content show."""

    items: int
    age: AgeGroup
    sex: Sex
    act: Act
    reality: Reality


class ItemWithdrawn(Event, name="hotline.item.withdrawn"):
    """An item was described by mistake."""


class ItemsCounted(Event, name="hotline.items.counted"):
    """The content of `items` alike is finally illegal: they enter the figures.

    Of a verdict that is taken back they leave them: `items` is below nought, on the day of the
    verdict. What is of before this was kept has no `decided_on`: it is the day of the record.
    """

    decided_on: date
    items: int
    age: AgeGroup
    sex: Sex
    act: Act
    reality: Reality
    self_generated: Answer
    site_type: SiteType


def items_counted(
    content_id: UUID, items: Iterable[Item], *, on: date, times: int = 1
) -> list[ItemsCounted]:
    """Return the facts that put these items of an illegal content into the figures of a day.

    `times` is -1 where they are taken out of them.
    """
    return [
        ItemsCounted(
            subject=content_id,
            decided_on=on,
            items=times * count,
            age=item.age,
            sex=item.sex,
            act=item.act,
            reality=item.reality,
            self_generated=item.self_generated,
            site_type=item.site_type,
        )
        for item, count in alike(items)
    ]


class ContentHostMoved(Event, name="hotline.content.host-moved"):
    """An illegal content is at another host by now: `country` and `network` as in ContentTraced."""

    category: Code
    country: Code
    network: int


class ContentTraced(Event, name="hotline.content.traced"):
    """Where a content is hosted was found: `country` is ISO 3166, `network` an AS number or 0."""

    country: Code
    network: int


class ContentFingerprinted(Event, name="hotline.content.fingerprinted"):
    """A trusted source told `count` fingerprints of a content; the banks are asked."""

    source: Source
    count: int


class PictureRead(Event, name="hotline.content.picture-read"):
    """The hasher read what is at a content's address; `hashes` came of it, 0 where it is none."""

    hashes: int


class ContentInherited(Event, name="hotline.content.inherited"):
    """A content took a verdict that nobody gave it alone: of a bank's entry, or of its copy.

    `entry` is 0 where people decided it with its copies. `spared` is 1 if nobody had opened it.
    """

    way: Way
    bank: Code
    entry: int
    turn: Code
    within: Within
    spared: int


class ContentProposed(Event, name="hotline.content.proposed"):
    """A bank knows something of a content, and a person decides: `why` says why."""

    why: Why
    bank: Code
    entry: int


class InheritanceRecalled(Event, name="hotline.content.recalled"):
    """The entry that a content has its verdict from left its bank; `reopened` if it waits again."""

    bank: Code
    entry: int
    reopened: bool


class MatchJudged(Event, name="hotline.content.match-judged"):
    """A person decided a content that an entry matches: what the centre thinks of the entry now.

    `distance` is in bits of 256, 0 for the very same hash.
    """

    bank: Code
    entry: int
    distance: int
    verdict: Verdict
    opinion: Code


class FingerprintsBanked(Event, name="hotline.content.banked"):
    """The centre's own bank has `count` fingerprints of a content, and thinks this of them."""

    count: int
    opinion: Code


class CopiesFound(Event, name="hotline.content.copies-found"):
    """A content has `count` copies more, among those that wait or were seen lately."""

    count: int


class CopyExcepted(Event, name="hotline.content.copy-excepted"):
    """Someone left a content out when they decided the copies of another (`of`)."""

    of: UUID


class CopyBack(Event, name="hotline.content.copy-back"):
    """The decision that left a content out of the copies of another (`of`) was undone."""

    of: UUID


class FileTaken(Event, name="hotline.report.taken"):
    """A file for a network was taken outside: which one, and the first day of its period."""

    report: Code
    first: date


class CertificateAsked(Event, name="hotline.certificate.asked"):
    """A reporter asks for the certificate of filing; the worker signs what is asked for."""


class ReportCertified(Event, name="hotline.report.certified"):
    """A certificate of a report was made."""
