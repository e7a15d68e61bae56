"""Where it was seen becomes a report, by choice, under the same code: one code follows both."""

from collections.abc import Sequence

from django.db import transaction

from balise.foundation.actors import ANYONE, Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import receipt_index
from balise.foundation.encryption.worded import Receipt
from balise.hotline.laboratory.queries.coded import opened
from balise.hotline.laboratory.rules.prints import ReportThere
from balise.hotline.reports.actions import intake
from balise.hotline.reports.queries import receipts
from balise.hotline.reports.rules.given import Answers, Incoming
from balise.hotline.reports.rules.places import Place
from balise.hotline.reports.rules.words import AgeBand, Channel, Concern

_NCII = "ncii"


def report(*, receipt: Receipt, links: Sequence[Place], language: str, by: Actor = ANYONE) -> bool:
    """Report where a case's pictures were seen; return whether a report was made. Once for a code.

    It says that it is about the reporter, an adult, and intimate pictures shared without consent:
    the hotline decides, and asks for the removal. Raises CodeUnknown; refuses (ReportThere) an
    address that the report under this code does not have.
    """
    opened(receipt)
    if not links:
        return False
    answers = Answers(
        places=tuple(links), category=_NCII, concern=Concern.ME, age_band=AgeBand.ADULT
    )
    received = intake.receive(
        incoming=Incoming(
            key=receipt_index(receipt),
            channel=Channel.WEB,
            answers=answers,
            language=language,
            received_at=now(),
            is_finished=True,
            receipt=receipt,
        ),
        by=by,
    )
    if not received.is_new:
        _require_known(receipt, links)
    with transaction.atomic():
        case, _key = opened(receipt, lock=True)
        case.has_report = True
        case.save(update_fields=("has_report",))
    return received.is_new


def _require_known(receipt: Receipt, links: Sequence[Place]) -> None:
    known = {place.identity for place in receipts.followed(receipt).answers.places}
    if any(place.identity not in known for place in links):
        raise ReportThere
