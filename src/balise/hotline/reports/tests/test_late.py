"""Whoever comes back to a form that was left loses nothing: late, lapsed, twice, or misread."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.clock import now
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.encryption.sealing import forget
from balise.foundation.encryption.worded import Receipt, new_receipt
from balise.foundation.journal.models import Entry
from balise.hotline.reports.actions import answering, consulting, intake, referring
from balise.hotline.reports.events import FollowUpDeclined
from balise.hotline.reports.models import Content, Report
from balise.hotline.reports.queries import receipts
from balise.hotline.reports.rules.receipts import AlreadySent, ReceiptUnknown
from balise.hotline.reports.tasks import working
from balise.hotline.reports.tests.makers import ANALYST, make_answers, make_incoming
from balise.hotline.reports.tests.test_public import FORM, ticket_of, whole

pytestmark = pytest.mark.django_db

WORDS = "what she typed while she was away"
AUTOSAVE = {"X-Autosave": "1"}


def left_open() -> Receipt:
    """Return the receipt of a report that was counted as it was left."""
    receipt = new_receipt()
    intake.receive(incoming=make_incoming(receipt=receipt, is_finished=False), by=ANYONE)
    let_it_be_counted()
    return receipt


def let_it_be_counted() -> None:
    Report.objects.update(last_answer_at=now() - timedelta(minutes=40))
    assert answering.finish_left_open(at=now(), by=SYSTEM) == 1


def begun(client: Client, step: str = "what") -> Any:
    """Return the page of a step, once the address was given."""
    values = {"ticket": ticket_of(client.get(FORM)), "step": "where", "go": "on"}
    page = client.post(FORM, values | {"addresses": "https://a.example/x"}, follow=True)
    if step == "you":
        values = {"ticket": ticket_of(page), "step": "what", "go": "on"}
        page = client.post(FORM, values, follow=True)
    return page


class TestLateAnswers:
    def test_are_sealed_as_the_others_and_raise_the_priority(self) -> None:
        receipt = left_open()
        before = Content.objects.get().priority

        given = {"danger": True, "category": "grooming", "description": WORDS}
        answering.answer(receipt=receipt, given=given, finish=False, by=ANYONE)
        answering.answer(receipt=receipt, given={"age_band": "under-13"}, finish=True, by=ANYONE)

        content = Content.objects.get()
        assert content.priority >= before + 60
        assert (content.danger, content.minor, content.category) == (True, True, "grooming")
        (report,) = consulting.consult(content_id=content.id, by=ANALYST).reports
        assert report.answers.description == WORDS
        assert (report.report.is_finished, report.report.left_open_at) == (True, None)

    def test_are_written_down_and_counted_once(self) -> None:
        receipt = left_open()

        answering.answer(receipt=receipt, given={"category": "csam"}, finish=True, by=ANYONE)

        assert Entry.objects.filter(event="hotline.report.finished").count() == 1
        late = Entry.objects.get(event="hotline.report.late-answers-given")
        assert (late.facts["category"], late.facts["sent"]) == ("csam", True)

    def test_are_refused_once_it_was_sent_after_all(self) -> None:
        receipt = left_open()
        answering.answer(receipt=receipt, given={"category": "csam"}, finish=True, by=ANYONE)

        with pytest.raises(AlreadySent):
            answering.answer(receipt=receipt, given={"danger": True}, finish=True, by=ANYONE)

    def test_may_wish_for_no_follow_up(self) -> None:
        receipt = left_open()

        answering.answer(receipt=receipt, given={}, finish=True, follow_up=False, by=ANYONE)

        report = Report.objects.get()
        assert not report.follow_up
        with pytest.raises(ReceiptUnknown):
            receipts.opened(receipt)
        working.forget_receipts(list(Entry.objects.filter(event=FollowUpDeclined.name)))
        kinds = KeyWrap.objects.filter(record=report.id).values_list("kind", flat=True)
        assert "receipt" not in kinds

    def test_that_name_another_place_ask_for_a_new_certificate(self) -> None:
        receipt = left_open()
        referring.certify(report_id=Report.objects.get().id, by=SYSTEM)
        assert Report.objects.get().certificate_signature

        places = make_answers("https://right.example/").places
        answering.answer(receipt=receipt, given={"places": places}, finish=True, by=ANYONE)

        assert not Report.objects.get().certificate_signature

    def test_are_kept_from_step_to_step_and_thanked_for(self, client: Client) -> None:
        page = begun(client)
        let_it_be_counted()

        what = {"step": "what", "danger": "on", "description": WORDS, "go": "on"}
        page = client.post(FORM, what | {"ticket": ticket_of(page)}, follow=True)
        assert 'name="age_band"' in page.text
        you = {"step": "you", "age_band": "under-13", "contact": "a@b.example", "go": "send"}
        page = client.post(FORM, you | {"ticket": ticket_of(page)}, follow=True)

        assert re.search(r"(?:[0-9A-Z]{4}-){6}[0-9A-Z]{4}", page.text)
        content = Content.objects.get()
        (report,) = consulting.consult(content_id=content.id, by=ANALYST).reports
        assert (report.answers.description, report.answers.contact) == (WORDS, "a@b.example")
        assert (content.danger, content.minor) == (True, True)

    def test_a_report_that_nobody_can_open_holds_up_no_other(self) -> None:
        for address in ("https://one.example/", "https://two.example/"):
            incoming = make_incoming(
                make_answers(address), receipt=new_receipt(), is_finished=False
            )
            intake.receive(incoming=incoming, by=ANYONE)
        Report.objects.update(last_answer_at=now() - timedelta(hours=1))
        first = Report.objects.order_by("last_answer_at", "id").first()
        assert first is not None
        forget([first.id])
        Report.objects.filter(id=first.id).update(sealed=b"nothing")

        assert answering.finish_left_open(at=now(), by=SYSTEM) == 2


class TestTheThanksAreTrue:
    def test_what_comes_after_it_was_sent_is_not_thanked_for(self, client: Client) -> None:
        ticket = ticket_of(begun(client))
        what = {"ticket": ticket, "step": "what", "go": "send"}
        client.post(FORM, what)

        page = client.post(FORM, what | {"description": WORDS})

        assert page.status_code == 422
        assert WORDS in page.text
        assert 'href="/fr/follow/"' in page.text
        assert client.get("/fr/follow/").status_code == 200
        assert 'name="message_id"' in client.get("/fr/follow/").text

    def test_nor_is_it_said_to_be_saved(self, client: Client) -> None:
        ticket = ticket_of(begun(client))
        what = {"ticket": ticket, "step": "what", "go": "send"}
        client.post(FORM, what)

        answer = client.post(FORM, what | {"description": WORDS}, headers=AUTOSAVE)

        assert answer.status_code == 422
        assert answer["Content-Type"].startswith("text/plain")

    def test_a_second_press_without_follow_up_is_the_first_one(self, client: Client) -> None:
        page = begun(client, "you")
        you = {"ticket": ticket_of(page), "step": "you", "follow_up": "no", "go": "send"}

        first, second = (client.post(FORM, you) for _ in range(2))

        assert first["Location"] == second["Location"] == "/fr/report/sent/"
        assert Report.objects.count() == 1

    def test_what_is_added_without_follow_up_makes_a_new_one(self, client: Client) -> None:
        page = begun(client, "you")
        ticket = ticket_of(page)
        client.post(FORM, {"ticket": ticket, "step": "you", "follow_up": "no", "go": "send"})

        what = {"ticket": ticket, "step": "what", "description": WORDS, "go": "send"}
        page = client.post(FORM, what)
        assert (page.status_code, WORDS in page.text) == (422, True)
        again = {"ticket": ticket_of(page), "step": "whole", "description": WORDS, "go": "send"}
        page = client.post(FORM, again | {"addresses": "https://a.example/x"})

        assert page.status_code == 302
        assert Report.objects.count() == 2


class TestALapsedForm:
    def test_shows_all_that_was_typed_and_why(self, client: Client) -> None:
        what = {"ticket": "lapsed", "step": "what", "danger": "on", "description": WORDS}

        page = client.post(FORM, what | {"go": "on"})

        assert page.status_code == 422
        assert WORDS in page.text
        assert "trop longtemps" in page.text
        assert re.search(r'name="danger"[^>]* checked', page.text)
        assert 'name="step" value="whole"' in page.text

    def test_goes_on_with_everything_at_once(self, client: Client) -> None:
        page = client.post(FORM, {"ticket": "lapsed", "step": "what", "description": WORDS})
        whole_form = {"ticket": ticket_of(page), "step": "whole", "description": WORDS}
        given = whole_form | {"addresses": "https://a.example/x", "age_band": "13-14"}

        page = client.post(FORM, given | {"go": "send"}, follow=True)

        (report,) = consulting.consult(content_id=Content.objects.get().id, by=ANALYST).reports
        assert (report.answers.description, report.answers.age_band) == (WORDS, "13-14")

    def test_of_the_last_step_keeps_its_words(self, client: Client) -> None:
        you = {"ticket": "lapsed", "step": "you", "contact": "a@b.example", "go": "send"}

        page = client.post(FORM, you)

        assert (page.status_code, "a@b.example" in page.text) == (422, True)


class TestAnInvalidStep:
    def test_keeps_what_could_be_read_and_does_not_say_saved(self, client: Client) -> None:
        what = {"step": "what", "met_on": "2999-01-01", "description": WORDS, "danger": "on"}

        answer = client.post(FORM, what | {"ticket": ticket_of(begun(client))}, headers=AUTOSAVE)

        assert answer.status_code == 422
        assert Content.objects.get().danger

    def test_goes_back_without_losing_the_rest(self, client: Client) -> None:
        what = {"step": "what", "met_on": "2999-01-01", "description": WORDS, "go": "back"}
        page = client.post(FORM, what | {"ticket": ticket_of(begun(client))}, follow=True)
        assert page.status_code == 200

        where = {"step": "where", "addresses": "https://a.example/x", "go": "on"}
        page = client.post(FORM, where | {"ticket": ticket_of(page)}, follow=True)

        assert WORDS in page.text
        assert "2999" not in page.text

    def test_an_unreadable_address_is_not_said_to_be_saved(self, client: Client) -> None:
        where = {"ticket": ticket_of(client.get(FORM)), "step": "where"}

        answer = client.post(FORM, where | {"addresses": "nothing like it"}, headers=AUTOSAVE)

        assert answer.status_code == 422
        assert Report.objects.count() == 0

    def test_of_all_at_once_keeps_every_word_on_the_page(self, client: Client) -> None:
        page = whole(client, addresses="nothing like it", description=WORDS, contact="a@b.example")

        assert page.status_code == 422
        assert WORDS in page.text
        assert "a@b.example" in page.text

    def test_nothing_of_a_day_to_come_is_kept(self, client: Client) -> None:
        whole(client, met_on="2999-01-01", description=WORDS)

        (report,) = consulting.consult(content_id=Content.objects.get().id, by=ANALYST).reports
        assert (report.answers.met_on, report.answers.description) == (None, WORDS)
