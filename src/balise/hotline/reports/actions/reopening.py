"""Put decided content back in the queue, because an analyst asks. Its file is kept."""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import key_of_line
from balise.foundation.finding import find
from balise.foundation.journal.book import record
from balise.foundation.refusals import Refused
from balise.hotline.reports import access
from balise.hotline.reports.events import ContentReopened
from balise.hotline.reports.models import LINE, REPORT_BODY, Content, Report
from balise.hotline.reports.rules.answers import Answers
from balise.hotline.reports.rules.joining import Standing, join, waiting_again
from balise.hotline.reports.rules.words import BY_FINGERPRINT, LOOKED_AT, REOPENED_FROM, Verdict


class NotToReopen(Refused, code="not-to-reopen"):
    """Only what is closed or removed goes back to the queue."""


def reopen(*, content_id: UUID, because_of: UUID | None = None, by: Actor) -> None:
    """Put a content back in the queue, nearer the front where a report gives reason to.

    `because_of` is a report about it; NotHere for any other. Refuses what waits
    already, and what is being removed: there, the verdict is contested with the notice.
    """
    access.require(by, access.ASSESS)
    with transaction.atomic():
        content = Content.locked(content_id)
        if content.state in LOOKED_AT:
            raise NotToReopen(_("This content is in the queue already."))
        if content.state not in REOPENED_FROM:
            raise NotToReopen(_("Only closed or removed content can be reopened."))
        said = _answers(find(Report, id=because_of, contents=content)) if because_of else None
        put_back(content=content, because_of=said, by=by)


def put_back(*, content: Content, because_of: Answers | None = None, by: Actor) -> None:
    """Let a locked content wait again, and write it down. Its verdict and file are kept.

    A verdict that nobody gave, but its fingerprints, is not offered as the earlier one.
    `because_of` is what a report says of it: heeded now, where it was only counted as it came.
    """
    country = settings.COUNTRY
    again = waiting_again(Standing.of(content), country=country)
    if because_of is not None:
        others = again._replace(report_count=again.report_count - 1)
        again = join(others, because_of, country=country)
    for name, value in again._asdict().items():
        setattr(content, name, value)
    content.decided_at, content.removed_at, content.reopened_at = None, None, now()
    stood = Verdict(content.verdict)
    if content.assessments.filter(is_final=True, ground__in=BY_FINGERPRINT).exists():
        content.verdict, content.offence = "", ""
    content.save()
    record(ContentReopened(subject=content.id, verdict=stood), by=by)


def _answers(report: Report) -> Answers:
    key = key_of_line(LINE, report.id)
    return Answers.from_fields(key.open(report.sealed, where=REPORT_BODY, row=report.id))
