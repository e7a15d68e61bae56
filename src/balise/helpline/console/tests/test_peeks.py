"""One's other chats on every page: whose words, how many unread, since when; and nobody else's."""

from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from balise.foundation.accounts.models import Account
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import sign_in
from balise.foundation.actors import Actor
from balise.foundation.journal.models import Entry
from balise.foundation.web.testing import StrictClient, squeezed
from balise.helpline.console.actions import accepting, passing_on
from balise.helpline.console.tests.makers import SEAT, make_listener, seated
from balise.helpline.conversations.actions import passing, saying
from balise.helpline.conversations.actions.saying import Begun
from balise.helpline.conversations.models import Conversation
from balise.helpline.conversations.tests.test_faults import browser
from balise.helpline.queue import queries as queue
from balise.helpline.queue.rules import Skill, WaitKind

pytestmark = pytest.mark.django_db

PULSE = f"{SEAT}pulse/"


@pytest.fixture
def fox(client: Client, listener: Account) -> Begun:
    """Give a young person whom the listener has."""
    seated(client)
    child = saying.ask(nickname="Renard", language="fr")
    client.post(f"{SEAT}next/")
    return child


def says(child: Begun, text: str) -> None:
    saying.say(token=child.token, text=text, client_id=uuid4())


def answers(child: Begun, text: str, *, by: Actor) -> None:
    saying.answer(conversation_id=child.id, text=text, client_id=uuid4(), by=by)


def item_of(child: Begun) -> UUID:
    item = queue.open_item(WaitKind.CHAT, child.id)
    assert item
    return item


def page_of(actor: Actor) -> Client:
    client = StrictClient()
    sign_in(client, Account.objects.get(pk=actor.key))
    return client


def pulse(client: Client, *, reading: Begun | None = None, place: int = 0, shown: str = "") -> Any:
    fields = {"shown": shown} | ({"reading": f"{reading.id}:{place}"} if reading else {})
    return client.post(PULSE, fields)


def test_the_last_words_and_how_many_are_unread(client: Client, fox: Begun) -> None:
    says(fox, "Tu es là ?")
    says(fox, "Allô ?")
    page = pulse(client).text
    assert "Renard" in page
    assert "Allô ?" in page
    assert "Tu es là ?" not in page
    assert 'data-unread="2"' in page
    assert "2 messages non lus" in page


def test_what_is_on_the_screen_is_read_and_not_shown_beside(client: Client, fox: Begun) -> None:
    says(fox, "Tu es là ?")
    last = Conversation.objects.get().last_seq
    assert "Renard" not in pulse(client, reading=fox, place=last).text
    assert 'data-unread="0"' in pulse(client).text
    says(fox, "Allô ?")
    assert 'data-unread="1"' in pulse(client).text
    # A place that is not there yet reads nothing ahead.
    pulse(client, reading=fox, place=999_999_999)
    says(fox, "Encore")
    assert 'data-unread="1"' in pulse(client).text


def test_the_page_of_a_conversation_reads_it(client: Client, fox: Begun) -> None:
    says(fox, "Tu es là ?")
    client.get(f"/staff/helpline/conversation/{fox.id}/")
    assert 'data-unread="0"' in pulse(client).text


def test_who_has_ended_keeps_their_name_and_their_last_words(client: Client, fox: Begun) -> None:
    """Two children, and one leaves: their listener reads who, and what they said last."""
    item = item_of(fox)
    says(fox, "Tu es là ?")
    going = pulse(client).text
    passing.end_own(token=fox.token)
    page = pulse(client).text
    for words in ("Renard", "Tu es là ?", "1 message non lu"):
        assert words in page
    assert ("Terminée" in going, "Terminée" in page) == (False, True)
    rail = client.post(PULSE, {"rail": "", "shown": ""}).text
    card = squeezed(rail.split(f'id="with-{item}"')[1].split("</a>")[0])
    assert "Renard" in card
    assert "Terminée" in card
    assert "Répondre à Renard" not in rail
    # Read, it asks for nothing.
    pulse(client, reading=fox, place=Conversation.objects.get().last_seq)
    assert 'data-unread="0"' in pulse(client).text


def test_nothing_new_answers_nothing(client: Client, fox: Begun) -> None:
    page = pulse(client).text
    shown = page.split('name="shown" value="')[1].split('"')[0]
    assert pulse(client, shown=shown).status_code == HTTPStatus.NO_CONTENT
    says(fox, "Tu es là ?")
    assert pulse(client, shown=shown).status_code == HTTPStatus.OK


@pytest.mark.parametrize("reading", ["", "x", "x:1", f"{UUID(int=7)}:", f"{UUID(int=7)}:1"])
def test_what_is_no_place_reads_nothing(client: Client, fox: Begun, reading: str) -> None:
    says(fox, "Tu es là ?")
    assert 'data-unread="1"' in client.post(PULSE, {"reading": reading}).text


def test_a_colleague_neither_reads_it_nor_says_that_it_is_read(client: Client, fox: Begun) -> None:
    says(fox, "Tu es là ?")
    other = page_of(make_listener())
    assert "Renard" not in other.post(PULSE, {"reading": f"{fox.id}:99"}).text
    assert 'data-unread="1"' in pulse(client).text


def test_nothing_of_it_is_written_down(client: Client, fox: Begun) -> None:
    says(fox, "Tu es là ?")
    before = Entry.objects.count()
    pulse(client)
    pulse(client, reading=fox, place=2)
    assert Entry.objects.count() == before


class TestNames:
    """A listener reads who said what; the young person reads sides."""

    def test_after_a_transfer_each_line_bears_its_name(
        self, client: Client, listener: Account, fox: Begun
    ) -> None:
        me, lawyer = actor_of(listener), make_listener(Skill.LAWYER)
        answers(fox, "Bonjour", by=me)
        path = f"/staff/helpline/conversation/{fox.id}/"
        assert "Vous ·" in squeezed(client.get(path).text)
        passing_on.transfer(item_id=item_of(fox), brief="x", skill=Skill.LAWYER, by=me)
        assert accepting.accept(by=lawyer) is not None
        lead = make_listener(role="helpline_lead")
        for reader in (page_of(lawyer), page_of(lead)):
            page = squeezed(reader.get(path).text)
            assert f"{listener.name} ·" in page
            assert "Vous ·" not in page
            assert f"{listener.name} a rejoint la conversation" in page
            whose = reader.post(f"{path}whose/").json()
            assert whose["names"][str(listener.pk)] == listener.name

    def test_who_has_it_no_more_is_told_who_goes_on(
        self, client: Client, listener: Account, fox: Begun
    ) -> None:
        other = make_listener()
        passing_on.transfer(item_id=item_of(fox), brief="x", to=other.key, by=actor_of(listener))
        path = f"/staff/helpline/conversation/{fox.id}"
        told = client.post(f"{path}/whose/")
        assert told.status_code == HTTPStatus.CONFLICT
        assert "attend une autre personne" in told.json()["says"]
        assert accepting.accept(by=other) is not None
        fields = {"text": "Encore moi", "client_id": str(uuid4())}
        said = client.post(f"{path}/say/", fields, headers={"X-Talk": "1"})
        assert said.status_code == HTTPStatus.CONFLICT
        assert Account.objects.get(pk=other.key).name in said.json()["says"]

    def test_the_young_person_reads_no_name(self, listener: Account, fox: Begun) -> None:
        answers(fox, "Bonjour", by=actor_of(listener))
        child = browser(fox)
        for page in (child.get("/fr/talk/room/").text, child.post("/fr/talk/seen/").text):
            assert str(listener.pk) not in page
            assert listener.name not in page
