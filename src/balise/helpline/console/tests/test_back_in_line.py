"""What is not live goes back with what was typed; someone in danger is offered and taken."""

from datetime import timedelta
from http import HTTPStatus
from uuid import uuid4

import pytest
from django.test import Client

from balise.foundation.accounts.models import Account
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.clock import now
from balise.foundation.journal.models import Entry
from balise.helpline.channels.models import Draft
from balise.helpline.channels.tests.makers import make_written
from balise.helpline.console.actions import accepting
from balise.helpline.console.tests.makers import (
    SEAT,
    WORK,
    make_accepted_call,
    make_listener,
    one_taken,
    posts,
    seated,
)
from balise.helpline.conversations.actions import saying
from balise.helpline.conversations.models import Conversation
from balise.helpline.queue.models import Item, Seat
from balise.helpline.queue.rules import ItemState, SeatState, WaitKind
from balise.helpline.telephony.actions.telling import CallTold, take_event
from balise.helpline.telephony.rules.calls import CallFact, Happening

pytestmark = pytest.mark.django_db

BOARD = "/staff/helpline/wallboard/"


def a_message_taken(client: Client) -> str:
    """Let someone write, and whoever is signed in take it; return its page."""
    make_written("On se moque de moi.")
    seated(client)
    return str(client.post(f"{SEAT}next/").headers["Location"])


def child_in_danger() -> Item:
    begun = saying.ask(nickname="Renard", is_life_danger=True)
    return Item.objects.get(subject=begun.id)


class TestBackInLine:
    def test_is_one_key_and_keeps_what_was_typed(self, client: Client, listener: Account) -> None:
        page = a_message_taken(client)
        shown = client.get(page).text
        assert 'data-key="p"' in shown
        given = {"text": "Nous avons bien lu", "message_id": str(uuid4())}
        kept = client.post(f"{posts(page)}draft/", given)
        assert "Enregistré tel quel" in kept.text
        assert client.post(f"{posts(page)}put-back/").headers["Location"] == WORK
        item = Item.objects.get()
        assert (item.state, item.returning) == (ItemState.WAITING, False)
        assert "De retour dans la file" in client.get(WORK).text
        other = Client()
        sign_in(other, make_account("listener"))
        seated(other)
        again = other.get(str(other.post(f"{SEAT}next/").headers["Location"])).text
        assert "Nous avons bien lu" in again
        assert listener.name in again
        assert "Une réponse a été commencée" in again

    def test_is_not_for_someone_who_is_there(self, client: Client, listener: Account) -> None:
        item = one_taken(client)
        page = f"{WORK}{item.id}/"
        assert 'data-key="p"' not in client.get(page).text
        client.post(f"{posts(page)}put-back/")
        item.refresh_from_db()
        assert item.held_by == str(listener.pk)
        assert "Une personne est avec vous" in client.get(WORK).text

    def test_too_much_is_refused_where_one_types(self, client: Client, listener: Account) -> None:
        page = a_message_taken(client)
        given = {"text": "a" * 100_001, "message_id": str(uuid4())}
        assert "caractères au plus" in client.post(f"{posts(page)}draft/", given).text
        assert (
            client.post(f"{posts(page)}draft/", {"text": "a"}).status_code == HTTPStatus.BAD_REQUEST
        )
        assert not Draft.objects.exists()

    def test_nobody_else_puts_back_or_types(self, client: Client, listener: Account) -> None:
        page = a_message_taken(client)
        given = {"text": "Moi", "message_id": str(uuid4())}
        for doing in ("put-back/", "draft/"):
            other = Client()
            assert "/staff/account/" in other.post(posts(page) + doing, given).headers["Location"]
            sign_in(other, make_account("analyst"))
            assert other.post(posts(page) + doing, given).status_code == HTTPStatus.FORBIDDEN
            sign_in(other, make_account("listener"))
            other.post(posts(page) + doing, given)
            assert client.post(SEAT + f"{uuid4()}/" + doing, given).status_code == 404
        assert not Draft.objects.exists()
        assert Item.objects.get().held_by == str(listener.pk)


class TestSomeoneInDanger:
    def test_is_offered_within_the_beat_and_taken_with_one_key(
        self, client: Client, listener: Account
    ) -> None:
        page = a_message_taken(client)
        given = {"text": "Nous avons bien lu", "message_id": str(uuid4())}
        client.post(f"{posts(page)}draft/", given)
        assert client.post(f"{SEAT}pulse/").status_code == HTTPStatus.NO_CONTENT
        child = child_in_danger()
        pulse = client.post(f"{SEAT}pulse/")
        assert 'data-key="F8"' in pulse.text
        assert "retourne à sa place" in pulse.text
        shown = {"shown": f"to-take-{child.id}"}
        assert client.post(f"{SEAT}pulse/", shown).status_code == HTTPStatus.NO_CONTENT
        taken = client.post(f"{SEAT}{child.id}/accept/")
        assert taken.headers["Location"] == f"{WORK}{child.id}/"
        assert "de retour à sa place" in client.get(f"{WORK}{child.id}/").text
        letter = Item.objects.get(kind=WaitKind.MESSAGE)
        assert (letter.state, letter.returning) == (ItemState.WAITING, False)
        assert Draft.objects.filter(thread=letter.subject).exists()
        assert 'data-key="F8"' not in client.post(f"{SEAT}pulse/", shown).text

    def test_is_who_is_next_whatever_one_holds(self, client: Client, listener: Account) -> None:
        a_message_taken(client)
        child = child_in_danger()
        assert client.post(f"{SEAT}next/").headers["Location"] == f"{WORK}{child.id}/"

    def test_is_never_nobody(self, client: Client, listener: Account) -> None:
        make_accepted_call(in_their_seat(client, listener))
        child_in_danger()
        client.post(f"{SEAT}next/")
        page = client.get(WORK).text
        assert "Une personne en danger attend" in page
        assert "Personne ne vous attend" not in page

    def test_the_slower_of_two_reads_that_a_colleague_has_them(
        self, client: Client, listener: Account
    ) -> None:
        page = a_message_taken(client)
        child = child_in_danger()
        assert accepting.accept(item_id=child.id, by=make_listener())
        client.post(f"{SEAT}{child.id}/accept/")
        assert "collègue a déjà pris" in client.get(WORK).text
        assert client.get(page).status_code == HTTPStatus.OK

    def test_who_has_left_is_marked_before_anyone_accepts(
        self, client: Client, listener: Account
    ) -> None:
        a_message_taken(client)
        child = child_in_danger()
        Conversation.objects.filter(id=child.subject).update(
            young_seen_at=now() - timedelta(minutes=2)
        )
        sign_in(lead := Client(), make_account("helpline_lead"))
        for shown in (
            client.post(f"{SEAT}pulse/").text,
            lead.get(BOARD).text,
            client.get("/staff/helpline/conversations/").text,
        ):
            assert "Aucune activité depuis" in shown


def in_their_seat(client: Client, account: Account) -> Actor:
    """Let whoever is signed in take their seat, and return them as they act."""
    seated(client)
    return actor_of(account)


def test_a_call_that_has_ended_says_so(client: Client, listener: Account) -> None:
    one = make_accepted_call(in_their_seat(client, listener))
    page = f"{WORK}{one.item}/"
    assert "Vos notes s’enregistrent" in client.get(page).text
    told = CallFact(Happening.ENDED, now())
    take_event(event=CallTold("pbx", "1/ended", "1", told, b"x"), by=SYSTEM)
    for shown in (client.get(page).text, client.post(f"{SEAT}beat/").text):
        assert "L’appel est terminé" in shown
        assert "Vos notes s’enregistrent" not in shown


class TestWrittenWork:
    def test_the_supervisor_asks_for_it_and_the_listener_reads_it(
        self, client: Client, listener: Account
    ) -> None:
        seated(client)
        sign_in(lead := Client(), make_account("helpline_lead"))
        path = f"{BOARD}seats/{listener.pk}/"
        assert path in lead.get(BOARD).text
        assert lead.post(path).headers["Location"] == BOARD
        assert "Travail écrit" in client.get(WORK).text
        assert "Travail écrit" in client.post(f"{SEAT}beat/").text
        make_written()
        chat = saying.ask(nickname="Renard")
        client.post(f"{SEAT}next/")
        assert Item.objects.get(held_by=str(listener.pk)).kind == WaitKind.MESSAGE
        assert Item.objects.get(subject=chat.id).state == ItemState.WAITING
        lead.post(path, {"release": "1"})
        assert "Travail écrit" not in client.get(WORK).text
        on = [one.facts["on"] for one in Entry.objects.filter(event="helpline.seat.written-work")]
        assert on == [True, False]

    def test_is_for_a_supervisor_alone_and_for_a_seat_that_is_taken(
        self, client: Client, listener: Account
    ) -> None:
        seated(client)
        path = f"{BOARD}seats/{listener.pk}/"
        assert "/staff/account/" in Client().post(path).headers["Location"]
        assert client.post(path).status_code == HTTPStatus.FORBIDDEN
        sign_in(lead := Client(), make_account("helpline_lead"))
        Seat.objects.update(state=SeatState.AWAY)
        lead.post(path)
        assert "n’est plus" in lead.get(BOARD).text
        assert not Seat.objects.get().on_written_work
