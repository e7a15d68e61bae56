"""The young person's pages without a script, and the listener's."""

import re
from uuid import UUID, uuid4

import pytest
from django.test import Client

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import SYSTEM
from balise.foundation.encryption.worded import in_words, new_worded, read_code, shown
from balise.helpline.conversations.actions import passing, saying
from balise.helpline.conversations.models import CoachNote, Conversation, Said
from balise.helpline.conversations.rules import ConversationState
from balise.helpline.conversations.tests.test_hours import at
from balise.helpline.conversations.tests.test_presence import seated
from balise.helpline.queue.models import Item
from balise.helpline.queue.rules import Risk

pytestmark = pytest.mark.django_db

FIRST = "L’équipe est prévenue"


def a_child_talks(client: Client) -> None:
    with clock.at(at("2026-11-24T15:00")):
        seated()
        answer = client.post("/fr/talk/", {"nickname": "Renard", "age_band": "12-14"})
    assert answer["Location"] == "/fr/talk/room/"


def test_closed_shows_when_it_opens_and_whom_to_call(client: Client) -> None:
    with clock.at(at("2026-11-24T23:30")):
        page = client.get("/fr/talk/").content.decode()
        assert client.post("/fr/talk/", {"nickname": ""}).status_code == 409
    assert "112" in page
    assert "<form" not in page.partition("<main")[2].partition("</main>")[0]


def test_a_child_talks_without_a_script(client: Client) -> None:
    a_child_talks(client)
    page = client.get("/fr/talk/room/").content.decode()
    assert 'http-equiv="refresh" content="10"' in page
    assert 'http-equiv="refresh"' not in client.get("/fr/talk/room/?write").content.decode()
    name = str(uuid4())
    for _twice in range(2):
        client.post("/fr/talk/say/", {"text": "Bonjour", "client_id": name})
    assert Said.objects.count() == 1
    assert "Bonjour" in client.get("/fr/talk/room/").content.decode()


def test_what_is_too_long_stays_in_the_field(client: Client) -> None:
    a_child_talks(client)
    answer = client.post("/fr/talk/say/", {"text": "é" * 1_100, "client_id": str(uuid4())})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "é" * 1_100 in page
    assert "refresh" not in page


def test_not_safe_is_first_in_line_and_shows_numbers(client: Client) -> None:
    a_child_talks(client)
    assert "112" in client.post("/fr/talk/not-safe/", follow=True).content.decode()
    assert Item.objects.get().risk == Risk.A


def test_who_is_not_safe_once_it_has_ended_is_in_line_again(client: Client) -> None:
    a_child_talks(client)
    passing.end_by_itself(conversation_id=Conversation.objects.get().id, by=SYSTEM)
    assert FIRST not in client.get("/fr/talk/not-safe/").content.decode()

    with clock.at(at("2026-11-24T15:01")):
        seated()
        page = client.post("/fr/talk/not-safe/", {"not_safe": "1"}, follow=True).content.decode()
        assert FIRST in page
        room = client.get("/fr/talk/room/").content.decode()
    assert "Tu passes en premier." in room
    ended, begun = Conversation.objects.order_by("begun_at")
    assert (ended.state, begun.state) == (ConversationState.ENDED, ConversationState.WAITING)
    assert Item.objects.get(subject=begun.id).risk == Risk.A


def test_who_is_not_safe_while_nobody_is_there_reads_so(client: Client) -> None:
    a_child_talks(client)
    with clock.at(at("2026-11-24T15:02")):  # the listener is gone
        page = client.post("/fr/talk/not-safe/", follow=True).content.decode()
    assert FIRST not in page
    assert "Tu passes en premier. Personne n’est disponible" in page


def test_the_numbers_alone_are_shown_to_who_said_nothing(client: Client) -> None:
    a_child_talks(client)
    page = client.get("/fr/talk/not-safe/").content.decode()
    assert "112" in page
    assert FIRST not in page


def test_the_code_opens_it_elsewhere(client: Client) -> None:
    a_child_talks(client)
    found = re.search(
        r'class="receipt code">([^<]+)<',
        client.post("/fr/talk/code/", follow=True).content.decode(),
    )
    assert found
    words = found[1].split()
    assert len(words) == 8
    # The letters and digits of before are still read.
    symbols = shown(read_code(found[1]))
    for code in (found[1], found[1].upper(), " ".join(word[:4] for word in words), symbols):
        other = Client()
        assert other.post("/fr/talk/resume/", {"code": code})["Location"] == "/fr/talk/room/"
        assert other.get("/fr/talk/room/").status_code == 200


def test_a_mistyped_word_is_pointed_out_and_nothing_is_opened(client: Client) -> None:
    words = in_words(new_worded(), "fr").split()
    code = " ".join([*words[:2], "qqqqzz", *words[3:]])

    answer = client.post("/fr/talk/resume/", {"code": code})

    assert answer.status_code == 422
    assert "Le mot 3 sur 8" in answer.text
    assert "talk" not in client.cookies


def test_erased_nothing_is_left(client: Client) -> None:
    a_child_talks(client)
    answer = client.post("/fr/talk/end/", {"how": "erase"})
    assert answer["Clear-Site-Data"]
    assert not client.cookies["talk"].value
    assert Conversation.objects.get().erased_at
    assert client.get("/fr/talk/ended/").status_code == 200
    assert client.get("/fr/talk/room/").status_code == 302


def test_a_script_hears_where_it_stands_and_that_it_is_kept(client: Client) -> None:
    a_child_talks(client)
    headers = {"X-Talk": "1"}
    said = {"text": "Bonjour", "client_id": str(uuid4())}
    assert client.post("/fr/talk/say/", said, headers=headers).json() == {"seq": 1}
    heard = client.post("/fr/talk/seen/", headers=headers).json()
    assert heard["ahead"] == 0
    page = client.get("/fr/talk/room/").content.decode()
    assert f"<h1>{heard['heading']}</h1>" in page
    assert client.post("/fr/talk/typing/", headers=headers).status_code == 204
    assert Client().post("/fr/talk/seen/", headers=headers).status_code == 404


@pytest.mark.parametrize("place", ["conversations/", f"conversation/{UUID(int=7)}/"])
def test_the_pane_is_for_listeners(client: Client, place: str) -> None:
    assert client.get(f"/staff/helpline/{place}").status_code == 302


@pytest.mark.parametrize(("text", "kept"), [("é" * 1_024, True), ("é" * 1_500, False), ("", False)])
def test_a_coach_note_that_is_too_long_stays_in_the_field(
    client: Client, text: str, kept: bool
) -> None:
    begun = saying.ask(nickname="Renard")
    path = f"/staff/helpline/conversation/{begun.id}/"
    sign_in(client, make_account("listener"))
    assert client.post(f"{path}note/", {"text": text}).status_code == 404
    sign_in(client, make_account("helpline_lead"))
    answer = client.post(f"{path}note/", {"text": text})
    assert answer.status_code == (302 if kept else 422)
    assert CoachNote.objects.count() == kept
    if not kept:
        assert text in answer.content.decode()


def test_a_stranger_reads_nothing(client: Client) -> None:
    begun = saying.ask(nickname="Renard")
    saying.say(token=begun.token, text="un secret", client_id=uuid4())
    assert client.get("/fr/talk/room/").status_code == 302
