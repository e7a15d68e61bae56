"""A partner sends a report over the API: one report for each idempotency key."""

from dataclasses import dataclass
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
from balise.hotline.reports.models import Report, writing
from balise.hotline.reports.models.writing import LINE
from balise.hotline.reports.rules.answers import Answers
from balise.hotline.reports.rules.given import Given, read
from balise.hotline.reports.rules.incoming import Incoming
from balise.hotline.reports.rules.words import Channel


class KeyUsedOtherwise(Refused):
    """The idempotency key was used for a report that said something else."""

    code = "idempotency-key-used"


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of it: the report, whether it is new, what each place is recognised by."""

    report_id: UUID
    is_new: bool
    identities: tuple[bytes, ...]


def submit(*, given: Given, idempotency_key: str, language: str, by: Actor) -> Sent:
    """Take in a partner's report. The same key with the same answers is the same report.

    Refuses (AnswersFaulty) what cannot be read, and a key that was used for other answers.
    """
    access.require(by, access.SUBMIT)
    answers = read(given, country=settings.COUNTRY, today=today())
    named = f"{by.key}:{idempotency_key}"
    # Bound to the key: equal words of two reports are not equal here.
    said = blind(LINE, "said", f"{named}:{language}:{_canonical(answers)}")
    received = intake.receive(
        incoming=Incoming(
            key=blind(LINE, "partner", named),
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
    if not received.is_new:
        before = Report.objects.values_list("said_key", flat=True).get(id=received.report_id)
        if bytes(before) != said:
            raise KeyUsedOtherwise(str(_("This idempotency key was used for another report.")))
    return Sent(
        received.report_id,
        received.is_new,
        tuple(writing.identity_key(place.identity) for place in answers.places),
    )


def _canonical(answers: Answers) -> str:
    return orjson.dumps(answers.to_fields(), option=orjson.OPT_SORT_KEYS).decode()
