"""What happened to a report or a content: the facts that the journal keeps and figures count."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from uuid import UUID

from balise.foundation.journal.events import Code, Event
from balise.hotline.reports.rules.answers import Answers
from balise.hotline.reports.rules.describing import alike
from balise.hotline.reports.rules.words import Author, Channel, Confidence, Ground, State, Verdict
from balise.takedown.law.rules.items import Act, AgeGroup, Answer, Item, Reality, Sex, SiteType

_code = lru_cache(maxsize=256)(Code)  # an import says the same few codes again and again


class ReportReceived(Event):
    """A first answer of a report was saved; `known` of its `contents` were known already."""

    name = "hotline.report.received"

    channel: Channel
    received_on: date
    contents: int
    known: int


class ReportFinished(Event):
    """A report is whole: its last answer was sent, or it was left as it was."""

    name = "hotline.report.finished"

    channel: Channel
    category: Code
    age_band: Code
    abandoned: bool
    received_on: date


class LateAnswersGiven(Event):
    """Someone went on with a report that had been counted as it was left; `sent` if they ended it.

    It was counted then, with what it said by then: this changes no figure.
    """

    name = "hotline.report.late-answers-given"

    channel: Channel
    category: Code
    age_band: Code
    sent: bool


class PlaceCorrected(Event):
    """A reporter named another place instead of this content's, which nobody reports any more."""

    name = "hotline.content.corrected"


class WordsReadAgain(Event):
    """A process opened what reporters wrote as addresses, to read it by today's rules."""

    name = "hotline.addresses.words-read-again"

    dry_run: bool


class ContentSplit(Event):
    """An address that was counted under another content has its own content now.

    `origin` is the content that it had been taken for; what was counted stays counted.
    """

    name = "hotline.content.split"

    origin: UUID


class FollowUpDeclined(Event):
    """The author of a report wished for no follow-up: what their receipt opens is destroyed."""

    name = "hotline.report.follow-up-declined"


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


class MessageWritten(Event):
    name = "hotline.message.written"

    author: Author


class ReportRead(Event):
    """An analyst read what is sealed of one report: its author's words, and the dialogue."""

    name = "hotline.report.read"


class MessageSetAside(Event):
    """An analyst read the reporter's last message; it asks for no answer."""

    name = "hotline.message.set-aside"


class ReportPassedToHelpline(Event):
    name = "hotline.report.passed-to-helpline"

    referral: UUID


class ContentClaimed(Event):
    name = "hotline.content.claimed"


class ContentReleased(Event):
    name = "hotline.content.released"


class ContentConsulted(Event):
    """Someone read what is sealed of a content: its address, or the reporters' words."""

    name = "hotline.content.consulted"


class ContentOpened(Event):
    """The analyst who had taken a content opened its address and the reporters' words.

    The claim begins with the last ContentClaimed before it, and ends with a verdict or a release.
    """

    name = "hotline.content.opened"


class VerdictBegun(Event):
    """An analyst began a verdict, or went on with a colleague's: what they type is kept."""

    name = "hotline.content.verdict-begun"


class ContentAssessed(Event):
    """An analyst gave a verdict; it is `final` unless a second look is asked.

    `law_text` is the id of the text that it names, "" where it names none.
    """

    name = "hotline.content.assessed"

    verdict: Verdict
    category: Code
    offence: Code
    law_text: Code
    confidence: Confidence
    ground: Ground
    second_look: bool
    final: bool
    seconds: int
    band: Code


class ContentClosing(Event):
    """Someone closes a content as out of scope with others; its verdict follows, unless undone."""

    name = "hotline.content.closing"

    closing: UUID


class ClosingUndone(Event):
    """Someone undid the closing that a content was part of: it waits as before."""

    name = "hotline.content.closing-undone"

    closing: UUID


class ClosingLeft(Event):
    """Something was said of a content that was being closed with others: it waits again."""

    name = "hotline.content.closing-left"


class HostsListed(Event):
    """Someone was shown the host names of a page of the queue: of `count` contents."""

    name = "hotline.hosts.listed"

    count: int


class VerdictOverturned(Event):
    """The second analyst did not agree with the first."""

    name = "hotline.content.verdict-overturned"

    verdict: Verdict


class ContentDecided(Event):
    """A verdict became final, and the content moved to its state."""

    name = "hotline.content.decided"

    verdict: Verdict
    state: State
    category: Code
    seconds: int
    band: Code


class RemovedReported(Event):
    """Someone reports a content that was removed: it may be back."""

    name = "hotline.content.removed-reported"


class ContentReopened(Event):
    """A content is back in the queue, its file kept: by a new report, or because someone asks it.

    `verdict` is the one that stood until now.
    """

    name = "hotline.content.reopened"

    verdict: Verdict


class ContentRemoved(Event):
    """An illegal content is gone; `seconds` since its verdict."""

    name = "hotline.content.removed"

    category: Code
    country: Code
    seconds: int
    band: Code


class ContentReappeared(Event):
    name = "hotline.content.reappeared"

    category: Code


class RemovalSeen(Event):
    """An analyst saw that an illegal content is gone since a day; it is removed by that."""

    name = "hotline.removal.seen"

    gone_on: date


class RemovalGivenUp(Event):
    """Nothing more can be done to have an illegal content removed; who was told of it by then."""

    name = "hotline.removal.given-up"

    category: Code
    police_told: bool
    service_told: bool
    network_told: bool


class RemovalTakenUp(Event):
    """Something can be done after all about an illegal content that was given up."""

    name = "hotline.removal.taken-up"

    category: Code


class ItemsDescribed(Event):
    """An analyst said what `items` alike of a content show."""

    name = "hotline.items.described"

    items: int
    age: AgeGroup
    sex: Sex
    act: Act
    reality: Reality


class ItemWithdrawn(Event):
    """An item was described by mistake."""

    name = "hotline.item.withdrawn"


class ItemsCounted(Event):
    """The content of `items` alike is finally illegal: they enter the figures."""

    name = "hotline.items.counted"

    items: int
    age: AgeGroup
    sex: Sex
    act: Act
    reality: Reality
    self_generated: Answer
    site_type: SiteType


def items_counted(content_id: UUID, items: Iterable[Item]) -> list[ItemsCounted]:
    """Return the facts that put these items of an illegal content into the figures."""
    return [
        ItemsCounted(
            subject=content_id,
            items=count,
            age=item.age,
            sex=item.sex,
            act=item.act,
            reality=item.reality,
            self_generated=item.self_generated,
            site_type=item.site_type,
        )
        for item, count in alike(items)
    ]


class ContentHostMoved(Event):
    """An illegal content is at another host by now: `country` and `network` as in ContentTraced."""

    name = "hotline.content.host-moved"

    category: Code
    country: Code
    network: int


class ContentTraced(Event):
    """Where a content is hosted was found: `country` is ISO 3166, `network` an AS number or 0."""

    name = "hotline.content.traced"

    country: Code
    network: int


class CertificateAsked(Event):
    """A reporter asks for the certificate of filing; the worker signs what is asked for."""

    name = "hotline.certificate.asked"


class ReportCertified(Event):
    name = "hotline.report.certified"
