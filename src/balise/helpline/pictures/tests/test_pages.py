"""Each page, for anyone, for the right role, for another role and for someone else."""

import re
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import Actor
from balise.foundation.journal.models import Entry
from balise.helpline.cases.tests.makers import make_case
from balise.helpline.conversations import queries as talks
from balise.helpline.conversations.actions import passing, saying
from balise.helpline.conversations.actions.saying import Begun
from balise.helpline.conversations.tests.makers import accept, make_conversation
from balise.helpline.pictures import queries
from balise.helpline.pictures.actions import offering, sealing
from balise.helpline.pictures.models import Picture
from balise.helpline.pictures.rules.showing import PictureState
from balise.helpline.pictures.tests.makers import HTML, a_bomb, a_screen, make_shown, make_someone
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import seating
from balise.helpline.queue.rules import WaitKind

pytestmark = pytest.mark.django_db

ASK, SEND, ROOM = "/en/talk/picture/", "/en/talk/picture/send/", "/en/talk/room/"
STAFF = "/staff/helpline/pictures/"
WORDS = "c’est le groupe de ma classe"


@pytest.fixture
def listener(client: Client) -> Actor:
    return actor_of(sign_in(client, make_account("listener", name="Camille")))


def child(begun: Begun) -> Client:
    browser = Client()
    browser.cookies["talk"] = str(begun.token)
    return browser


def sent(browser: Client, octets: bytes, **more: str) -> Any:
    file = SimpleUploadedFile("screen.png", octets, "image/png")
    fields = {"undressed": "no", "client_id": str(uuid4()), "text": WORDS, "picture": file}
    return browser.post(SEND, fields | more)


def words_of(begun: Begun) -> list[str]:
    one, key = talks.opened(begun.token)
    return [event.text for event in talks.after(one.id, 0, key=key) if event.text]


class TestTheChild:
    def test_is_asked_before_a_file_can_be_chosen(self) -> None:
        browser = child(make_conversation())
        assert 'formaction="/en/talk/picture/"' in browser.get(ROOM).text
        page = browser.post(ASK, {"text": WORDS}).text
        assert WORDS in page
        assert 'type="file"' not in page
        page = browser.post(ASK, {"text": WORDS, "undressed": "no"}).text
        assert 'type="file"' in page
        assert WORDS in page

    @pytest.mark.parametrize("answer", ["yes", "unsure"])
    def test_is_told_another_way_and_nothing_can_be_sent(self, answer: str) -> None:
        begun = make_conversation()
        browser = child(begun)
        page = browser.post(ASK, {"text": WORDS, "undressed": answer}).text
        assert "https://takeitdown.ncmec.org/" in page
        assert "/en/lab/" in page
        assert 'type="file"' not in page
        assert "/en/report/" in page
        assert WORDS in page
        assert "You chose not to send a picture." in browser.get(ROOM).text
        answered = sent(browser, a_screen(), undressed=answer)
        assert (answered.status_code, answered["Location"]) == (HTTPStatus.FOUND, ASK)
        assert not Picture.objects.exists()

    def test_shows_a_picture_and_says_words_with_it_once(self) -> None:
        begun, named = make_conversation(), str(uuid4())
        browser = child(begun)
        for _press in range(2):
            assert sent(browser, a_screen(), client_id=named)["Location"] == ROOM
        assert words_of(begun) == [WORDS]
        assert Picture.objects.count() == 1
        for path in (ROOM, f"{ASK}own/"):
            assert "Your picture is there, blurred" in browser.get(path).text

    @pytest.mark.parametrize(
        ("octets", "says"),
        [
            (HTML, "This file is not a picture."),
            (a_screen()[:-300], "This picture is damaged"),
            (a_bomb(), "This picture is too large."),
            (a_screen() + bytes(8_000_001), "8 MB at most"),
            (a_screen() + bytes(10_000_001), "The limit is"),
        ],
    )
    def test_a_picture_that_is_none_is_refused_and_the_words_stay(
        self, octets: bytes, says: str
    ) -> None:
        begun = make_conversation()
        answer = sent(child(begun), octets)
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert says in answer.text
        assert WORDS in answer.text
        assert words_of(begun) == []
        assert not Picture.objects.exists()

    def test_words_that_are_too_long_keep_the_picture_out(self) -> None:
        begun = make_conversation()
        answer = sent(child(begun), a_screen(), text="é" * 2_000)
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert not Picture.objects.exists()

    def test_whose_conversation_has_ended_reads_so(self) -> None:
        begun, one = make_conversation(), make_someone()
        passing.join(conversation_id=begun.id, by=one)
        passing.end(conversation_id=begun.id, by=one)
        answer = sent(child(begun), a_screen())
        assert answer.status_code == HTTPStatus.CONFLICT
        assert WORDS in answer.text

    def test_says_whether_it_is_kept_and_takes_it_back(self) -> None:
        listener = make_someone()
        begun, picture_id = make_shown(listener)
        case_id = make_case(by=listener)
        sealing.ask(picture_id=picture_id, case_id=case_id, by=listener)
        browser = child(begun)
        assert "May we keep your picture?" in browser.get(ROOM).text
        browser.post(f"{ASK}{picture_id}/keep/", {"keep": "yes"})
        assert "Your picture is kept in your case" in browser.get(ROOM).text
        browser.post(f"{ASK}{picture_id}/back/")
        assert "Take my picture back" not in browser.get(ROOM).text
        assert Picture.objects.get().state == PictureState.GONE

    def test_without_a_conversation_is_led_to_the_start(self) -> None:
        for path in (SEND, f"{ASK}{uuid4()}/keep/", f"{ASK}{uuid4()}/back/"):
            assert Client().post(path)["Location"] == "/en/talk/"
        assert Client().get(ASK)["Location"] == "/en/talk/"

    def test_reaches_no_picture_of_another(self) -> None:
        _begun, picture_id = make_shown(make_someone())
        browser = child(make_conversation())
        assert browser.post(f"{ASK}{picture_id}/back/").status_code == HTTPStatus.NOT_FOUND
        assert Picture.objects.get().state == PictureState.OFFERED


class TestTheListener:
    def test_sees_a_card_without_a_picture_and_then_a_veiled_one(
        self, client: Client, listener: Actor
    ) -> None:
        begun, picture_id = make_shown(listener)
        page = client.get(f"/staff/helpline/conversation/{begun.id}/").text
        assert "Une image de son écran" in page
        assert "<img" not in re.sub(
            r"<svg.*?</svg>", "", page.split('class="consents"')[1], flags=re.DOTALL
        )
        page = client.get(f"{STAFF}{picture_id}/").text
        assert f'src="{STAFF}{picture_id}/drawn/"' in page
        assert re.search(r"Vous avez regardé\s0\sfois", page)
        assert not Entry.objects.filter(event="helpline.picture.seen").exists()
        answer = client.get(f"{STAFF}{picture_id}/drawn/")
        assert answer["Content-Type"] == "image/webp"
        assert answer["Cache-Control"] == "no-store"
        page = client.get(f"{STAFF}{picture_id}/").text
        assert re.search(r"Vous avez regardé\s1\sfois", page)

    def test_asks_to_keep_it_in_a_case_of_their_own(self, client: Client, listener: Actor) -> None:
        _begun, picture_id = make_shown(listener)
        assert "Ouvrez d’abord un dossier" in client.get(f"{STAFF}{picture_id}/").text
        other = make_case(by=make_someone(name="Sacha"))
        answer = client.post(f"{STAFF}{picture_id}/ask/", {"case": str(other)})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        case_id = make_case(by=listener)
        client.post(f"{STAFF}{picture_id}/ask/", {"case": str(case_id)})
        assert Picture.objects.get().state == PictureState.ASKED
        assert "La question est posée" in client.get(f"{STAFF}{picture_id}/").text

    def test_goes_back_to_the_workspace_where_they_hold_who_showed_it(
        self, client: Client, listener: Actor
    ) -> None:
        begun = saying.ask(nickname="Renard", language="fr")
        seating.sit(skills=(), chat_cap=2, by=listener)
        accept(begun.id, by=listener)
        picture_id = offering.offer(token=begun.token, answer="no", octets=a_screen())
        workspace = f"/staff/helpline/{queue.open_item(WaitKind.CHAT, begun.id)}/"
        assert f'href="{workspace}"' in client.get(f"{STAFF}{picture_id}/").text
        assert client.post(f"{STAFF}{picture_id}/erase/")["Location"] == workspace

    def test_finds_a_kept_one_in_its_case(self, client: Client, listener: Actor) -> None:
        begun, picture_id = make_shown(listener)
        case_id = make_case(by=listener)
        sealing.ask(picture_id=picture_id, case_id=case_id, by=listener)
        sealing.answer(token=begun.token, picture_id=picture_id, agrees=True)
        page = client.get(f"/staff/helpline/cases/{case_id}/").text
        assert f"{STAFF}{picture_id}/" in page
        assert client.get(f"{STAFF}{picture_id}/").status_code == HTTPStatus.OK
        answer = client.post(f"{STAFF}{picture_id}/erase/")
        assert answer["Location"] == f"/staff/helpline/cases/{case_id}/"
        assert Picture.objects.get().state == PictureState.GONE

    def test_closes_one_with_one_key_and_is_led_to_the_duty(
        self, client: Client, listener: Actor
    ) -> None:
        begun, picture_id = make_shown(listener)
        assert 'data-key="x"' in client.get(f"{STAFF}{picture_id}/").text
        answer = client.post(f"{STAFF}{picture_id}/close/")
        assert answer["Location"].endswith("/must-i-report/")
        for path in ("", "drawn/"):
            there = client.get(f"{STAFF}{picture_id}/{path}")
            assert there.status_code == HTTPStatus.NOT_FOUND
        page = client.get(f"/staff/helpline/conversation/{begun.id}/").text
        assert f"{STAFF}{picture_id}/" not in page
        assert client.get(f"{STAFF}closed/").status_code == HTTPStatus.FORBIDDEN

    def test_another_listener_finds_nothing(self, client: Client, listener: Actor) -> None:
        begun, picture_id = make_shown(make_someone(name="Sacha"))
        assert listener.key
        assert client.get(f"{STAFF}of/{begun.id}/").text.count("<section") == 0
        for path in ("", "drawn/"):
            there = client.get(f"{STAFF}{picture_id}/{path}")
            assert there.status_code == HTTPStatus.NOT_FOUND
        for path in ("ask/", "erase/", "close/"):
            there = client.post(f"{STAFF}{picture_id}/{path}")
            assert there.status_code == HTTPStatus.NOT_FOUND
        assert Picture.objects.get().state == PictureState.OFFERED


class TestTheSupervisor:
    def closed(self) -> UUID:
        listener = make_someone()
        _begun, picture_id = make_shown(listener)
        sealing.seal(picture_id=picture_id, by=listener)
        return picture_id

    def test_is_told_at_once_takes_opens_and_decides(self, client: Client) -> None:
        sign_in(client, make_account("helpline_lead", name="Claire"))
        pulse = f"{STAFF}closed/pulse/"
        assert client.post(pulse, {"shown": "0"}).status_code == HTTPStatus.NO_CONTENT
        picture_id = self.closed()
        assert "1 image a été fermée" in client.post(pulse, {"shown": "0"}).text
        assert client.post(pulse, {"shown": "1"}).status_code == HTTPStatus.NO_CONTENT
        one = f"{STAFF}closed/{picture_id}/"
        assert one in client.get(f"{STAFF}closed/").text
        assert "<img" not in client.get(one).text
        assert client.post(f"{one}open/").status_code == HTTPStatus.FOUND
        client.post(f"{one}take/")
        assert f'src="{one}drawn/"' in client.post(f"{one}open/").text
        assert client.get(f"{one}drawn/")["Content-Type"] == "image/webp"
        assert client.get(f"{one}drawn/").status_code == HTTPStatus.CONFLICT
        assert client.post(f"{one}open/").status_code == HTTPStatus.FOUND
        answer = client.post(f"{one}settle/", {"outcome": "police"})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert client.post(f"{one}settle/", {"outcome": "erased"})["Location"] == f"{STAFF}closed/"
        assert queries.unclaimed(seen_by=actor_of(make_account("helpline_lead"))) == 0

    def test_who_did_not_take_it_does_nothing(self, client: Client) -> None:
        picture_id = self.closed()
        sealing.take(picture_id=picture_id, by=make_someone("helpline_lead", "Claire"))
        sign_in(client, make_account("helpline_lead", name="Ali"))
        one = f"{STAFF}closed/{picture_id}/"
        assert client.get(one).status_code == HTTPStatus.NOT_FOUND
        for path in ("take/", "open/", "package/", "settle/"):
            assert client.post(f"{one}{path}").status_code == HTTPStatus.NOT_FOUND
        assert client.get(f"{one}drawn/").status_code == HTTPStatus.NOT_FOUND

    @pytest.mark.parametrize("role", ["listener", "analyst"])
    def test_no_other_role_is_let_in(self, client: Client, role: str) -> None:
        picture_id = self.closed()
        sign_in(client, make_account(role, name="Noa"))
        for path in ("closed/", f"closed/{picture_id}/", f"closed/{picture_id}/drawn/"):
            assert client.get(f"{STAFF}{path}").status_code == HTTPStatus.FORBIDDEN
        for path in ("take/", "open/", "package/", "settle/"):
            there = client.post(f"{STAFF}closed/{picture_id}/{path}")
            assert there.status_code == HTTPStatus.FORBIDDEN
