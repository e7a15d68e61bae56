"""A decided content goes back to the queue, because an analyst asks it. Its file is kept."""

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
from balise.hotline.reports.models import Content, Report
from balise.hotline.reports.models.weighing import priority_of
from balise.hotline.reports.models.writing import LINE, REPORT_BODY
from balise.hotline.reports.rules.answers import Answers
from balise.hotline.reports.rules.categories import more_urgent
from balise.hotline.reports.rules.words import REOPENED_FROM, State, Verdict


class NotToReopen(Refused):
    """Only what is closed or removed goes back to the queue."""

    code = "not-to-reopen"


def reopen(*, content_id: UUID, because_of: UUID | None = None, by: Actor) -> None:
    """Put a content back in the queue, nearer the front where a report gives reason to.

    `because_of` is a report that speaks of it; NotHere for any other. Refuses what
    waits already, and what is being removed: there, the verdict is contested with the notice.
    """
    access.require(by, access.ASSESS)
    with transaction.atomic():
        content = Content.locked(content_id)
        if content.state not in REOPENED_FROM:
            raise NotToReopen(_("Only closed or removed content can be reopened."))
        if because_of is not None:
            _raise_by(content, find(Report, id=because_of, contents=content))
        put_back(content=content, by=by)


def put_back(*, content: Content, by: Actor) -> None:
    """Let a locked content wait again, and write it down. Its verdict and file are kept."""
    content.state, content.reopened_at = State.WAITING, now()
    content.decided_at = content.removed_at = None
    content.waited_points = 0
    content.priority = priority_of(content)
    content.save()
    record(ContentReopened(subject=content.id, verdict=Verdict(content.verdict)), by=by)


def _raise_by(content: Content, report: Report) -> None:
    """Let a content weigh what a report says of it, which was not counted when it joined."""
    key = key_of_line(LINE, report.id)
    answers = Answers.from_fields(key.open(report.sealed, where=REPORT_BODY, row=report.id))
    content.category = more_urgent(content.category, answers.category, country=settings.COUNTRY)
    content.danger = content.danger or answers.danger
    content.concerned = content.concerned or answers.is_concerned
    content.minor = content.minor or answers.is_minor
