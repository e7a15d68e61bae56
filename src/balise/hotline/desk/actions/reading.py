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
from balise.hotline.reports.models import Report
from balise.hotline.reports.models.writing import LINE, MESSAGE_BODY, REPORT_BODY, identity_key
from balise.hotline.reports.rules.answers import Answers
from balise.hotline.reports.rules.status import Standing
from balise.hotline.reports.rules.words import Author, State, Verdict
from balise.hotline.welfare import actions as welfare


@dataclass(frozen=True, slots=True)
class ThreadMessage:
    """One message of the dialogue, in clear."""

    author: Author
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class OpenedOwn:
    """A partner's report in clear, for the partner's people."""

    id: UUID
    number: str
    received_at: datetime
    answers: Answers
    standings: Sequence[Standing]
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
        standings=_standings(report, answers),
        messages=_messages(report, key),
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
        messages=_messages(report, key),
    )


def _answers(report: Report, key: RecordKey) -> Answers:
    return Answers.from_fields(key.open(report.sealed, where=REPORT_BODY, row=report.id))


def _standings(report: Report, answers: Answers) -> list[Standing]:
    contents = {bytes(content.identity_key): content for content in report.contents.all()}
    told = [
        (place, contents.get(identity_key(place.identity_in(report.id))))
        for place in answers.places
    ]
    return [
        Standing(
            place=place.shown,
            state=State(content.state),
            verdict=Verdict(content.verdict) if content.verdict else None,
            decided_at=content.decided_at,
            removed_at=content.removed_at,
            is_asked=content.removal_asked_at is not None,
            known_before=content.first_reported_at < report.received_at,
        )
        for place, content in told
        if content is not None
    ]


def _messages(report: Report, key: RecordKey) -> list[ThreadMessage]:
    return [
        ThreadMessage(
            author=Author(message.author),
            at=message.at,
            text=key.open(message.sealed, where=MESSAGE_BODY, row=message.id)["text"],
        )
        for message in report.messages.order_by("at", "id")
    ]
