"""Ask to be called back: by anyone, without a script; and as a listener, for whoever is there."""

import re
from datetime import date, time, timedelta
from http import HTTPStatus
from uuid import UUID, uuid4

import pytest
from django.test import Client

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_account, make_actor, sign_in
from balise.foundation.actors import ANYONE
from balise.foundation.journal.models import Entry
from balise.foundation.web import pauses
from balise.helpline.conversations.rules.hours import schedule
from balise.helpline.conversations.tests.test_hours import at
from balise.helpline.conversations.tests.test_pages import a_child_talks
from balise.helpline.queue.actions import claiming, seating
from balise.helpline.telephony.actions import calling_back
from balise.helpline.telephony.models import CallBack
from balise.helpline.telephony.rules import call_backs
from balise.helpline.telephony.rules.call_backs import (
    LONGEST_WORDS,
    Script,
    SlotUnsafe,
    WordsTooLong,
    read_words,
)
from balise.helpline.telephony.rules.numbers import NumberWrong, read_aloud, read_callable

NOON = at("2026-11-24T12:00")
TODAY = date(2026, 11, 24)
HOURS = schedule("fr", zone="Europe/Paris")
YOUNG, ADULTS = "/fr/call-back/", "/fr/call-back/adults/"
NOTING = "/staff/telephony/call-backs/new/"
REPEATED = {"shown_number": "01 99 00 00 01", "repeated": "on"}


def given(**other: str) -> dict[str, str]:
    return {
        "number": "01 99 00 00 01",
        "script": "friend",
        "day": "2026-11-24",
        "since": "17:00",
        "until": "19:00",
        "words": "",
        "call_back_id": str(uuid4()),
        **other,
    }


class TestNumbers:
    @pytest.mark.parametrize(
        ("number", "said"),
        [
            ("0199000001", "01 99 00 00 01"),
            ("+33199000001", "+33 1 99 00 00 01"),
            ("+352621000001", "+352 6 21 00 00 01"),
            ("+15550100", "+15 55 01 00"),
            ("123456", "12 34 56"),
        ],
    )
    def test_are_repeated_in_groups(self, number: str, said: str) -> None:
        assert read_aloud(number) == said

    @pytest.mark.parametrize(
        ("text", "number"),
        [
            ("01 99 00 00 01", "0199000001"),
            ("+33 (0)1.99-00/00 01", "+33199000001"),
            ("0033 (0)1 99 00 00 01", "0033199000001"),
            ("01\u00a099\u201100\u201300 01", "0199000001"),
            ("\u0660\u0661\u0669\u0669\u0660\u0660\u0660\u0660\u0660\u0661", "0199000001"),
        ],
    )
    def test_are_read_as_people_write_them(self, text: str, number: str) -> None:
        assert read_callable(text) == number

    @pytest.mark.parametrize("text", ["", "112", "+112", "demain", "01 99 x", "1" * 16])
    def test_at_which_nobody_can_be_called_are_refused(self, text: str) -> None:
        with pytest.raises(NumberWrong):
            read_callable(text)


class TestSafeTimes:
    def test_are_whole_hours_of_the_coming_week(self) -> None:
        days = call_backs.open_days(NOON, HOURS)
        assert days == [TODAY + timedelta(days=n) for n in range(7)]
        assert call_backs.open_days(at("2026-11-24T23:30"), HOURS)[0] == TODAY + timedelta(days=1)
        hours = call_backs.whole_hours(days, HOURS)
        assert (hours[0], hours[-1]) == (time(9), time(23))

    def test_are_in_the_centres_zone(self) -> None:
        begins, ends = call_backs.safe_time(TODAY, time(17), time(19), moment=NOON, schedule=HOURS)
        assert (begins.utcoffset(), ends - begins) == (timedelta(hours=1), timedelta(hours=2))

    @pytest.mark.parametrize(
        ("since", "until"), [(19, 17), (17, 17), (9, 11), (8, 18), (22, 0)], ids=str
    )
    def test_at_which_nobody_calls_are_refused(self, since: int, until: int) -> None:
        with pytest.raises(SlotUnsafe):
            call_backs.safe_time(TODAY, time(since), time(until), moment=NOON, schedule=HOURS)


def test_a_word_beside_is_never_cut() -> None:
    longest = "a\r\n" * (LONGEST_WORDS // 2)
    assert read_words(longest + " ") == longest.replace("\r\n", "\n").strip()
    with pytest.raises(WordsTooLong):
        read_words("x" * (LONGEST_WORDS + 1))


@pytest.mark.django_db
class TestAsking:
    def ask(self, *, number: str = "01 99 00 00 01", call_back_id: UUID | None = None) -> UUID:
        return calling_back.ask_call_back(
            number=number,
            since=clock.now(),
            until=clock.now() + timedelta(hours=2),
            script=Script.FRIEND,
            call_back_id=call_back_id,
            by=ANYONE,
        )

    def test_the_same_page_twice_is_one(self) -> None:
        name = uuid4()
        assert {self.ask(call_back_id=name) for _twice in range(2)} == {name}
        assert Entry.objects.filter(event="helpline.call-back.asked").count() == 1

    def test_refuses_a_short_number(self) -> None:
        with pytest.raises(NumberWrong):
            self.ask(number="112")
        assert not CallBack.objects.exists()


@pytest.mark.django_db
class TestOnlyWithinTheSafeTime:
    def test_whom_nobody_took_waits_for_the_same_hours_tomorrow(self) -> None:
        with clock.at(NOON):
            one = TestAsking().ask()
            assert calling_back.queue_due() == 1
        with clock.at(NOON + timedelta(hours=2)):
            assert calling_back.queue_due() == 0
        left = CallBack.objects.get()
        assert (left.item, left.due_at) == (None, NOON + timedelta(days=1))
        with clock.at(NOON + timedelta(days=1, minutes=5)):
            assert calling_back.queue_due() == 1
        assert CallBack.objects.get().id == one

    def test_nobody_opens_the_number_later(self) -> None:
        listener = make_actor("listener")
        with clock.at(NOON):
            one = TestAsking().ask()
            calling_back.queue_due()
            seating.sit(skills=(), by=listener)
            claiming.claim_next(by=listener)
            assert calling_back.open_call_back(call_back_id=one, by=listener).number
        with clock.at(NOON + timedelta(hours=2)), pytest.raises(SlotUnsafe):
            calling_back.open_call_back(call_back_id=one, by=listener)
        with clock.at(NOON + timedelta(hours=2)), pytest.raises(SlotUnsafe):
            calling_back.dial(call_back_id=one, extension="12", by=listener)


@pytest.mark.django_db
class TestThePublicPages:
    @pytest.mark.parametrize(
        ("path", "density"), [(YOUNG, "young"), (ADULTS, "plain")], ids=["young", "adults"]
    )
    def test_someone_asks_without_a_script(self, client: Client, path: str, density: str) -> None:
        with clock.at(NOON):
            page = client.get(path).text
            assert f'data-density="{density}"' in page
            name = re.search(r'name="call_back_id" value="([^"]+)"', page)
            assert name is not None
            sent = given(call_back_id=name[1], words="Après le collège.")
            for _twice in range(2):
                assert client.post(path, sent)["Location"] == f"{path}asked/"
            kept = CallBack.objects.get()
        assert kept.script == Script.FRIEND
        assert kept.since == at("2026-11-24T17:00")
        assert b"0199000001" not in bytes(kept.sealed)
        thanks = client.get(f"{path}asked/").text
        assert f'data-density="{density}"' in thanks
        assert "0199000001" not in thanks

    @pytest.mark.parametrize(
        "wrong",
        [{"number": "112"}, {"until": "17:00"}, {"until": ""}, {"words": "x" * 501}, {"day": ""}],
        ids=lambda each: next(iter(each)),
    )
    def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
        self, client: Client, wrong: dict[str, str]
    ) -> None:
        with clock.at(NOON):
            answer = client.post(YOUNG, given(**{"words": "Après le collège.", **wrong}))
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert wrong.get("number", "01 99 00 00 01") in answer.text
        assert wrong.get("words", "Après le collège.") in answer.text
        assert 'aria-invalid="true"' in answer.text
        assert not CallBack.objects.exists()

    def test_the_waiting_room_and_the_closed_page_lead_here(self, client: Client) -> None:
        with clock.at(at("2026-11-24T23:30")):
            assert YOUNG in client.get("/fr/talk/").text
        assert YOUNG in client.get("/fr/").text
        a_child_talks(client)
        assert YOUNG in client.get("/fr/talk/room/").text

    def test_a_flood_pauses_here_too(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pauses, "_is_admitted", lambda _request, **_how: False)
        answer = client.post(YOUNG, given())
        assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
        assert "01 99 00 00 01" in answer.text
        assert not CallBack.objects.exists()


@pytest.mark.django_db
class TestNoting:
    """A listener notes it for whoever is on the line."""

    def test_is_for_listeners(self, client: Client) -> None:
        assert "/staff/account/" in client.get(NOTING)["Location"]
        sign_in(client, make_account("analyst"))
        assert client.get(NOTING).status_code == HTTPStatus.FORBIDDEN
        assert client.post(NOTING, given()).status_code == HTTPStatus.FORBIDDEN

    def test_goes_back_to_whoever_is_on_the_line(self, client: Client) -> None:
        item = uuid4()
        with clock.at(NOON):
            sign_in(client, make_account("listener"))
            assert f'value="{item}"' in client.get(f"{NOTING}?item={item}").text
            wrong = client.post(NOTING, given(number="112", item=str(item)))
            assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
            assert f'value="{item}"' in wrong.text
            answer = client.post(NOTING, given(item=str(item), **REPEATED))
        assert answer["Location"] == f"/staff/helpline/{item}/"
        assert CallBack.objects.count() == 1

    def test_or_to_the_call_backs(self, client: Client) -> None:
        with clock.at(NOON):
            sign_in(client, make_account("listener"))
            assert client.post(NOTING, given(**REPEATED))["Location"] == (
                "/staff/telephony/call-backs/"
            )

    def test_is_kept_once_the_number_was_repeated(self, client: Client) -> None:
        with clock.at(NOON):
            sign_in(client, make_account("listener"))
            assert "repeated" not in client.get(NOTING).text  # there is no number to repeat
            for early in ({}, {"repeated": "on"}, REPEATED | {"number": "01 99 00 00 02"}):
                page = client.post(NOTING, given(**early))
                assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
                shown = early.get("number", "01 99 00 00 01")
                assert f"<strong>{shown}</strong>" in page.text
                assert f'name="shown_number" value="{shown}"' in page.text
                assert "checked" not in page.text.partition('name="repeated"')[2].partition(">")[0]
            assert not CallBack.objects.exists()
            assert client.post(NOTING, given(**REPEATED)).status_code == HTTPStatus.FOUND
        assert CallBack.objects.count() == 1
