from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation.actors import ANYONE, SYSTEM, Actor
from balise.foundation.encryption.signatures import verify
from balise.foundation.encryption.worded import new_receipt
from balise.foundation.journal.models import Entry
from balise.hotline.reports import ports
from balise.hotline.reports.actions import dialogue, referring
from balise.hotline.reports.models import Message, Report
from balise.hotline.reports.queries import receipts
from balise.hotline.reports.rules.places import statement
from balise.hotline.reports.rules.receipts import ReceiptUnknown
from balise.hotline.reports.tests.makers import ANALYST, LISTENER, make_report

pytestmark = pytest.mark.django_db


class TestDialogue:
    def test_goes_both_ways(self) -> None:
        report, receipt = make_report()

        dialogue.write_as_reporter(
            receipt=receipt, text="Did you see it?", message_id=uuid4(), by=ANYONE
        )
        dialogue.write_as_hotline(report_id=report.id, text="Yes, thank you.", by=ANALYST)

        texts = [message.text for message in receipts.followed(receipt).messages]
        assert texts == ["Did you see it?", "Yes, thank you."]
        assert Entry.objects.filter(event="hotline.message.written").count() == 2

    def test_a_message_sent_twice_is_there_once(self) -> None:
        _, receipt = make_report()
        message_id = uuid4()

        for _ in range(2):
            dialogue.write_as_reporter(
                receipt=receipt, text="Hello", message_id=message_id, by=ANYONE
            )

        assert Message.objects.count() == 1

    def test_is_sealed(self) -> None:
        _, receipt = make_report()

        dialogue.write_as_reporter(
            receipt=receipt, text="canary words", message_id=uuid4(), by=ANYONE
        )

        assert b"canary" not in bytes(Message.objects.get().sealed)

    def test_refuses_an_unknown_receipt(self) -> None:
        with pytest.raises(ReceiptUnknown):
            dialogue.write_as_reporter(
                receipt=new_receipt(), text="Hello", message_id=uuid4(), by=ANYONE
            )

    def test_refuses_to_answer_nobody(self) -> None:
        report, _ = make_report()
        Report.objects.update(follow_up=False)

        with pytest.raises(dialogue.NobodyReads):
            dialogue.write_as_hotline(report_id=report.id, text="Hello", by=ANALYST)

    def test_refuses_who_may_not_answer(self) -> None:
        report, _ = make_report()

        with pytest.raises(PermissionDenied):
            dialogue.write_as_hotline(report_id=report.id, text="Hello", by=LISTENER)


class TestCertificate:
    def test_is_signed_once_and_can_be_checked(self) -> None:
        report, receipt = make_report()

        assert referring.certify(report_id=report.id, by=SYSTEM)
        assert not referring.certify(report_id=report.id, by=SYSTEM)

        one = receipts.opened(receipt)
        stated = statement(
            number=report.id, filed_at=one.report.received_at, places=one.answers.places
        )
        signature = bytes(one.report.certificate_signature)
        key_id = one.report.certificate_key
        assert verify("hotline", key_id, stated.message, signature)
        assert not verify("hotline", key_id, stated.message + b"x", signature)
        assert not verify("hotline", "no-such-key", stated.message, signature)


class TestPassToHelpline:
    @pytest.fixture(autouse=True)
    def helpline(self) -> Iterator[list[dict[str, object]]]:
        """Stand where the helpline stands, and keep what it was handed."""
        handed: list[dict[str, object]] = []
        before = ports.pass_to_helpline._answer

        def take_in(*, origin: UUID, contact: str, age_band: str, words: str, by: Actor) -> UUID:
            handed.append({"origin": origin, "contact": contact, "words": words, "by": by})
            assert age_band
            return uuid4()

        ports.pass_to_helpline.plug(take_in)
        yield handed
        ports.pass_to_helpline._answer = before

    def test_at_the_reporter_s_wish(self, helpline: list[dict[str, object]]) -> None:
        report, receipt = make_report(age_band="13-15", description="I am afraid")

        referring.pass_to_helpline(receipt=receipt, contact="06 00 00 00 00", by=ANYONE)

        assert helpline[0]["words"] == "I am afraid"
        assert "example" not in str(helpline)
        assert receipts.followed(receipt).is_passed_to_helpline
        assert Entry.objects.filter(
            event="hotline.report.passed-to-helpline", subject=report.id
        ).exists()

    def test_only_once(self) -> None:
        _, receipt = make_report(age_band="13-15")
        referring.pass_to_helpline(receipt=receipt, contact="x", by=ANYONE)

        with pytest.raises(referring.AlreadyPassedOn):
            referring.pass_to_helpline(receipt=receipt, contact="x", by=ANYONE)

    def test_an_analyst_needs_their_consent(self) -> None:
        report, _ = make_report(age_band="adult")

        with pytest.raises(referring.NoConsent):
            referring.refer_to_helpline(
                report_id=report.id, contact="x", consented=False, by=ANALYST
            )
        with pytest.raises(PermissionDenied):
            referring.refer_to_helpline(
                report_id=report.id, contact="x", consented=True, by=LISTENER
            )
        referring.refer_to_helpline(report_id=report.id, contact="x", consented=True, by=ANALYST)
