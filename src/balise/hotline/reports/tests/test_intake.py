from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from balise.foundation.actors import ANYONE
from balise.foundation.clock import now
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.encryption.worded import new_receipt
from balise.foundation.journal import clerk
from balise.foundation.journal.models import Entry
from balise.hotline.reports.actions import answering, intake
from balise.hotline.reports.models import Content, Mention, Report
from balise.hotline.reports.queries import receipts
from balise.hotline.reports.rules.places import elsewhere
from balise.hotline.reports.rules.receipts import AlreadySent, ReceiptUnknown
from balise.hotline.reports.rules.words import Channel, ContentState, PlaceKind
from balise.hotline.reports.tests.makers import (
    ADDRESS,
    make_answers,
    make_content,
    make_decided,
    make_incoming,
    make_report,
)

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


class TestReceive:
    def test_seals_what_was_said(self) -> None:
        make_report("https://canary.example/secret-page", description="canary words")

        for table in ("hotline_reports_report", "hotline_reports_content", "journal_entry"):
            with connection.cursor() as cursor:
                cursor.execute(f"select * from {table}")  # noqa: S608 - the names stand above
                kept = repr([tuple(map(bytes_of, row)) for row in cursor.fetchall()])
            assert "canary" not in kept
            assert "secret-page" not in kept

    def test_is_written_down(self) -> None:
        report, _ = make_report(category="hate")

        names = list(Entry.objects.filter(subject=report.id).order_by("id").values_list("event"))
        assert names == [("hotline.report.received",), ("hotline.report.finished",)]

    def test_a_second_sending_changes_nothing(self) -> None:
        receipt = new_receipt()
        first = intake.receive(incoming=make_incoming(receipt=receipt), by=ANYONE)

        second = intake.receive(incoming=make_incoming(receipt=receipt), by=ANYONE)

        assert (first.report_id, first.is_new) == (second.report_id, True)
        assert not second.is_new
        assert Report.objects.count() == Content.objects.count() == 1

    def test_known_content_is_joined_and_keeps_its_state(self) -> None:
        decided = make_decided()

        received = intake.receive(incoming=make_incoming(receipt=new_receipt()), by=ANYONE)

        content = Content.objects.get()
        assert (received.contents, received.known) == (1, 1)
        assert (content.id, content.state) == (decided.id, ContentState.REMOVING)
        assert content.report_count == 2

    def test_several_reports_bring_a_content_nearer_the_front(self) -> None:
        before = make_content(category="hate")

        make_report(age_band="13-15", danger=True)

        after = Content.objects.get(id=before.id)
        assert after.priority > before.priority
        assert (after.danger, after.minor) == (True, True)

    def test_two_spellings_of_one_address_are_one_content(self) -> None:
        make_report("HTTPS://Pictures.Example:443/album/../album/1#top", ADDRESS)

        assert Content.objects.count() == 1
        assert Mention.objects.count() == 1

    def test_takes_what_is_not_on_the_web(self) -> None:
        place = elsewhere(kind=PlaceKind.GAME, text="Player  One", service="Some Game")
        make_report(places=(place,))
        make_report(
            places=(elsewhere(kind=PlaceKind.GAME, text="player one", service="some game"),)
        )

        content = Content.objects.get()
        assert (content.kind, content.report_count) == (PlaceKind.GAME, 2)

    def test_a_literal_address_is_traced_at_once(self) -> None:
        content = make_content("http://193.0.6.139/page")

        assert content.country

    def test_the_receipt_opens_the_report_and_nothing_else_does(self) -> None:
        report, receipt = make_report(description="what I saw")

        opened = receipts.opened(receipt)

        assert (opened.report.id, opened.answers.description) == (report.id, "what I saw")
        with pytest.raises(ReceiptUnknown):
            receipts.opened(new_receipt())


class TestReceiveMany:
    def test_takes_a_batch_once(self) -> None:
        batch = [
            make_incoming(make_answers(f"https://site{n % 3}.example/"), channel=Channel.IMPORT)
            for n in range(10)
        ]

        first = intake.receive_many(incoming=batch, by=ANYONE)
        again = intake.receive_many(incoming=batch, by=ANYONE)

        assert [one.is_new for one in first] == [True] * 10
        assert [one.is_new for one in again] == [False] * 10
        assert [one.report_id for one in first] == [one.report_id for one in again]
        assert Report.objects.count() == 10
        assert sorted(Content.objects.values_list("report_count", flat=True)) == [3, 3, 4]

    def test_a_report_twice_in_one_batch_is_one(self) -> None:
        one = make_incoming(channel=Channel.IMPORT)

        received = intake.receive_many(incoming=[one, one], by=ANYONE)

        assert received[0].report_id == received[1].report_id
        assert Report.objects.count() == 1

    def test_keeps_the_earliest_moment(self) -> None:
        late, early = now(), now() - timedelta(days=2)

        intake.receive_many(
            incoming=[make_incoming(received_at=late), make_incoming(received_at=early)],
            by=ANYONE,
        )

        assert Content.objects.get().first_reported_at == early


class TestAnswer:
    def test_each_answer_is_kept_as_it_is_given(self) -> None:
        receipt = new_receipt()
        intake.receive(incoming=make_incoming(receipt=receipt, is_finished=False), by=ANYONE)

        answering.answer(receipt=receipt, given={"category": "csam"}, finish=False, by=ANYONE)
        answering.answer(receipt=receipt, given={"age_band": "13-15"}, finish=True, by=ANYONE)

        opened = receipts.opened(receipt)
        assert (opened.answers.category, opened.answers.age_band) == ("csam", "13-15")
        assert opened.report.is_finished
        content = Content.objects.get()
        assert (content.category, content.minor) == ("csam", True)

    def test_refuses_a_report_that_was_sent(self) -> None:
        _, receipt = make_report()

        with pytest.raises(AlreadySent):
            answering.answer(receipt=receipt, given={"danger": True}, finish=False, by=ANYONE)

    def test_the_same_sending_again_is_the_first_one(self) -> None:
        _, receipt = make_report(category="csam")

        again = answering.answer(
            receipt=receipt, given={"category": "csam"}, finish=True, by=ANYONE
        )

        assert again.is_finished
        assert Entry.objects.filter(event="hotline.report.finished").count() == 1

    def test_a_corrected_address_leaves_nothing_behind(self) -> None:
        receipt = new_receipt()
        wrong = make_answers("https://wrong.example/")
        intake.receive(incoming=make_incoming(wrong, receipt=receipt, is_finished=False), by=ANYONE)
        wrong_content = Content.objects.get()

        right = make_answers("https://right.example/").places
        answering.answer(receipt=receipt, given={"places": right}, finish=True, by=ANYONE)
        clerk.tick()

        content = Content.objects.get()
        assert content.id != wrong_content.id
        assert not KeyWrap.objects.filter(record=wrong_content.id).exists()
        assert receipts.followed(receipt).answers.places[0].canonical == "https://right.example/"

    def test_a_corrected_address_that_someone_reports_meanwhile_stays(self) -> None:
        receipt = new_receipt()
        wrong = make_answers("https://wrong.example/")
        intake.receive(incoming=make_incoming(wrong, receipt=receipt, is_finished=False), by=ANYONE)
        right = make_answers("https://right.example/").places
        answering.answer(receipt=receipt, given={"places": right}, finish=True, by=ANYONE)
        make_report("https://wrong.example/")
        clerk.tick()

        assert set(Content.objects.values_list("report_count", flat=True)) == {1}
        assert Content.objects.count() == 2

    def test_a_corrected_address_that_others_reported_stays(self) -> None:
        make_report("https://shared.example/")
        receipt = new_receipt()
        shared = make_answers("https://shared.example/")
        intake.receive(
            incoming=make_incoming(shared, receipt=receipt, is_finished=False), by=ANYONE
        )

        other = make_answers("https://other.example/").places
        answering.answer(receipt=receipt, given={"places": other}, finish=True, by=ANYONE)

        assert Content.objects.count() == 2
        assert set(Content.objects.values_list("report_count", flat=True)) == {1}

    def test_without_follow_up_the_receipt_opens_nothing(self) -> None:
        receipt = new_receipt()
        intake.receive(incoming=make_incoming(receipt=receipt, is_finished=False), by=ANYONE)

        answering.answer(receipt=receipt, given={}, finish=True, follow_up=False, by=ANYONE)

        assert not Report.objects.get().follow_up
        with pytest.raises(ReceiptUnknown):
            receipts.opened(receipt)

    def test_what_is_left_unfinished_counts_as_it_is(self) -> None:
        receipt = new_receipt()
        intake.receive(incoming=make_incoming(receipt=receipt, is_finished=False), by=ANYONE)
        report = Report.objects.get()

        assert answering.finish_abandoned(report_id=report.id, by=ANYONE)
        assert not answering.finish_abandoned(report_id=report.id, by=ANYONE)
        assert not answering.finish_abandoned(report_id=uuid4(), by=ANYONE)

        entry = Entry.objects.get(event="hotline.report.finished")
        assert entry.facts["abandoned"] is True


def bytes_of(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
