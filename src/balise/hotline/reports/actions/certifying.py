"""Sign that a report was filed, in the worker: the public process holds no key to sign with."""

from uuid import UUID

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.encryption.receipts import Receipt
from balise.foundation.encryption.sealing import key_of_line
from balise.foundation.encryption.signatures import sign
from balise.foundation.journal.book import record
from balise.hotline.reports.events import CertificateAsked, ReportCertified
from balise.hotline.reports.models import LINE, REPORT_BODY, Report
from balise.hotline.reports.queries.receipts import opened
from balise.hotline.reports.rules.answers import Answers
from balise.hotline.reports.rules.certificates import statement


def ask(*, receipt: Receipt, by: Actor) -> None:
    """Ask for the certificate of a report that was sent; a worker signs it a moment later."""
    with transaction.atomic():
        one = opened(receipt, lock=True)
        if one.report.is_finished and not one.report.certificate_key:
            record(CertificateAsked(subject=one.report.id), by=by)


def certify(*, report_id: UUID, by: Actor) -> bool:
    """Sign a finished report's certificate, once; return whether it was signed now."""
    with transaction.atomic():
        report = (
            Report.objects.select_for_update()
            .filter(id=report_id, is_finished=True, follow_up=True, certificate_key="")
            .first()
        )
        if report is None:
            return False
        key = key_of_line(LINE, report.id)
        answers = Answers.from_fields(key.open(report.sealed, where=REPORT_BODY, row=report.id))
        stated = statement(number=report.id, filed_at=report.received_at, places=answers.places)
        signature = sign(LINE, stated.message)
        report.certificate_key, report.certificate_signature = signature.key_id, signature.value
        report.save(update_fields=("certificate_key", "certificate_signature"))
        record(ReportCertified(subject=report.id), by=by)
    return True
