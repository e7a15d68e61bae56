"""Open what is sealed of a partner's report: by the partner's own people, or by an analyst."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from balise.foundation.accounts.queries import partner_names
from balise.foundation.actors import Actor
from balise.foundation.encryption.sealing import RecordKey, key_of_line
from balise.foundation.finding import NotHere, find
from balise.foundation.journal.book import record
from balise.hotline.desk import access
from balise.hotline.desk.events import OwnReportRead, PartnerThreadRead
from balise.hotline.desk.queries.own import number_of
from balise.hotline.reports.models import LINE, REPORT_BODY, Report
from balise.hotline.reports.queries.receipts import ThreadMessage, messages_of, statuses_of
from balise.hotline.reports.rules.answers import Answers
from balise.hotline.reports.rules.status import Status
from balise.hotline.welfare import actions as welfare


@dataclass(frozen=True, slots=True)
class OpenedOwn:
    """A partner's report in clear, for the partner's people."""

    id: UUID
    number: str
    received_at: datetime
    answers: Answers
    standings: Sequence[Status]
    messages: Sequence[ThreadMessage]


@dataclass(frozen=True, slots=True)
class OpenedThread:
    """What a partner and the analysts wrote about a report."""

    id: UUID
    number: str
    partner: str
    reference: str
    content: UUID | None
    messages: Sequence[ThreadMessage]


def open_own(*, report_id: UUID, by: Actor) -> OpenedOwn:
    """Open a report of one's own partner, and write down that it was read.

    Raises NotHere for any other, KeyForgotten for one that was erased.
    """
    partner = access.require_member(by)
    with transaction.atomic():
        report = find(Report, id=report_id, partner=partner)
        record(OwnReportRead(subject=report.id, partner=partner), by=by)
    key = key_of_line(LINE, report.id)
    answers = _answers(report, key)
    return OpenedOwn(
        id=report.id,
        number=number_of(report.id),
        received_at=report.received_at,
        answers=answers,
        standings=statuses_of(report, answers),
        messages=messages_of(report, key),
    )


def open_thread(*, report_id: UUID, by: Actor) -> OpenedThread:
    """Open what a partner wrote about a report, for an analyst, and write down that it was read.

    It counts as a moment of looking at the content. Raises NotHere for a report of no
    partner, Enough where the analyst has looked enough for now.
    """
    access.require(by, access.ANSWER)
    with transaction.atomic():
        report = find(Report, id=report_id, partner__isnull=False)
        partner = report.partner
        if partner is None:  # the query leaves none out of account; the type does
            raise NotHere
        content = report.mentions.order_by("id").values_list("content_id", flat=True).first()
        welfare.begin(
            content_id=content or report.id, category=report.category, ends_by_itself=True, by=by
        )
        record(PartnerThreadRead(subject=report.id, partner=partner), by=by)
    key = key_of_line(LINE, report.id)
    return OpenedThread(
        id=report.id,
        number=number_of(report.id),
        partner=partner_names().get(str(partner), "–"),
        reference=_answers(report, key).reference,
        content=content,
        messages=messages_of(report, key),
    )


def _answers(report: Report, key: RecordKey) -> Answers:
    return Answers.from_fields(key.open(report.sealed, where=REPORT_BODY, row=report.id))
