"""What goes wrong around a conversation, one test for each sentence: nothing acknowledged is lost,
nothing appears twice, nobody sees another child's words.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern
from pytest_django import Settings

from balise.config.bodies import longest, said
from balise.foundation import clock
from balise.foundation.accounts.models import Account
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.web.testing import StrictClient
from balise.helpline.conversations import queries, urls
from balise.helpline.conversations.actions import passing, presence, saying
from balise.helpline.conversations.actions.saying import Begun
from balise.helpline.conversations.models import Conversation, Said
from balise.helpline.conversations.rules import (
    MOST_BYTES,
    ConversationState,
    TooLong,
    fitting,
    read_words,
)
from balise.helpline.conversations.streams import admitting, serving
from balise.helpline.conversations.tests.makers import accept, make_conversation, make_listener
from balise.helpline.conversations.tests.streaming import cookies_of, polled
from balise.helpline.conversations.tests.test_hours import at
from balise.helpline.conversations.tests.test_presence import seated
from balise.helpline.queue import queries as queue
from balise.helpline.queue.rules import WaitKind

pytestmark = pytest.mark.django_db
SECRET = "le secret de Renard"


def browser(begun: Begun) -> StrictClient:
    """Return the browser of the young person who holds a token."""
    client = StrictClient()
    client.cookies[admitting.cookie_name()] = begun.token
    return client


def say(client: Client, text: str, name: UUID | None = None, **more: Any) -> Any:
    fields = {"text": text, "client_id": str(name or uuid4())}
    return client.post("/fr/talk/say/", fields, headers={"X-Talk": "1"}, **more)


def texts(begun: Begun) -> list[str]:
    one, key = queries.opened(begun.token)
    return [event.text for event in queries.after(one.id, 0, key=key) if event.text]


class TestWordsAsPeopleCountThem:
    @pytest.mark.parametrize(
        ("word", "characters"),
        [("👩‍👩‍👧", 1), ("🇫🇷", 1), ("e\u0301", 1), ("é", 1), ("مرحبا", 5), ("שלום", 4), ("นี้", 1)],
    )
    def test_a_character_is_what_a_person_sees(self, word: str, characters: int) -> None:
        assert fitting(word) == (characters, characters)

    @pytest.mark.parametrize("word", ["a", "é", "e\u0301", "👩‍👩‍👧", "שלום"])
    def test_a_wall_of_text_is_told_how_much_fits(self, word: str) -> None:
        wall = word * 3_000
        fits, whole = fitting(wall)
        assert whole == 3_000 * fitting(word)[1]
        with pytest.raises(TooLong, match=f"{whole}.*{fits}"):
            read_words(wall)
        each = re.findall(r".", word) if len(word) == 4 else [word]
        part = "".join(each * whole)[: sum(len(one) for one in each) * fits // len(each)]
        assert len(part.encode()) <= MOST_BYTES

    def test_nothing_typed_is_lost(self) -> None:
        begun = make_conversation()
        wall = "Je te raconte tout depuis le début. " * 100
        page = browser(begun).post("/fr/talk/say/", {"text": wall, "client_id": str(uuid4())})
        assert page.status_code == 422
        assert wall.strip() in page.content.decode()
        fits, whole = fitting(wall.strip())
        assert f"{whole} caractères, {fits} au maximum" in page.content.decode()

    def test_emoji_and_right_to_left_come_back_as_they_were(self) -> None:
        words = ["🙈👩‍👩‍👧🇫🇷", "مرحبا، أنا خائف", "\u202eabc", "e\u0301tait-ce ma faute ?"]
        begun = make_conversation(*words)
        page = browser(begun).get("/fr/talk/room/").content.decode()
        assert texts(begun) == words
        for one in words:
            assert re.search(rf"<bdi[^>]*>\s*{re.escape(one).replace('?', chr(63))}", page), one


class TestTooMuch:
    def test_twenty_megabytes_of_words_are_refused_kindly(self) -> None:
        assert longest("/fr/talk/say/", "") == 0
        _status, told, page = said(HTTPStatus.CONTENT_TOO_LARGE, path="/fr/talk/say/", cookies="")
        assert int(told["Content-Length"]) == len(page)
        assert "Envoi trop volumineux" in page.decode()
        assert "112" in page.decode()

    def test_a_file_of_twenty_megabytes_is_dropped_and_the_words_are_kept(self) -> None:
        begun = make_conversation()
        boundary = "b0undary"
        parts = {"text": "regarde", "client_id": str(uuid4())}
        head = f"--{boundary}\r\nContent-Disposition: form-data; name="
        words = "".join(f'{head}"{name}"\r\n\r\n{value}\r\n' for name, value in parts.items())
        words += f'{head}"file"; filename="a.bin"\r\n\r\n'
        body = words.encode() + b"a" * 20_000_000 + f"\r\n--{boundary}--\r\n".encode()
        answer = browser(begun).generic(
            "POST",
            "/fr/talk/say/",
            body,
            content_type=f"multipart/form-data; boundary={boundary}",
            headers={"X-Talk": "1"},
        )
        assert answer.status_code == 200
        assert texts(begun) == ["regarde"]

    def test_a_flood_is_asked_to_pause_and_loses_nothing(self, settings: Settings) -> None:
        settings.WRITES_NEARBY, begun = 3, make_conversation()
        client, name = browser(begun), uuid4()
        where = f"198.51.{uuid4().int % 256}.7"  # a neighbourhood of this test's own
        while say(client, "vite", REMOTE_ADDR=where).status_code == 200:
            pass
        before = len(texts(begun))
        fields = {"text": "Tu es là ?", "client_id": str(name)}
        page = client.post("/fr/talk/say/", fields, REMOTE_ADDR=where)
        assert page.status_code == 429
        assert "Tu es là ?" in page.content.decode()  # it goes on with the pause
        for _again in range(2):
            assert say(client, "Tu es là ?", name, REMOTE_ADDR="198.52.0.7").status_code == 200
        assert texts(begun)[before:] == ["Tu es là ?"]


class TestTwoTabs:
    def test_read_the_same_and_send_the_same_once(self) -> None:
        begun, name = make_conversation(), uuid4()
        first, second = browser(begun), browser(begun)
        places = {say(each, "une fois", name).json()["seq"] for each in (first, second, first)}
        say(second, "de l'autre onglet")
        assert places == {1}
        assert texts(begun) == ["une fois", "de l'autre onglet"]
        assert "de l&#x27;autre onglet" in first.get("/fr/talk/room/").content.decode()

    def test_one_erases_and_the_other_is_told(self) -> None:
        begun = make_conversation(SECRET)
        first, second = browser(begun), browser(begun)
        first.post("/fr/talk/end/", {"how": "erase"})
        assert say(second, "encore").status_code == 404
        assert SECRET not in second.get("/fr/talk/room/", follow=True).content.decode()


class TestAClockThatIsWrong:
    @pytest.mark.parametrize("hours", [-1, 1])
    def test_by_an_hour_changes_no_order_and_loses_nobody(self, hours: int) -> None:
        listener, begun = seated(), saying.ask(nickname="Renard")
        accept(begun.id, by=listener)
        saying.say(token=begun.token, text="un", client_id=uuid4())
        with clock.at(clock.now() + timedelta(hours=hours)):
            saying.say(token=begun.token, text="deux", client_id=uuid4())
            presence.suspend_dropped()
            presence.free_places()
            saying.say(token=begun.token, text="trois", client_id=uuid4())
            assert Conversation.objects.get().state != ConversationState.ENDED
        presence.be_seen(token=begun.token)
        saying.say(token=begun.token, text="quatre", client_id=uuid4())
        assert texts(begun) == ["un", "deux", "trois", "quatre"]
        places = list(Said.objects.order_by("seq").values_list("seq", flat=True))
        assert all(after == before + 1 for before, after in pairwise(places))
        one = Conversation.objects.get()
        assert one.listener or queue.open_item(WaitKind.CHAT, begun.id, is_waiting=True)

    def test_back_by_an_hour_suspends_nobody(self) -> None:
        begun = saying.ask(nickname="Renard")
        with clock.at(clock.now() - timedelta(hours=1)):
            assert presence.suspend_dropped() == 0
        assert queries.waits(begun.id) is not None


@pytest.fixture
def _afternoon() -> Iterator[None]:
    with clock.at(at("2026-11-24T15:00")):
        yield


@pytest.mark.usefixtures("_afternoon")
def test_a_telephone_asleep_for_two_hours_finds_all_that_was_said() -> None:
    listener, begun = seated(), saying.ask(nickname="Renard")
    accept(begun.id, by=listener)
    telephone = browser(begun)
    assert say(telephone, "je reviens").status_code == 200
    saying.answer(
        conversation_id=begun.id, text="Prends ton temps.", client_id=uuid4(), by=listener
    )
    start = clock.now()
    for minutes in (1, 16, 119):
        with clock.at(start + timedelta(minutes=minutes)):
            presence.suspend_dropped()
            presence.free_places()
    with clock.at(start + timedelta(hours=2)):
        headers = {"X-Talk": "1"}
        woken = telephone.post("/fr/talk/seen/", headers=headers).json()
        assert (woken["state"], woken["ahead"]) == ("waiting", 0)
        assert say(telephone, "me revoilà").status_code == 200
        page = telephone.get("/fr/talk/room/").content.decode()
    assert texts(begun) == ["je reviens", "Prends ton temps.", "me revoilà"]
    assert "Prends ton temps." in page


class TestNobodySeesAnothersWords:
    """Every way in which words are read, tried with what opens another conversation."""

    @pytest.fixture
    def theirs(self) -> Begun:
        return make_conversation(SECRET, with_=make_listener())

    @pytest.fixture
    def mine(self) -> Begun:
        return make_conversation("le mien", with_=make_listener())

    @pytest.mark.parametrize("pattern", urls.public, ids=lambda pattern: pattern.name)
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_at_the_public_door(
        self, theirs: Begun, mine: Begun, pattern: URLPattern, method: str
    ) -> None:
        for client in (browser(mine), StrictClient()):
            asked = getattr(client, method)
            answer = asked(f"/fr/{pattern.pattern}", {"code": "x", "text": "a"}, follow=True)
            assert SECRET not in answer.content.decode()
            assert str(theirs.token) not in answer.content.decode()
        assert texts(theirs) == [SECRET]

    @pytest.mark.parametrize("pattern", urls.staff, ids=lambda pattern: pattern.name)
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_at_the_staff_door(self, theirs: Begun, pattern: URLPattern, method: str) -> None:
        path = f"/staff/helpline/{pattern.pattern}"
        path = path.replace("<uuid:conversation_id>", str(theirs.id)).replace("<int:seq>", "2")
        for account in (make_account("listener"), make_account("analyst")):
            client = StrictClient()
            sign_in(client, account)
            answer = getattr(client, method)(path, {"text": "a", "client_id": str(uuid4())})
            assert settings.LOGIN_URL not in answer.headers.get("Location", "")
            assert SECRET not in answer.content.decode()
        assert texts(theirs) == [SECRET]
        assert Conversation.objects.get(id=theirs.id).state == ConversationState.OPEN

    def test_a_conversation_that_is_held_is_not_offered(self, theirs: Begun) -> None:
        client = StrictClient()
        sign_in(client, make_account("listener"))
        page = client.get("/staff/helpline/conversations/")
        assert page.status_code == HTTPStatus.OK
        assert SECRET not in page.text

    @pytest.mark.django_db(transaction=True)
    def test_over_a_stream(self, theirs: Begun, mine: Begun) -> None:
        """T006: a conversation of someone else's and one that is not there are the same 404."""
        public, staff = serving.PATHS["public"], serving.PATHS["staff"]
        their_token = f"{admitting.cookie_name()}={theirs.token}"
        here, missing = f"conversation={theirs.id}", f"conversation={uuid4()}"
        listener = cookies_of(make_listener())
        before = cookies_of(talker(theirs))
        passing.join(conversation_id=theirs.id, by=make_listener())
        opened_by = {
            "nothing": (404, public, "", ""),
            "mine": (200, public, f"{admitting.cookie_name()}={mine.token}", ""),
            "no session": (401, staff, their_token, here),
            "a made-up session": (401, staff, f"{settings.SESSION_COOKIE_NAME}=a", here),
            "the session of a listener at the public door": (404, public, listener, here),
            "another listener's session": (404, staff, listener, here),
            "the session of an analyst": (404, staff, cookies_of(make_account("analyst")), here),
            "the session of one who has passed it on": (404, staff, before, here),
            "a conversation that is not there": (404, staff, listener, missing),
            "no conversation's name": (404, staff, listener, "conversation=x"),
        }
        for name, (status, *asked) in opened_by.items():
            answered, said = polled(*asked)
            assert (answered, SECRET.encode() in said) == (status, False), name
        assert SECRET.encode() in polled(public, their_token)[1]


def talker(begun: Begun) -> Account:
    """Return the account of the listener who has a conversation."""
    return Account.objects.get(pk=Conversation.objects.get(id=begun.id).listener)
