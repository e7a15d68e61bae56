"""The pages of someone who writes: without a script, on a telephone that others hold too."""

import re
from http import HTTPStatus

import pytest
from django.test import Client

from balise.foundation import clock
from balise.foundation.encryption.worded import in_words, shown
from balise.helpline.channels.actions import answering
from balise.helpline.channels.models import Message, Thread
from balise.helpline.channels.rules import Audience
from balise.helpline.channels.tests.makers import make_listener, make_taken, make_written
from balise.helpline.conversations.tests.test_hours import at

pytestmark = pytest.mark.django_db

WRITE, ADULTS = "/fr/write/", "/fr/write/adults/"
READ, CODE = "/fr/write/read/", "/fr/write/code/"


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(ticket|message_id)" value="([^"]+)"', page))


def write(client: Client, page: str = WRITE, **given: str) -> str:
    """Write by the form and return where it leads."""
    fields = hidden(client.get(page).text)
    answer = client.post(page, fields | {"text": "On se moque de moi."} | given)
    return str(answer.headers.get("Location", "")) or answer.text


def test_it_is_written_answered_and_read_with_the_code(client: Client) -> None:
    assert write(client) == READ
    page = client.get(READ).text
    code = re.search(r'class="receipt code">([^<]+)<', page)
    assert code is not None
    assert "On se moque de moi." in page

    listener = make_listener()
    answering.answer(thread_id=make_taken(listener), text="Nous sommes là.", by=listener)
    client.post("/fr/write/leave/", {"how": "leave"})
    assert client.get(READ).headers["Location"] == CODE

    assert client.post(CODE, {"code": code[1]}).headers["Location"] == READ
    assert "Nous sommes là." in client.get(READ).text


def test_its_code_is_eight_words_and_one_of_before_is_still_read(client: Client) -> None:
    write(client)
    code = re.search(r'class="receipt code">([^<]+)<', client.get(READ).text)
    assert code is not None
    assert len(code[1].split()) == 8
    client.cookies.clear()
    typed = code[1].upper().replace(" ", "  ")
    assert client.post(CODE, {"code": typed}).headers["Location"] == READ
    client.cookies.clear()
    _thread, old = make_written("D’avant les mots.")
    assert not in_words(old, "fr")
    assert client.post(CODE, {"code": shown(old)}).headers["Location"] == READ
    assert "D’avant les mots." in client.get(READ).text


def test_sent_twice_it_is_one(client: Client) -> None:
    fields = hidden(client.get(WRITE).text) | {"text": "Bonjour"}
    for _twice in range(2):
        assert client.post(WRITE, fields).headers["Location"] == READ
    assert Message.objects.count() == 1


def test_what_is_refused_stays_in_the_field(client: Client) -> None:
    said = write(client, email="renard", text="Mes mots")
    assert "Mes mots" in said
    assert "nom@exemple.org" in said
    assert "a" * 8_001 in write(client, text="a" * 8_001)
    assert not Thread.objects.exists()


def test_grown_ups_say_who_they_are(client: Client) -> None:
    assert "<form" in write(client, ADULTS)
    assert write(client, ADULTS, audience="parent") == READ
    assert Thread.objects.get().audience == Audience.PARENT


def test_at_night_it_says_when_someone_is_there_and_whom_to_call(client: Client) -> None:
    with clock.at(at("2026-11-24T23:30")):
        page = client.get(WRITE).text
        assert "112" in page.partition("<main")[2].partition("</main>")[0]
        assert write(client) == READ


def test_more_is_added_and_without_a_code_nothing_typed_is_lost(client: Client) -> None:
    write(client)
    page = client.get(READ).text
    more = hidden(page) | {"text": "Encore."}
    for _twice in range(2):
        assert client.post("/fr/write/more/", more).headers["Location"] == READ
    assert Message.objects.count() == 2
    client.cookies.clear()
    answer = client.post("/fr/write/more/", {"text": "Perdu ?"})
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "Perdu ?" in answer.text


def test_erased_it_is_gone(client: Client) -> None:
    write(client)
    cookie = client.cookies["write"].value
    answer = client.post("/fr/write/leave/", {"how": "erase"})
    assert answer["Clear-Site-Data"] == '"cache"'
    assert "effacé" in client.get(answer["Location"]).text
    client.cookies["write"] = cookie
    assert client.get(READ).headers["Location"] == CODE


@pytest.mark.parametrize("code", ["", "x", "0000-0000-0000-0000-0000-0000-0000"])
def test_a_wrong_code_is_said(client: Client, code: str) -> None:
    assert client.post(CODE, {"code": code}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY


@pytest.mark.parametrize("page", [WRITE, ADULTS])
def test_who_writes_of_danger_reads_that_it_comes_first_and_whom_to_call(
    client: Client, page: str
) -> None:
    with clock.at(at("2026-11-24T23:30")):
        given = {"audience": "parent"} if page == ADULTS else {}
        assert write(client, page, text="je veux mourir ce soir", **given) == READ
        said = client.get(READ).text
    assert "message est lu avant tous les autres" in said
    assert "112" in said
    assert "mercredi 25 novembre" not in said
    assert "L’équipe n’est pas là" not in said
