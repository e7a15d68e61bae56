"""A partner sends a report over the API: one report for each idempotency key."""

from datetime import date
from uuid import UUID

import orjson
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now, today
from balise.foundation.encryption.sealing import blind
from balise.foundation.refusals import Refused
from balise.hotline.reports import access
from balise.hotline.reports.actions import intake
from balise.hotline.reports.actions.intake import Received
from balise.hotline.reports.models import Report
from balise.hotline.reports.models.writing import LINE
from balise.hotline.reports.rules.answers import Answers
from balise.hotline.reports.rules.given import Given, read
from balise.hotline.reports.rules.incoming import Incoming
from balise.hotline.reports.rules.words import Channel


class KeyUsedOtherwise(Refused):
    """The idempotency key was used for a report that said something else."""

    code = "idempotency-key-used"


def submit(*, given: Given, idempotency_key: str, language: str, by: Actor) -> Received:
    """Take in a partner's report. The same key with the same answers is the same report.

    Refuses (AnswersFaulty) what cannot be read, and a key that was used for other answers.
    """
    access.require(by, access.SUBMIT)
    answers = read(given, country=settings.COUNTRY, today=today())
    key = blind(LINE, "partner", f"{by.key}:{idempotency_key}")
    said = _said(answers)
    known = Report.objects.filter(intake_key=key).values_list("said_key", flat=True).first()
    if known is not None and bytes(known) != said:
        raise KeyUsedOtherwise(str(_("This idempotency key was used for another report.")))
    return intake.receive(
        incoming=Incoming(
            key=key,
            channel=Channel.API,
            answers=answers,
            language=language,
            received_at=now(),
            is_finished=True,
            partner=UUID(by.key),
            said_key=said,
        ),
        by=by,
    )


def _said(answers: Answers) -> bytes:
    fields = orjson.dumps(answers.to_fields(), option=orjson.OPT_SORT_KEYS, default=_plain)
    return blind(LINE, "said", fields.decode())


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
