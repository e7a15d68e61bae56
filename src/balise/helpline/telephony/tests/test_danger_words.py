"""What someone writes beside their number raises the call-back, and keeps the hours they chose."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.core import mail
from django.test import Client

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_account, make_actor, sign_in
from balise.foundation.actors import ANYONE, Actor
from balise.foundation.journal import clerk
from balise.foundation.journal.models import Entry
from balise.foundation.tasks.running import run_due
from balise.helpline.queue.actions import claiming, dangers, seating, waiting
from balise.helpline.queue.models import Item
from balise.helpline.queue.rules import ItemState, Risk, RiskFrom, WaitKind
from balise.helpline.queue.rules.dangers import NotADanger
from balise.helpline.telephony.actions import calling_back
from balise.helpline.telephony.models import CallBack
from balise.helpline.telephony.rules.call_backs import Attempt, Script
from balise.helpline.telephony.tests.test_asking import ADULTS, NOON, YOUNG, given

pytestmark = pytest.mark.django_db

TONIGHT = "je veux mourir ce soir"
LATER = timedelta(hours=5)
BOARD = "/staff/helpline/wallboard/"


def ask(words: str, *, after: timedelta = timedelta(), by: Actor = ANYONE) -> UUID:
    return calling_back.ask_call_back(
        number="01 99 00 00 01",
        since=clock.now() + after,
        until=clock.now() + after + timedelta(hours=2),
        script=Script.FRIEND,
        words=words,
        by=by,
    )


def stands() -> tuple[str, str]:
    """Return the risk of the one that waits, and where it comes from."""
    item = Item.objects.get(state=ItemState.WAITING, kind=WaitKind.CALL_BACK)
    return item.risk, item.risk_from


def mails() -> int:
    clerk.tick()
    run_due()
    return len(mail.outbox)


class TestWords:
    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            ("il me frappe", (Risk.B, RiskFrom.WORDS)),
            ("mort de rire", (Risk.F, "")),
            ("", (Risk.F, "")),
        ],
    )
    def test_raise_it_at_its_time(self, words: str, expected: tuple[str, str]) -> None:
        with clock.at(NOON):
            ask(words)
            calling_back.queue_due()
            assert stands() == expected

    def test_of_danger_wait_for_no_worker(self) -> None:
        make_actor("helpline_lead")
        with clock.at(NOON):
            ask(TONIGHT)
            assert stands() == (Risk.A, RiskFrom.WORDS)
            assert calling_back.queue_due() == 0
            assert mails() == 1

    def test_of_danger_keep_the_hours_that_were_chosen_and_a_supervisor_is_told_at_once(
        self, client: Client
    ) -> None:
        with clock.at(NOON):
            sign_in(client, make_account("helpline_lead"))
            ask("il me frappe", after=LATER)
            assert mails() == 0
            assert "sera rappelée" not in client.get(BOARD).text
            one = ask(TONIGHT, after=LATER)
            assert not Item.objects.exists()
            assert mails() == 1
            page = client.get(BOARD).text
            assert f'id="later-{one}"' in page
            assert "sera rappelée plus tard" in page
            assert "Repéré par des mots" in client.get("/staff/telephony/call-backs/").text
        with clock.at(NOON + LATER):
            assert calling_back.queue_due() == 2
            assert f'id="later-{one}"' not in client.get(BOARD).text
            item = Item.objects.order_by("rank").first()
            assert item is not None
            assert (item.subject, item.risk) == (one, Risk.A)

    def test_of_a_listener_raise_nothing(self) -> None:
        with clock.at(NOON):
            ask(TONIGHT, by=make_actor("listener"))
            calling_back.queue_due()
            assert stands() == (Risk.F, "")

    def test_are_told_as_a_code_and_nothing_else(self) -> None:
        with clock.at(NOON):
            ask(TONIGHT)
        (fact,) = Entry.objects.filter(event="helpline.call-back.asked")
        assert fact.facts == {"script": "friend", "risk": "A"}
        assert b"mourir" not in bytes(CallBack.objects.get().sealed)


class TestWhoWasNotReached:
    @pytest.mark.parametrize(
        ("judged", "after"),
        [(None, (Risk.A, RiskFrom.WORDS)), (Risk.A, (Risk.A, RiskFrom.JUDGED))],
    )
    def test_is_called_again_at_the_risk_that_they_had(
        self, judged: Risk | None, after: tuple[str, str]
    ) -> None:
        listener = make_actor("listener")
        with clock.at(NOON):
            one = ask(TONIGHT)
            seating.sit(skills=(), by=listener)
            held = claiming.claim_next(by=listener)
            assert held is not None
            if judged is not None:
                waiting.judge_risk(item_id=held.id, risk=judged, by=listener)
            calling_back.note_attempt(call_back_id=one, attempt=Attempt.NO_ANSWER, by=listener)
        with clock.at(NOON + timedelta(minutes=31)):
            calling_back.queue_due()
            assert stands() == after

    def test_a_listener_who_read_the_words_is_not_overruled_by_them(self) -> None:
        listener = make_actor("listener")
        with clock.at(NOON):
            one = ask(TONIGHT)
            seating.sit(skills=(), by=listener)
            held = claiming.claim_next(by=listener)
            assert held is not None
            dangers.set_aside(item_id=held.id, why=NotADanger.SONG, by=listener)
            waiting.judge_risk(item_id=held.id, risk=Risk.C, by=listener)
            calling_back.note_attempt(call_back_id=one, attempt=Attempt.MACHINE, by=listener)
        with clock.at(NOON + timedelta(minutes=31)):
            calling_back.queue_due()
            assert stands() == (Risk.C, RiskFrom.JUDGED)


@pytest.mark.parametrize("path", [YOUNG, ADULTS])
def test_who_writes_of_danger_reads_that_they_come_first_and_whom_to_call(
    client: Client, path: str
) -> None:
    with clock.at(NOON):
        calm = client.post(path, given(words="Après le collège."))["Location"]
        assert "tous les autres" not in client.get(calm).text
        told = client.post(path, given(words=TONIGHT), follow=True)
    main = told.text.partition("<main")[2]
    first = main.partition("tous les autres")
    assert first[1]
    assert 'href="tel:112"' in first[2]
    assert "<ul" not in first[0].partition("</h1>")[2]
