"""The staff pages: who is approved, what was sent and received, what can be done."""

from http import HTTPStatus
from uuid import uuid4

import pytest
from django.test import Client

from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.clock import now
from balise.takedown.onward.exchange.actions import writing
from balise.takedown.onward.exchange.models import Letter, Peer, PeerCard, Transfer
from balise.takedown.onward.exchange.rules.words import Reason, TransferState
from balise.takedown.onward.exchange.tests.makers import (
    ANALYST,
    Door,
    Neighbour,
    make_peer,
    make_report_letter,
    make_statement,
    work,
)

pytestmark = pytest.mark.django_db

EXCHANGE = "/staff/takedown/exchange/"
PEERS = f"{EXCHANGE}hotlines/"


@pytest.fixture
def analyst(client: Client) -> Client:
    sign_in(client, make_account("analyst"))
    return client


def page(client: Client, address: str, *, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def make_sent(peer: Peer) -> Transfer:
    transfer_id = writing.send(
        line="hotline", subject=uuid4(), peer_id=peer.id, statement=make_statement(), by=ANALYST
    )
    return Transfer.objects.get(id=transfer_id)


class TestTheDoor:
    def test_sends_anyone_to_sign_in(self, client: Client) -> None:
        for address in (EXCHANGE, PEERS):
            assert "/login/" in client.get(address).headers["Location"]

    def test_shows_another_line_nothing(self, client: Client, neighbour: Neighbour) -> None:
        one = make_sent(make_peer(neighbour))
        card = PeerCard.objects.get()
        sign_in(client, make_account("listener"))
        for address in (EXCHANGE, PEERS, f"{PEERS}{one.peer_id}/", f"{EXCHANGE}{one.id}/"):
            page(client, address, status=HTTPStatus.FORBIDDEN)
        for address in (
            f"{PEERS}{one.peer_id}/block/",
            f"{PEERS}{one.peer_id}/unblock/",
            f"{PEERS}{one.peer_id}/cards/{card.id}/approve/",
            f"{PEERS}{one.peer_id}/cards/{card.id}/retire/",
            f"{EXCHANGE}{one.id}/resend/",
            f"{EXCHANGE}{one.id}/withdraw/",
        ):
            assert client.post(address).status_code == HTTPStatus.FORBIDDEN
        refused = client.post(f"{EXCHANGE}{one.id}/refuse/", {"reason": "other"})
        assert refused.status_code == HTTPStatus.FORBIDDEN
        assert Transfer.objects.get().stands is TransferState.QUEUED

    def test_knows_nothing_that_is_not_there(self, analyst: Client) -> None:
        for address in (f"{PEERS}{uuid4()}/", f"{EXCHANGE}{uuid4()}/"):
            page(analyst, address, status=HTTPStatus.NOT_FOUND)
        for address in (f"{PEERS}{uuid4()}/block/", f"{EXCHANGE}{uuid4()}/resend/"):
            assert analyst.post(address).status_code == HTTPStatus.NOT_FOUND


class TestHotlines:
    def test_are_added_by_one_person_and_approved_by_another(
        self, analyst: Client, neighbour: Neighbour
    ) -> None:
        card = neighbour.card()
        assert "Point de Contact" in page(analyst, PEERS)
        wrong = analyst.post(PEERS, {"card_text": "no card", "serves": ""})
        assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        wrong = analyst.post(PEERS, {"card_text": card.to_text(), "serves": "Pays-Bas"})
        assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        analyst.post(PEERS, {"card_text": card.to_text(), "serves": "nl, be nl"})
        peer = Peer.objects.get()
        assert peer.countries == ("NL", "BE")
        address = f"{PEERS}{peer.id}/"
        assert card.check_number in page(analyst, address)
        approve = f"{address}cards/{PeerCard.objects.get().id}/approve/"
        analyst.post(approve)
        assert PeerCard.objects.get().approved_at is None
        sign_in(analyst, make_account("analyst", name="Sacha"))
        analyst.post(approve)
        assert PeerCard.objects.get().approved_at is not None
        assert "Hotline NL" in page(analyst, PEERS)
        again = analyst.post(address, {"card_text": card.to_text()})
        assert again.status_code == HTTPStatus.UNPROCESSABLE_ENTITY

    def test_are_blocked_opened_and_retired(self, analyst: Client, neighbour: Neighbour) -> None:
        peer = make_peer(neighbour)
        address = f"{PEERS}{peer.id}/"
        analyst.post(f"{address}block/")
        assert Peer.objects.get().blocked_at is not None
        assert "Bloqu" in page(analyst, address)
        analyst.post(f"{address}unblock/")
        assert Peer.objects.get().blocked_at is None
        analyst.post(f"{address}cards/{PeerCard.objects.get().id}/retire/")
        assert PeerCard.objects.get().retired_at is not None
        page(analyst, address)
        renewed = neighbour.card().to_text().replace("127.0.0.1:9", "127.0.0.1:99")
        again = analyst.post(address, {"card_text": renewed})
        assert again.status_code == HTTPStatus.FOUND  # the same keys, at another address
        again = analyst.post(address, {"card_text": renewed})
        assert again.status_code == HTTPStatus.UNPROCESSABLE_ENTITY  # it waits already


class TestTransfers:
    def test_are_listed_by_direction_and_open_nothing(
        self, analyst: Client, neighbour: Neighbour, door: Door
    ) -> None:
        assert "Rien n" in page(analyst, EXCHANGE)
        assert "Rien n" in page(analyst, f"{EXCHANGE}?received")
        make_sent(make_peer(neighbour))
        neighbour.bring(neighbour.envelope(make_report_letter()))
        work()
        for address in (EXCHANGE, f"{EXCHANGE}?received"):
            found = page(analyst, address)
            assert "Hotline NL" in found
            assert "pictures.example" not in found

    def test_are_tried_again_or_given_up(
        self, analyst: Client, neighbour: Neighbour, door: Door
    ) -> None:
        one = make_sent(make_peer(neighbour))
        address = f"{EXCHANGE}{one.id}/"
        door.status = 422
        work()
        assert f"{address}resend/" in page(analyst, address)
        analyst.post(f"{address}resend/")
        assert Transfer.objects.get().stands is TransferState.QUEUED
        analyst.post(f"{address}withdraw/")
        assert Transfer.objects.get().stands is TransferState.WITHDRAWN
        analyst.post(f"{address}withdraw/")
        found = page(analyst, address)
        assert f"{address}resend/" not in found
        Letter.objects.all().delete()
        page(analyst, address)

    def test_an_answer_that_was_given_up_is_tried_again(
        self, analyst: Client, neighbour: Neighbour, door: Door
    ) -> None:
        make_peer(neighbour)
        door.status = 422
        neighbour.bring(neighbour.envelope(make_report_letter()))
        work()
        address = f"{EXCHANGE}{Transfer.objects.get().id}/"
        assert f"{address}resend/" in page(analyst, address)
        door.status = 202
        analyst.post(f"{address}resend/")
        work()
        assert Letter.objects.get().delivered_at is not None
        assert f"{address}resend/" not in page(analyst, address)

    def test_that_are_not_for_us_are_turned_away(
        self, analyst: Client, neighbour: Neighbour, door: Door
    ) -> None:
        make_peer(neighbour)
        neighbour.bring(neighbour.envelope(make_report_letter()))
        work()
        one = Transfer.objects.get()
        address = f"{EXCHANGE}{one.id}/"
        assert f"{address}refuse/" in page(analyst, address)
        wrong = analyst.post(f"{address}refuse/", {"reason": ""})
        assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        analyst.post(f"{address}refuse/", {"reason": "hosted-elsewhere"})
        work()
        one.refresh_from_db()
        assert (one.stands, one.turned_away_for) == (TransferState.REFUSED, Reason.ELSEWHERE)
        said = neighbour.opens(door.brought[-1]).answer
        assert said is not None
        assert said.reason is Reason.ELSEWHERE
        assert one.closed_at is not None
        assert one.closed_at <= now()
        page(analyst, address)

    def test_what_was_sent_is_not_turned_away(self, analyst: Client, neighbour: Neighbour) -> None:
        one = make_sent(make_peer(neighbour))
        answer = Client.post(analyst, f"{EXCHANGE}{one.id}/refuse/", {"reason": "other"})
        assert answer.status_code == HTTPStatus.FOUND
        assert Transfer.objects.get().stands is TransferState.QUEUED
