"""Reading what is sealed. It is counted and written down first; only then is anything opened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.encryption.sealing import key_of_line, keys_of_line
from balise.foundation.journal.book import record
from balise.foundation.refusals import Refused
from balise.hotline.reports import access
from balise.hotline.reports.events import ContentConsulted
from balise.hotline.reports.models import Assessment, Content, Message, Report
from balise.hotline.reports.models.writing import (
    CONTENT_BODY,
    LINE,
    MESSAGE_BODY,
    RATIONALE,
    REPORT_BODY,
)
from balise.hotline.reports.queries.desk import MOST_REPORTERS
from balise.hotline.reports.rules.answers import Answers
from balise.hotline.reports.rules.places import Place, from_fields
from balise.hotline.reports.rules.words import DECIDED_STATES, Author, Confidence, Verdict
from balise.hotline.welfare import actions as welfare


class NothingSaid(Refused):
    """Nobody said why a content is illegal."""

    code = "nothing-said"


@dataclass(frozen=True, slots=True)
class OpenedMessage:
    """One message of a dialogue, in clear."""

    author: Author
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class OpenedReport:
    """One report about a content, in clear."""

    report: Report
    answers: Answers
    messages: tuple[OpenedMessage, ...]


@dataclass(frozen=True, slots=True)
class OpenedAssessment:
    """One earlier decision on a content, in clear."""

    by: str
    at: datetime
    verdict: Verdict
    category: str
    offence: str
    confidence: Confidence
    is_final: bool
    rationale: str
    written_in: str
    translations: Mapping[str, str]
    answers: Mapping[str, str]

    def rationale_in(self, language: str) -> str:
        """Return the reasons in a language, else in the one they were written in."""
        return self.translations.get(language) or self.rationale


@dataclass(frozen=True, slots=True)
class OpenedContent:
    """What is sealed of a content, in clear, for the analyst who asked to see it.

    A content that is decided has no place here: nobody needs to go and look at it again.
    """

    place: Place | None
    reports: tuple[OpenedReport, ...]
    assessments: tuple[OpenedAssessment, ...]


def consult(*, content_id: UUID, by: Actor, ends_by_itself: bool = False) -> OpenedContent:
    """Open a content: its place, its first reports and their dialogues, its assessments.

    Raises Enough where whoever asks has looked enough for now. `ends_by_itself` is of a page that
    cannot tell when it is covered, and covers itself.
    """
    access.require(by, access.READ)
    with transaction.atomic():
        content = Content.objects.get(id=content_id)
        welfare.begin(
            content_id=content.id,
            category=content.category,
            ends_by_itself=ends_by_itself,
            by=by,
        )
        record(ContentConsulted(subject=content_id), by=by)
    key = key_of_line(LINE, content.id)
    place = from_fields(key.open(content.sealed, where=CONTENT_BODY, row=content.id))
    assessments = tuple(
        _assessment(one, key.open(one.sealed, where=RATIONALE, row=one.id))
        for one in content.assessments.order_by("at")
    )
    is_decided = content.state in DECIDED_STATES
    return OpenedContent(None if is_decided else place, _reports(content), assessments)


def reasons_of(*, content_id: UUID, language: str, by: Actor) -> str:
    """Open only why a content was found what it is, in the words of its final verdict.

    They are in `language` if the verdict has them so. Raises NothingSaid where there are none.
    """
    access.require(by, access.READ)
    with transaction.atomic():
        final = Assessment.objects.filter(content=content_id, is_final=True).first()
        record(ContentConsulted(subject=content_id), by=by)
    key = key_of_line(LINE, content_id)
    said = ""
    if final is not None:
        opened = key.open(final.sealed, where=RATIONALE, row=final.id)
        said = _assessment(final, opened).rationale_in(language)
    if not said:
        raise NothingSaid(_("Say what is there and why it is illegal: the verdict says no reason."))
    return said


def place_of(*, content_id: UUID, by: Actor) -> Place:
    """Open only where a content is: what a notice, a trace or a watch needs."""
    access.require(by, access.READ)
    with transaction.atomic():
        content = Content.objects.get(id=content_id)
        record(ContentConsulted(subject=content_id), by=by)
    key = key_of_line(LINE, content.id)
    return from_fields(key.open(content.sealed, where=CONTENT_BODY, row=content.id))


def _assessment(one: Assessment, reasons: Mapping[str, Any]) -> OpenedAssessment:
    return OpenedAssessment(
        by=one.by,
        at=one.at,
        verdict=Verdict(one.verdict),
        category=one.category,
        offence=one.offence,
        confidence=Confidence(one.confidence),
        is_final=one.is_final,
        rationale=reasons["text"],
        written_in=reasons["written_in"],
        translations=reasons["translations"],
        answers=reasons["answers"],
    )


def _reports(content: Content) -> tuple[OpenedReport, ...]:
    reports = list(
        content.reports.order_by("received_at", "id").prefetch_related("messages")[:MOST_REPORTERS]
    )
    keys = keys_of_line(LINE, [report.id for report in reports])
    opened = []
    for report in reports:
        key = keys.get(report.id)
        if key is None:  # forgotten since: the content stays, what one person wrote is gone
            continue
        fields = key.open(report.sealed, where=REPORT_BODY, row=report.id)
        messages = sorted(report.messages.all(), key=_moment)
        opened.append(
            OpenedReport(
                report=report,
                answers=Answers.from_fields(fields),
                messages=tuple(
                    OpenedMessage(
                        author=Author(message.author),
                        at=message.at,
                        text=key.open(message.sealed, where=MESSAGE_BODY, row=message.id)["text"],
                    )
                    for message in messages
                ),
            )
        )
    return tuple(opened)


def _moment(message: Message) -> datetime:
    return message.at
