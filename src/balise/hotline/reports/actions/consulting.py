"""Reading what is sealed. It is counted and written down first; only then is anything opened."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.encryption.sealing import RecordKey, key_of_line, keys_of_line
from balise.foundation.finding import find
from balise.foundation.journal.book import record
from balise.foundation.refusals import Refused
from balise.hotline.reports import access
from balise.hotline.reports.actions import claiming
from balise.hotline.reports.events import ContentConsulted, HostsListed, ReportRead
from balise.hotline.reports.models import (
    CONTENT_BODY,
    LINE,
    RATIONALE,
    REPORT_BODY,
    Assessment,
    Content,
    Report,
)
from balise.hotline.reports.queries.dialogues import last_word
from balise.hotline.reports.queries.listing import first_and_newest
from balise.hotline.reports.queries.receipts import ThreadMessage, messages_of
from balise.hotline.reports.queries.reviews import is_blind, language_of_host
from balise.hotline.reports.rules.given import Answers
from balise.hotline.reports.rules.places import Place, from_fields
from balise.hotline.reports.rules.words import DECIDED_STATES, Author, Confidence, ToRead, Verdict
from balise.hotline.welfare import actions as welfare


class NothingSaid(Refused, code="nothing-said"):
    """Nobody said why a content is illegal."""


@dataclass(frozen=True, slots=True)
class OpenedReport:
    """One report about a content, in clear."""

    report: Report
    answers: Answers
    messages: tuple[ThreadMessage, ...]


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
    """Open a content: its place, its reports, their dialogues, its assessments.

    Of a first review, nothing is opened for who may give the second (`rules.assessing`).

    Reports of danger come first, then the first and the newest ones. If the analyst has taken the
    content, their verdict may rest on it. Raises Enough where they have looked enough for now.
    `ends_by_itself` is for a page that cannot tell when it is hidden, and hides itself.
    """
    access.require(by, access.READ)
    with transaction.atomic():
        content = find(Content, id=content_id)
        welfare.begin(
            content_id=content.id,
            category=content.category,
            ends_by_itself=ends_by_itself,
            by=by,
        )
        record(ContentConsulted(subject=content_id), by=by)
        claiming.note_opened(content_id=content_id, by=by)
    key = key_of_line(LINE, content.id)
    place = from_fields(key.open(content.sealed, where=CONTENT_BODY, row=content.id))
    told = content.assessments.order_by("at")
    if is_blind(content, reader=by):
        told = told.filter(at__lt=content.waits_since)
    assessments = tuple(
        _assessment(one, key.open(one.sealed, where=RATIONALE, row=one.id)) for one in told
    )
    is_decided = content.state in DECIDED_STATES
    reports = _reports(content)
    _note_read([one.report for one in reports])
    return OpenedContent(None if is_decided else place, reports, assessments)


def read(*, report_id: UUID, by: Actor) -> OpenedReport:
    """Open one report: what its author told, and the dialogue. It counts as looking at its content.

    Raises NotHere, KeyForgotten for one that was erased, and Enough where the analyst has looked
    enough for now.
    """
    access.require(by, access.READ)
    with transaction.atomic():
        report = Report.locked(report_id)
        content = report.mentions.order_by("id").values_list("content_id", flat=True).first()
        welfare.begin(
            content_id=content or report.id, category=report.category, ends_by_itself=True, by=by
        )
        record(ReportRead(subject=report.id), by=by)
        opened = _report(report, key_of_line(LINE, report.id))
        _note_read([report])
    return opened


def hosts_of(*, content_ids: Sequence[UUID], by: Actor) -> dict[UUID, str]:
    """Return the host of each content of a page, by content; "" for one that is not on the web.

    One fact for the page. It is no look: a host name shows nothing, and is kept nowhere.
    """
    access.require(by, access.READ)
    if not content_ids:
        return {}
    with transaction.atomic():
        record(HostsListed(subject=UUID(by.key), count=len(content_ids)), by=by)
    keys = keys_of_line(LINE, list(content_ids))
    sealed = Content.objects.filter(id__in=content_ids).values_list("id", "sealed")
    return {
        content_id: from_fields(
            keys[content_id].open(octets, where=CONTENT_BODY, row=content_id)
        ).host
        for content_id, octets in sealed
        if content_id in keys
    }


def reasons_of(*, content_id: UUID, language: str, by: Actor) -> str:
    """Open only why a content was found what it is, in the words of its final verdict.

    They are in `language` if the verdict has them so. Raises NothingSaid where there are none.
    """
    verdict = verdict_of(content_id=content_id, by=by)
    said = verdict.rationale_in(language) if verdict else ""
    if not said:
        raise NothingSaid(
            _("Describe the content and why it is illegal: the verdict gives no reason.")
        )
    return said


def verdict_of(*, content_id: UUID, by: Actor) -> OpenedAssessment | None:
    """Open only the final verdict of a content, if it has one; logged."""
    access.require(by, access.READ)
    with transaction.atomic():
        final = Assessment.objects.filter(content=content_id, is_final=True).first()
        record(ContentConsulted(subject=content_id), by=by)
    if final is None:
        return None
    opened = key_of_line(LINE, content_id).open(final.sealed, where=RATIONALE, row=final.id)
    return _assessment(final, opened)


def place_of(*, content_id: UUID, by: Actor) -> Place:
    """Open only where a content is: what a notice, a trace or a watch needs."""
    access.require(by, access.READ)
    with transaction.atomic():
        content = find(Content, id=content_id)
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
    reports = first_and_newest(content.reports.prefetch_related("messages"))
    keys = keys_of_line(LINE, [report.id for report in reports])
    # Without a key it is forgotten: the content stays, what one person wrote is gone.
    return tuple(_report(report, keys[report.id]) for report in reports if report.id in keys)


def _report(report: Report, key: RecordKey) -> OpenedReport:
    fields = key.open(report.sealed, where=REPORT_BODY, row=report.id)
    return OpenedReport(
        report=report,
        answers=Answers.from_fields(fields),
        messages=messages_of(report, key),
    )


def _note_read(reports: Iterable[Report]) -> None:
    """Mark reports as read, except an individual's message that has no answer yet."""
    waiting = [report.id for report in reports if report.to_read > ToRead.NOTHING]
    if not waiting:
        return
    read_now = Report.objects.filter(id__in=waiting)
    asks = read_now.filter(last_word(Author.REPORTER), partner__isnull=True)
    asking = set(asks.values_list("id", flat=True))
    read_now.filter(id__in=asking).update(to_read=ToRead.MESSAGE)
    read_now.exclude(id__in=asking).update(to_read=ToRead.NOTHING)


# Offer the reasons of a verdict where they are asked again: the notice, the police dossier.


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the forms begin with: in the host's language, and in the centre's; "" for nothing."""

    notice: str = ""
    dossier: str = ""


def propose(*, content_id: UUID, by: Actor) -> Proposed:
    """Return the reasons of the final verdict to someone who may assess; logged, once for both."""
    access.require(by, access.ASSESS)
    content = find(Content, id=content_id)
    final = content.assessments.filter(is_final=True).first()
    said = verdict_of(content_id=content_id, by=by) if final else None
    if final is None or said is None:
        return Proposed()
    body = key_of_line(LINE, content.id).open(content.sealed, where=CONTENT_BODY, row=content.id)
    own = settings.LANGUAGE_CODE
    hosts = language_of_host(content, final, from_fields(body)) or own
    return Proposed(said.rationale_in(hosts), said.rationale_in(own))
