"""Another hotline, as this one meets it: keys of its own, and a server that takes letters."""

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import orjson
from django.conf import settings
from django.test import Client, override_settings

from balise.foundation.actors import Actor, ActorKind
from balise.foundation.clock import now
from balise.foundation.encryption.signatures import (
    open_inward,
    own_pair,
    seal_outward,
    sign_outward,
)
from balise.foundation.encryption.turning import create_key_ring
from balise.foundation.journal import clerk
from balise.foundation.journal.models import Entry
from balise.foundation.tasks.running import run_due
from balise.takedown.onward.exchange import access
from balise.takedown.onward.exchange.actions import approving, writing
from balise.takedown.onward.exchange.actions.approving import add_hotline
from balise.takedown.onward.exchange.models import Peer, PeerCard, Transfer
from balise.takedown.onward.exchange.queries.peers import EXCHANGE
from balise.takedown.onward.exchange.rules import signing
from balise.takedown.onward.exchange.rules.cards import Card
from balise.takedown.onward.exchange.rules.letters import Answer, Envelope, Letter, Statement
from balise.takedown.onward.exchange.rules.words import LetterKind, Outcome, Reason

_ALL = {access.READ, access.SEND, access.PROPOSE, access.APPROVE}
ANALYST = Actor(ActorKind.STAFF, str(UUID(int=1)), frozenset({*_ALL, "hotline.reports.read"}))
SECOND = Actor(ActorKind.STAFF, str(UUID(int=2)), frozenset({*_ALL, "hotline.reports.read"}))
LISTENER = Actor(ActorKind.STAFF, str(UUID(int=4)), frozenset({*_ALL, "helpline.cases.read"}))
OUTSIDER = Actor(ActorKind.STAFF, str(UUID(int=9)), frozenset({"hotline.reports.read"}))

ADDRESS = "https://pictures.example/album/1"
LETTERS = "/api/v1/network/letters"
OURS = "testserver"


def make_statement(**given: Any) -> Statement:
    """Return what one hotline tells another, but for what is given otherwise."""
    return Statement(
        **{
            "address": ADDRESS,
            "words": "Says what the law forbids.",
            "language": "en",
            "seen_at": datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
            "country": "NL",
            "network": 64_500,
            "dsa_category": "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH",
            "dsa_keyword": "KEYWORD_HATE_SPEECH",
            "danger": False,
            **given,
        }
    )


class Neighbour:
    """A hotline with a key ring in a folder of its own."""

    def __init__(self, folder: Path, *, name: str = "Hotline NL", country: str = "NL") -> None:
        self.name, self.country = name, country
        self.folder = folder
        create_key_ring(folder, lines=[EXCHANGE])
        self.address = "http://127.0.0.1:9"
        self._ours = settings.KEYS

    @contextmanager
    def at_home(self) -> Iterator[None]:
        """Be that hotline for a moment: what is signed and opened is with its keys."""
        with override_settings(KEYS=self.folder):
            yield

    def card(self) -> Card:
        """Return what it gives to others."""
        with self.at_home():
            keys = own_pair(EXCHANGE)
        return Card(name=self.name, country=self.country, address=self.address, keys=keys)

    def envelope(self, letter: Letter, *, letter_id: UUID | None = None) -> bytes:
        """Return a letter of its own to us, as it travels."""
        ours = own_pair(EXCHANGE)
        with self.at_home():
            draft = Envelope(
                id=letter_id or uuid4(),
                sender=own_pair(EXCHANGE).signing_id,
                recipient=ours.sealing_id,
                sealed=b"",
            )
            sealed = seal_outward(ours.sealing, letter.to_bytes(), bound_to=draft.bound_to)
            whole = Envelope(
                id=draft.id, sender=draft.sender, recipient=draft.recipient, sealed=sealed
            )
            signature = sign_outward(EXCHANGE, whole.signed_text).value
        return whole.signed(signature).to_bytes()

    def headers(
        self,
        body: bytes,
        *,
        path: str = LETTERS,
        method: str = "POST",
        at: datetime | None = None,
        nonce: str = "",
        host: str = OURS,
    ) -> dict[str, str]:
        """Return the headers of a request that it signs."""
        given = {
            "Content-Type": signing.CONTENT_TYPE,
            "Content-Digest": signing.content_digest(body),
        }
        request = signing.request_to(
            f"http://{host}{path}", method=method, body=body, headers=given
        )
        with self.at_home():
            claim = signing.claim(
                key_id=own_pair(EXCHANGE).signing_id,
                nonce=nonce or secrets.token_urlsafe(18),
                at=at or now(),
            )
            signature = sign_outward(EXCHANGE, claim.text(request)).value
        return given | signing.headers_of(claim, signature)

    def bring(self, body: bytes, **given: Any) -> Any:
        """Bring a body to our door, and return the answer."""
        headers = self.headers(body, **given)
        return Client().post(
            LETTERS, body, content_type=headers.pop("Content-Type"), headers=headers
        )

    def opens(self, envelope: bytes) -> Letter:
        """Return what a letter of ours to it says."""
        read = Envelope.read(envelope)
        with self.at_home():
            text = open_inward(EXCHANGE, read.recipient, read.sealed, bound_to=read.bound_to)
        return Letter.from_bytes(text)


def make_peer(neighbour: Neighbour, *, serves: tuple[str, ...] = ()) -> Peer:
    """Return a hotline whose card two people have approved."""
    peer_id = approving.add_peer(card_text=neighbour.card().to_text(), serves=serves, by=ANALYST)
    card = PeerCard.objects.get(peer_id=peer_id)
    approving.approve_card(card_id=card.id, by=SECOND)
    return Peer.objects.get(id=peer_id)


def make_approved(*, by: Actor, second: Actor) -> tuple[Peer, UUID]:
    """Return a hotline whose keys nobody holds, and its card."""
    peer = Peer.objects.get(id=add_hotline(name="Hotline", country="NL", second=second, by=by))
    return peer, PeerCard.objects.get(peer=peer).id


def make_report_letter(number: UUID | None = None, **given: Any) -> Letter:
    """Return a letter that hands a content over."""
    return Letter(
        kind=LetterKind.REPORT, about=number or uuid4(), statement=make_statement(**given)
    )


def make_answer(
    number: UUID,
    kind: LetterKind = LetterKind.ACCEPTED,
    *,
    turn: int = 1,
    outcome: Outcome = Outcome.NONE,
    reason: Reason = Reason.NONE,
) -> Letter:
    """Return a letter that answers one of ours."""
    said = Answer(turn=turn, at=now(), outcome=outcome, reason=reason)
    return Letter(kind=kind, about=number, answer=said)


def hand_over(peer: Peer, *, subject: UUID | None = None) -> Transfer:
    """Return a content that is on its way to a hotline."""
    transfer_id = writing.send(
        line="hotline",
        subject=subject or uuid4(),
        peer_id=peer.id,
        statement=make_statement(),
        by=ANALYST,
    )
    return Transfer.objects.get(id=transfer_id)


def fresh(one: Transfer) -> Transfer:
    """Return a transfer as it stands."""
    return Transfer.objects.get(id=one.id)


def states() -> list[str]:
    """Return where transfers have come to, in order."""
    moved = Entry.objects.filter(event="takedown.transfer.moved").order_by("id")
    return [str(entry.facts["state"]) for entry in moved]


def work() -> None:
    """Do what the worker does until nothing is left: hand facts on, run the jobs that are due."""
    for _round in range(20):
        if not clerk.tick() + run_due():
            return
    raise AssertionError("the work has no end")


class Door(ThreadingHTTPServer):
    """A hotline's door on the loopback: it keeps letters and answers as it is told."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.status = 202
        self.says: dict[str, object] | None = None
        self.waiting: list[str] = []
        self.brought: list[bytes] = []
        self.asked: list[tuple[str, str, dict[str, str], bytes]] = []
        self.address = f"http://127.0.0.1:{self.server_port}"


class _Answers(BaseHTTPRequestHandler):
    server: Door

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self._hear("POST", body)
        if self.path == LETTERS and self.server.status < 300:
            self.server.brought.append(body)
            said = {"received": orjson.loads(body)["id"]}
        else:
            said = {"noted": 1}
        self._say(self.server.says or said)

    def do_GET(self) -> None:
        self._hear("GET", b"")
        self._say({"letters": self.server.waiting})

    def _hear(self, method: str, body: bytes) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.asked.append((method, self.path, headers, body))

    def _say(self, said: dict[str, object]) -> None:
        body = orjson.dumps(said)
        is_given = self.command == "GET"
        self.send_response(200 if is_given and self.server.status < 300 else self.server.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@contextmanager
def an_open_door() -> Iterator[Door]:
    """Open a door for a while."""
    door = Door()
    thread = threading.Thread(target=door.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield door
    finally:
        door.shutdown()
        door.server_close()
        thread.join()
