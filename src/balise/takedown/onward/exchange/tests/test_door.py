"""The signed door: open to a hotline that two people approved, once for each signature."""

from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from uuid import uuid4

import orjson
import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from balise.foundation.actors import ANYONE, Actor, ActorKind
from balise.foundation.clock import now
from balise.foundation.journal.models import Entry
from balise.takedown.onward.exchange import access
from balise.takedown.onward.exchange.actions import admitting, approving, forgetting, writing
from balise.takedown.onward.exchange.models import Arrival, Nonce, Peer, PeerCard
from balise.takedown.onward.exchange.rules.letters import LetterFaulty
from balise.takedown.onward.exchange.tests.makers import (
    ANALYST,
    LETTERS,
    SECOND,
    Door,
    Neighbour,
    make_peer,
    make_report_letter,
    make_statement,
    work,
)

pytestmark = pytest.mark.django_db

UNKNOWN = (HTTPStatus.UNAUTHORIZED, "urn:balise:problem:signature-unknown")


def said(answer: object) -> tuple[int, str]:
    return (answer.status_code, answer.json().get("type", ""))  # type: ignore[attr-defined]


class TestAdmit:
    def test_keeps_a_letter_of_a_known_hotline(self, neighbour: Neighbour) -> None:
        peer = make_peer(neighbour)
        letter_id = uuid4()
        body = neighbour.envelope(make_report_letter(), letter_id=letter_id)
        answer = neighbour.bring(body)
        assert answer.status_code == HTTPStatus.ACCEPTED
        assert answer.json() == {"received": str(letter_id)}
        arrival = Arrival.objects.get()
        assert (arrival.peer_id, arrival.letter, arrival.read_at) == (peer.id, letter_id, None)
        assert b"pictures.example" not in bytes(arrival.envelope)
        entry = Entry.objects.get(event="takedown.letter.arrived")
        assert (entry.actor_kind, entry.actor_key) == ("partner", str(peer.id))

    def test_the_same_letter_again_is_no_news(self, neighbour: Neighbour) -> None:
        make_peer(neighbour)
        body = neighbour.envelope(make_report_letter())
        assert neighbour.bring(body).status_code == HTTPStatus.ACCEPTED
        assert neighbour.bring(body).status_code == HTTPStatus.OK
        assert Arrival.objects.count() == 1

    def test_the_same_request_again_is_a_replay(self, neighbour: Neighbour) -> None:
        make_peer(neighbour)
        body = neighbour.envelope(make_report_letter())
        headers = neighbour.headers(body)
        kind = headers.pop("Content-Type")
        first, second = (
            Client().post(LETTERS, body, content_type=kind, headers=headers) for _ in range(2)
        )
        assert first.status_code == HTTPStatus.ACCEPTED
        assert said(second) == UNKNOWN

    def test_a_stranger_is_not_heard(self, neighbour: Neighbour) -> None:
        body = neighbour.envelope(make_report_letter())
        assert said(neighbour.bring(body)) == UNKNOWN
        assert said(Client().post(LETTERS, body, content_type="application/json")) == UNKNOWN
        assert said(Client().get(LETTERS)) == UNKNOWN

    def test_nor_one_whose_card_only_one_person_has_seen(self, neighbour: Neighbour) -> None:
        approving.add_peer(card_text=neighbour.card().to_text(), by=ANALYST)
        assert said(neighbour.bring(neighbour.envelope(make_report_letter()))) == UNKNOWN

    def test_nor_one_that_is_blocked_or_retired(self, neighbour: Neighbour) -> None:
        peer = make_peer(neighbour)
        body = neighbour.envelope(make_report_letter())
        approving.block_peer(peer_id=peer.id, by=ANALYST)
        assert said(neighbour.bring(body)) == UNKNOWN
        approving.unblock_peer(peer_id=peer.id, by=ANALYST)
        approving.retire_card(card_id=PeerCard.objects.get().id, by=ANALYST)
        assert said(neighbour.bring(body)) == UNKNOWN

    def test_nor_a_stale_one_nor_one_for_another_door(self, neighbour: Neighbour) -> None:
        make_peer(neighbour)
        body = neighbour.envelope(make_report_letter())
        stale = now() - timedelta(minutes=10)
        assert said(neighbour.bring(body, at=stale)) == UNKNOWN
        assert said(neighbour.bring(body, host="another.example")) == UNKNOWN
        assert said(neighbour.bring(body, path="/api/v1/network/letters/taken")) == UNKNOWN
        assert not Arrival.objects.exists()

    def test_nor_a_body_that_was_changed(self, neighbour: Neighbour) -> None:
        make_peer(neighbour)
        body = neighbour.envelope(make_report_letter())
        headers = neighbour.headers(body)
        kind = headers.pop("Content-Type")
        answer = Client().post(LETTERS, body + b" ", content_type=kind, headers=headers)
        assert said(answer) == UNKNOWN

    def test_nor_a_body_without_end(self, neighbour: Neighbour) -> None:
        make_peer(neighbour)
        assert said(neighbour.bring(b" " * 300_000)) == UNKNOWN


class TestKeep:
    def test_refuses_what_is_no_letter_of_theirs(
        self, neighbour: Neighbour, tmp_path: Path
    ) -> None:
        make_peer(neighbour)
        other = Neighbour(tmp_path / "other", name="Hotline BE", country="BE")
        make_peer(other)
        theirs = orjson.loads(neighbour.envelope(make_report_letter()))
        forged = theirs | {"id": str(uuid4())}
        for body in (
            b"{}",
            b"no letter",
            other.envelope(make_report_letter()),
            orjson.dumps(forged),
        ):
            answer = neighbour.bring(body)
            assert said(answer) == (422, "urn:balise:problem:letter-faulty")
        assert not Arrival.objects.exists()

    def test_is_for_who_was_let_in(self, neighbour: Neighbour) -> None:
        peer = make_peer(neighbour)
        body = neighbour.envelope(make_report_letter())
        for actor in (ANYONE, Actor(ActorKind.PARTNER, str(peer.id))):
            with pytest.raises(PermissionDenied):
                admitting.keep_letter(octets=body, by=actor)
        bringer = Actor(ActorKind.PARTNER, str(uuid4()), frozenset({access.BRING}))
        with pytest.raises(LetterFaulty):
            admitting.keep_letter(octets=body, by=bringer)


class TestFetch:
    def test_gives_a_hotline_what_waits_for_it_and_for_nobody_else(
        self, neighbour: Neighbour, door: Door, tmp_path: Path
    ) -> None:
        peer = make_peer(neighbour)
        other = Neighbour(tmp_path / "other", name="Hotline BE", country="BE")
        make_peer(other)
        door.status = 503
        writing.send(
            line="hotline", subject=uuid4(), peer_id=peer.id, statement=make_statement(), by=ANALYST
        )
        work()
        assert fetched(other) == []
        (envelope,) = fetched(neighbour)
        letter = neighbour.opens(orjson.dumps(orjson.loads(envelope)))
        assert letter.statement == make_statement()
        letter_id = orjson.loads(envelope)["id"]
        assert taken(other, letter_id) == 0
        assert taken(neighbour, letter_id) == 1
        assert fetched(neighbour) == []
        assert Entry.objects.filter(event="takedown.transfer.moved").count() == 3

    def test_what_was_fetched_is_said_in_words_that_are_known(self, neighbour: Neighbour) -> None:
        make_peer(neighbour)
        path = f"{LETTERS}/taken"
        for body in (b"[]", b'{"letters":["x"]}', b'{"letters":[5]}'):
            headers = neighbour.headers(body, path=path)
            kind = headers.pop("Content-Type")
            answer = Client().post(path, body, content_type=kind, headers=headers)
            assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_nonces_are_forgotten_once_they_cannot_come_again(neighbour: Neighbour) -> None:
    make_peer(neighbour)
    neighbour.bring(neighbour.envelope(make_report_letter()))
    assert forgetting.forget_nonces(by=SECOND) == 0
    Nonce.objects.update(expires_at=now() - timedelta(seconds=1))
    assert forgetting.forget_nonces(by=SECOND) == 1
    assert Peer.objects.exists()


def fetched(neighbour: Neighbour) -> list[bytes]:
    from base64 import b64decode  # noqa: PLC0415

    headers = neighbour.headers(b"", method="GET")
    answer = Client().get(LETTERS, headers=headers)
    assert answer.status_code == HTTPStatus.OK, answer.content
    return [b64decode(each) for each in answer.json()["letters"]]


def taken(neighbour: Neighbour, letter_id: str) -> int:
    path = f"{LETTERS}/taken"
    body = orjson.dumps({"letters": [letter_id]})
    headers = neighbour.headers(body, path=path)
    kind = headers.pop("Content-Type")
    answer = Client().post(path, body, content_type=kind, headers=headers)
    noted: int = answer.json()["noted"]
    return noted
