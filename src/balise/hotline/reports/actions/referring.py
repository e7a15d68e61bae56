"""Hand a reporter to the helpline: by consent, through a port, once."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import key_of_line
from balise.foundation.encryption.signatures import sign
from balise.foundation.encryption.worded import Receipt
from balise.foundation.journal.book import record
from balise.foundation.refusals import Refused
from balise.hotline.reports import access, ports
from balise.hotline.reports.events import CertificateAsked, ReportCertified, ReportPassedToHelpline
from balise.hotline.reports.models import LINE, REPORT_BODY, Report
from balise.hotline.reports.queries.receipts import opened
from balise.hotline.reports.rules.given import Answers
from balise.hotline.reports.rules.places import statement


class AlreadyPassedOn(Refused, code="already-passed-on"):
    pass


class NoConsent(Refused, code="no-consent"):
    pass


def pass_to_helpline(*, receipt: Receipt, contact: str, by: Actor) -> UUID:
    """Hand a report to the helpline because its author asks for it; their asking is the consent."""
    with transaction.atomic():
        one = opened(receipt, lock=True)
        return _pass_on(one.report, one.answers, contact=contact, by=by)


def refer_to_helpline(*, report_id: UUID, contact: str, consented: bool, by: Actor) -> UUID:
    """Hand a report to the helpline for its author, who agreed to it in the dialogue."""
    access.require(by, access.ANSWER)
    if not consented:
        raise NoConsent(str(_("A reporter is referred to the helpline only if they agree.")))
    with transaction.atomic():
        report = Report.locked(report_id)
        key = key_of_line(LINE, report.id)
        answers = Answers.from_fields(key.open(report.sealed, where=REPORT_BODY, row=report.id))
        return _pass_on(report, answers, contact=contact, by=by)


def _pass_on(report: Report, answers: Answers, *, contact: str, by: Actor) -> UUID:
    if report.passed_to_helpline_at is not None:
        raise AlreadyPassedOn(str(_("The helpline already has this report.")))
    # The helpline gets the person and their words, never the address of the content.
    referral = ports.pass_to_helpline.ask(
        origin=report.id,
        contact=contact or answers.contact,
        age_band=answers.age_band,
        words=answers.description,
        by=by,
    )
    report.passed_to_helpline_at = now()
    report.save(update_fields=("passed_to_helpline_at",))
    record(ReportPassedToHelpline(subject=report.id, referral=referral), by=by)
    return referral


# Sign that a report was filed, in the worker: the public process holds no key to sign with.


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
