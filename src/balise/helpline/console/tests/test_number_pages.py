"""The pages of a call's number in a life in danger: two people open it, once."""

from datetime import timedelta
from http import HTTPStatus
from uuid import uuid4

import pytest
from django.test import Client

from balise.foundation.accounts.models import Account
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, make_actor, sign_in
from balise.foundation.actors import SYSTEM
from balise.foundation.clock import now
from balise.foundation.journal.models import Entry
from balise.helpline.channels.actions import receiving
from balise.helpline.channels.models import Thread
from balise.helpline.channels.rules import Way
from balise.helpline.channels.rules.messaging.neutral import Incoming
from balise.helpline.console import queries
from balise.helpline.console.actions import accepting, danger
from balise.helpline.console.tests.makers import (
    SEAT,
    WORK,
    make_accepted_call,
    make_listener,
    one_taken,
    posts,
    seated,
)
from balise.helpline.queue.models import Item
from balise.helpline.queue.rules import ItemState
from balise.helpline.queue.rules.dangers import NoDanger
from balise.helpline.telephony.actions import numbers
from balise.helpline.telephony.models import NumberRequest
from balise.helpline.telephony.rules.numbers import NumberGone

pytestmark = pytest.mark.django_db

BOARD = "/staff/helpline/wallboard/"


class TestTheNumberOfACallInDanger:
    def test_two_people_open_it_and_it_is_shown_once(
        self, client: Client, listener: Account
    ) -> None:
        path, leads = self.call_in_danger(client, listener)
        assert "Demander le numéro" in client.get(path).text
        client.post(f"{posts(path)}number/ask/")
        request = NumberRequest.objects.get()
        own = client.get(f"{posts(path)}number/").text
        assert "Vous avez demandé le numéro" in own
        assert "D’accord" not in own
        agree, read = (f"{posts(path)}number/{request.id}/{act}/" for act in ("agree", "read"))
        early = client.post(read, follow=True).text
        assert "0199000001" not in early
        assert "Une deuxième personne" in early
        assert client.post(agree).status_code == HTTPStatus.FORBIDDEN
        assert agree in leads.get(BOARD).text
        assert agree in leads.get(path).text
        assert leads.post(agree).headers["Location"] == path
        assert leads.post(read, follow=True).text.count("0199000001") == 0
        assert client.get(read).status_code == HTTPStatus.METHOD_NOT_ALLOWED
        shown = client.post(read)
        assert 'data-copy="0199000001"' in shown.text
        assert "no-store" in shown.headers["Cache-Control"]
        after = client.get(path).text
        assert "0199000001" not in after
        assert "Le numéro a été lu" in after
        NumberRequest.objects.update(released_at=now() - timedelta(minutes=16))
        assert "L’accord a expiré" in client.get(f"{posts(path)}number/").text
        assert "L’accord a expiré" in client.post(read, follow=True).text

    def test_nobody_agrees_with_oneself(self, client: Client, listener: Account) -> None:
        path, leads = self.call_in_danger(client, listener)
        leads.post(f"{posts(path)}number/ask/")
        request = NumberRequest.objects.get()
        said = leads.post(f"{posts(path)}number/{request.id}/agree/", follow=True).text
        assert "la demande vient de vous" in said
        assert not NumberRequest.objects.exclude(released_at=None).exists()

    def test_what_is_no_call_has_none(self, client: Client, listener: Account) -> None:
        item = one_taken(client)
        client.post(f"{SEAT}{item.id}/life-danger/")
        assert "number-title" not in client.get(f"{WORK}{item.id}/").text
        assert client.get(f"{SEAT}{item.id}/number/").status_code == HTTPStatus.NOT_FOUND
        said = client.post(f"{SEAT}{item.id}/number/ask/", follow=True).text
        assert "ce n’est pas un appel" in said

    def test_what_is_not_there(self, client: Client, listener: Account) -> None:
        path = f"{SEAT}{uuid4()}/number/"
        assert client.get(path).status_code == HTTPStatus.NOT_FOUND
        for act in ("ask/", f"{uuid4()}/read/"):
            assert client.post(f"{path}{act}").status_code == HTTPStatus.NOT_FOUND

    def call_in_danger(self, client: Client, listener: Account) -> tuple[str, Client]:
        seated(client)
        item = make_accepted_call(actor_of(listener)).item
        client.post(f"{SEAT}{item}/life-danger/")
        leads = Client()
        sign_in(leads, make_account("helpline_lead"))
        return f"{WORK}{item}/", leads


class TestTheNumberOfWhoWritesByMessaging:
    def test_it_is_shut_and_two_people_open_it_as_that_of_a_call(
        self, listener: Account, client: Client
    ) -> None:
        given = Incoming(sender="+33199000042", name="wamid.1", text="j'ai peur")
        receiving.take_message(given=given, way=Way.WHATSAPP, source="whatsapp", by=SYSTEM)
        seated(client)
        client.post(f"{SEAT}next/")
        item = Item.objects.get(state=ItemState.HELD)
        page = client.get(f"{WORK}{item.id}/").text
        assert "0042" not in page
        assert "Numéro non affiché" in page
        actor = actor_of(listener)
        with pytest.raises(NoDanger):
            danger.ask_number(item_id=item.id, by=actor)
        danger.life_danger(item_id=item.id, by=actor)
        client.post(f"{SEAT}{item.id}/number/ask/")
        request = NumberRequest.objects.get()
        assert client.post(f"{SEAT}{item.id}/number/{request.id}/read/").status_code == 302
        lead = make_actor("helpline_lead")
        (alarm,) = queries.board(seen_by=lead).alarms
        assert [asking.id for asking in alarm.askings] == [request.id]
        numbers.release_number(request_id=request.id, by=lead)
        assert "+33199000042" in client.post(f"{SEAT}{item.id}/number/{request.id}/read/").text
        told = Entry.objects.filter(event__startswith="helpline.number.").order_by("id")
        assert [(one.event, one.facts["about"]) for one in told] == [
            (f"helpline.number.{act}", str(item.subject)) for act in ("asked", "released", "read")
        ]

    def test_once_erased_there_is_none(self) -> None:
        given = Incoming(sender="+33199000042", name="wamid.1", text="j'ai peur")
        receiving.take_message(given=given, way=Way.WHATSAPP, source="whatsapp", by=SYSTEM)
        Thread.objects.update(sealed=b"")
        listener = make_listener()
        accepted = accepting.accept(by=listener)
        assert accepted is not None
        danger.life_danger(item_id=accepted.item, by=listener)
        with pytest.raises(NumberGone):
            danger.ask_number(item_id=accepted.item, by=listener)
