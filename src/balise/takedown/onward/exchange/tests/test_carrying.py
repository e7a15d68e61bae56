"""A letter arrives once, whatever stops in between; what comes back moves the transfer."""

from base64 import b64encode
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import orjson
import pytest
from django.core.exceptions import PermissionDenied
from pytest_django.fixtures import Settings

from balise.foundation import clock
from balise.foundation.actors import SYSTEM
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import forget
from balise.foundation.encryption.signatures import renew_signing_key
from balise.foundation.journal.models import Entry
from balise.foundation.tasks.running import run_due
from balise.takedown.onward.exchange.actions import approving, carrying, reading, writing
from balise.takedown.onward.exchange.actions.writing import AlreadyHandedOver, NobodyToWriteTo
from balise.takedown.onward.exchange.models import Arrival, Letter, Peer, PeerCard, Transfer
from balise.takedown.onward.exchange.queries import peers
from balise.takedown.onward.exchange.queries.peers import EXCHANGE
from balise.takedown.onward.exchange.rules.letters import Letter as Written
from balise.takedown.onward.exchange.rules.words import (
    Direction,
    Fault,
    LetterKind,
    Outcome,
    Reason,
    TransferState,
    WrongState,
)
from balise.takedown.onward.exchange.tasks import carrying as tasks
from balise.takedown.onward.exchange.tests.makers import (
    ANALYST,
    LETTERS,
    LISTENER,
    OUTSIDER,
    Door,
    Neighbour,
    fresh,
    hand_over,
    make_answer,
    make_peer,
    make_statement,
    states,
    work,
)

pytestmark = pytest.mark.django_db


def hear(neighbour: Neighbour, *letters: Written) -> None:
    for letter in letters:
        neighbour.bring(neighbour.envelope(letter))
    work()


class TestSend:
    def test_brings_a_letter_that_only_they_can_open(
        self, neighbour: Neighbour, door: Door
    ) -> None:
        one = hand_over(make_peer(neighbour))
        assert b"pictures.example" not in bytes(Letter.objects.get().sealed)
        work()
        (envelope,) = door.brought
        assert b"pictures.example" not in envelope
        letter = neighbour.opens(envelope)
        assert (letter.kind, letter.about) == (LetterKind.REPORT, one.number)
        assert letter.statement == make_statement()
        assert fresh(one).stands is TransferState.RECEIVED
        assert states() == ["queued", "sent", "received"]
        (asked,) = door.asked
        assert asked[:2] == ("POST", LETTERS)
        assert asked[2]["host"] == door.address.removeprefix("http://")

    def test_refuses_a_hotline_without_approved_keys(self, neighbour: Neighbour) -> None:
        peer_id = approving.add_peer(card_text=neighbour.card().to_text(), by=ANALYST)
        with pytest.raises(NobodyToWriteTo):
            hand_over(Peer.objects.get(id=peer_id))
        assert not Transfer.objects.exists()

    def test_refuses_a_second_one_of_a_content(self, neighbour: Neighbour) -> None:
        peer, subject = make_peer(neighbour), uuid4()
        first = hand_over(peer, subject=subject)
        with pytest.raises(AlreadyHandedOver):
            hand_over(peer, subject=subject)
        writing.withdraw(transfer_id=first.id, by=ANALYST)
        hand_over(peer, subject=subject)

    def test_is_for_who_may(self, neighbour: Neighbour) -> None:
        one = hand_over(make_peer(neighbour))
        for actor in (OUTSIDER, LISTENER):
            with pytest.raises(PermissionDenied):
                writing.send(
                    line="hotline",
                    subject=uuid4(),
                    peer_id=one.peer_id,
                    statement=make_statement(),
                    by=actor,
                )
            for act in (writing.withdraw, writing.resend):
                with pytest.raises(PermissionDenied):
                    act(transfer_id=one.id, by=actor)
        assert peers.transfer(one.id, seen_by=LISTENER) is None
        assert peers.transfer(one.id, seen_by=ANALYST) == one
        with pytest.raises(PermissionDenied):
            peers.transfers(Direction.OUT, seen_by=OUTSIDER)


class TestCarry:
    def test_waits_while_their_server_is_down(self, neighbour: Neighbour, door: Door) -> None:
        one = hand_over(make_peer(neighbour))
        door.status = 503
        work()
        assert (fresh(one).stands, fresh(one).hindered_by) == (TransferState.SENT, Fault.NOT_TAKEN)
        assert peers.due_letters() == []
        door.status = 202
        with clock.at(now() + timedelta(minutes=2)):
            tasks.carry_due.func()
            run_due()
        assert (fresh(one).stands, fresh(one).hindered_by) == (TransferState.RECEIVED, Fault.NONE)
        assert len(door.brought) == 1

    def test_waits_while_nobody_is_there(self, neighbour: Neighbour, settings: Settings) -> None:
        one = hand_over(make_peer(neighbour))
        work()  # http, and no demonstration
        assert fresh(one).hindered_by is Fault.UNREACHABLE
        settings.DEMONSTRATION = True
        tasks.carry.func(letter_id=str(Letter.objects.get().id))
        assert fresh(one).hindered_by is Fault.UNREACHABLE
        assert Letter.objects.get().attempts == 2

    def test_is_brought_again_after_we_died_before_noting(
        self, neighbour: Neighbour, door: Door
    ) -> None:
        one = hand_over(make_peer(neighbour))
        letter_id = Letter.objects.get().id
        ready = carrying.make_ready(letter_id=letter_id, by=SYSTEM)
        assert ready is not None
        assert tasks._brought(ready) is Fault.NONE  # and here it dies
        assert fresh(one).stands is TransferState.SENT
        with clock.at(now() + timedelta(minutes=1)):
            tasks.carry_due.func()
            run_due()
        assert len(door.brought) == 2
        first, second = (orjson.loads(each) for each in door.brought)
        assert first == second
        assert fresh(one).stands is TransferState.RECEIVED
        tasks.carry.func(letter_id=str(letter_id))
        assert len(door.brought) == 2

    def test_an_acknowledgement_names_the_letter(self, neighbour: Neighbour, door: Door) -> None:
        one = hand_over(make_peer(neighbour))
        door.says = {"received": str(uuid4())}
        work()
        assert fresh(one).hindered_by is Fault.NOT_TAKEN

    def test_gives_up_what_they_cannot_read(self, neighbour: Neighbour, door: Door) -> None:
        one = hand_over(make_peer(neighbour))
        door.status = 422
        work()
        assert (fresh(one).stands, fresh(one).hindered_by) == (
            TransferState.FAILED,
            Fault.MALFORMED,
        )
        door.status = 202
        writing.resend(transfer_id=one.id, by=ANALYST)
        work()
        assert fresh(one).stands is TransferState.RECEIVED
        with pytest.raises(WrongState):
            writing.resend(transfer_id=one.id, by=ANALYST)

    def test_gives_up_after_two_weeks_and_says_so(self, neighbour: Neighbour, door: Door) -> None:
        one = hand_over(make_peer(neighbour))
        door.status = 500
        with clock.at(now() + carrying.TRIED_FOR + timedelta(hours=1)):
            work()
        assert (fresh(one).stands, fresh(one).hindered_by) == (TransferState.FAILED, Fault.TOO_LATE)
        writing.withdraw(transfer_id=one.id, by=ANALYST)
        assert fresh(one).closed_at is not None

    def test_waits_while_the_hotline_is_blocked(self, neighbour: Neighbour, door: Door) -> None:
        peer = make_peer(neighbour)
        one = hand_over(peer)
        approving.block_peer(peer_id=peer.id, by=ANALYST)
        work()
        assert (fresh(one).hindered_by, door.brought) == (Fault.NO_KEYS, [])

    def test_is_sealed_anew_where_keys_have_changed(
        self, neighbour: Neighbour, door: Door, tmp_path: Path, settings: Settings
    ) -> None:
        peer = make_peer(neighbour)
        one = hand_over(peer)
        door.status = 503
        work()
        renewed = Neighbour(tmp_path / "renewed")
        renewed.address = door.address
        card_id = approving.propose_card(
            peer_id=peer.id, card_text=renewed.card().to_text(), by=ANALYST
        )
        PeerCard.objects.filter(id=card_id).update(proposed_by="another")
        approving.approve_card(card_id=card_id, by=ANALYST)
        renew_signing_key(settings.KEYS, EXCHANGE)
        door.status = 202
        tasks.carry.func(letter_id=str(Letter.objects.get().id))
        assert renewed.opens(door.brought[-1]).about == one.number

    def test_says_when_what_it_said_is_erased(self, neighbour: Neighbour, door: Door) -> None:
        one = hand_over(make_peer(neighbour))
        forget([Letter.objects.get().id])
        work()
        assert (fresh(one).stands, fresh(one).hindered_by) == (
            TransferState.FAILED,
            Fault.FORGOTTEN,
        )


class TestHear:
    def test_follows_what_they_answer(self, neighbour: Neighbour, door: Door) -> None:
        one = hand_over(make_peer(neighbour))
        work()
        hear(neighbour, make_answer(one.number))
        assert fresh(one).stands is TransferState.ACCEPTED
        illegal = make_answer(one.number, LetterKind.OUTCOME, turn=2, outcome=Outcome.ILLEGAL)
        hear(neighbour, illegal)
        assert (fresh(one).stands, fresh(one).came_of_it) == (
            TransferState.ACCEPTED,
            Outcome.ILLEGAL,
        )
        hear(
            neighbour, make_answer(one.number, LetterKind.OUTCOME, turn=3, outcome=Outcome.REMOVED)
        )
        assert (fresh(one).stands, fresh(one).came_of_it) == (TransferState.CLOSED, Outcome.REMOVED)
        assert states() == ["queued", "sent", "received", "accepted", "accepted", "closed"]

    def test_an_older_answer_undoes_nothing(self, neighbour: Neighbour, door: Door) -> None:
        one = hand_over(make_peer(neighbour))
        work()
        removed = make_answer(one.number, LetterKind.OUTCOME, turn=3, outcome=Outcome.REMOVED)
        hear(neighbour, removed, make_answer(one.number, turn=1), removed)
        assert fresh(one).stands is TransferState.CLOSED
        assert states().count("closed") == 1

    def test_news_of_an_old_number_leaves_the_new_one_open(
        self, neighbour: Neighbour, door: Door
    ) -> None:
        peer, subject = make_peer(neighbour), uuid4()
        first = hand_over(peer, subject=subject)
        hear(neighbour, make_answer(first.number, LetterKind.OUTCOME, outcome=Outcome.REMOVED))
        second = hand_over(peer, subject=subject)
        work()
        hear(
            neighbour,
            make_answer(first.number, LetterKind.OUTCOME, turn=2, outcome=Outcome.ILLEGAL),
        )
        assert not Arrival.objects.filter(read_at__isnull=True).exists()
        old = fresh(first)
        assert (old.stands, old.came_of_it, old.turn) == (TransferState.CLOSED, Outcome.ILLEGAL, 2)
        assert old.closed_at is not None
        assert fresh(second).stands is TransferState.RECEIVED
        hear(neighbour, make_answer(second.number))
        assert fresh(second).stands is TransferState.ACCEPTED

    def test_news_of_a_number_opens_it_again_where_there_is_no_other(
        self, neighbour: Neighbour, door: Door
    ) -> None:
        one = hand_over(make_peer(neighbour))
        hear(neighbour, make_answer(one.number, LetterKind.OUTCOME, outcome=Outcome.REMOVED))
        hear(
            neighbour, make_answer(one.number, LetterKind.OUTCOME, turn=2, outcome=Outcome.ILLEGAL)
        )
        assert fresh(one).stands is TransferState.ACCEPTED

    def test_hears_why_they_turned_it_away(self, neighbour: Neighbour, door: Door) -> None:
        one = hand_over(make_peer(neighbour))
        work()
        hear(neighbour, make_answer(one.number, LetterKind.REFUSED, reason=Reason.ELSEWHERE))
        found = fresh(one)
        assert (found.stands, found.turned_away_for) == (TransferState.REFUSED, Reason.ELSEWHERE)
        assert found.closed_at is not None

    def test_nobody_answers_for_another(
        self, neighbour: Neighbour, door: Door, tmp_path: Path
    ) -> None:
        one = hand_over(make_peer(neighbour))
        other = Neighbour(tmp_path / "other", name="Hotline BE", country="BE")
        make_peer(other)
        work()
        hear(other, make_answer(one.number))
        hear(neighbour, make_answer(uuid4()))
        assert fresh(one).stands is TransferState.RECEIVED

    def test_fetches_what_they_could_not_bring(self, neighbour: Neighbour, door: Door) -> None:
        peer = make_peer(neighbour)
        one = hand_over(peer)
        work()
        envelope = neighbour.envelope(make_answer(one.number))
        door.waiting = [b64encode(each).decode() for each in (envelope, b"no letter", envelope)]
        tasks.fetch_all.func()
        work()
        assert fresh(one).stands is TransferState.ACCEPTED
        assert Peer.objects.get().fetched_at is not None
        method, path, _headers, body = door.asked[-1]
        assert (method, path) == ("POST", f"{LETTERS}/taken")
        assert set(orjson.loads(body)["letters"]) == {orjson.loads(envelope)["id"]}

    def test_what_waits_nowhere_is_no_matter(self, neighbour: Neighbour) -> None:
        peer = make_peer(neighbour)
        tasks.fetch.func(peer_id=str(peer.id))
        approving.block_peer(peer_id=peer.id, by=ANALYST)
        tasks.fetch.func(peer_id=str(peer.id))
        assert Peer.objects.get().fetched_at is None

    def test_marks_what_it_cannot_read(self, neighbour: Neighbour, tmp_path: Path) -> None:
        make_peer(neighbour)
        # Sealed to keys that we never had.
        envelope = orjson.loads(neighbour.envelope(make_answer(uuid4())))
        assert envelope["recipient"]
        neighbour.bring(neighbour.envelope(make_answer(uuid4())))
        Arrival.objects.update(envelope=orjson.dumps(envelope | {"recipient": "0" * 32}))
        tasks.read_left.func()
        run_due()
        arrival = Arrival.objects.get()
        assert (arrival.is_readable, bytes(arrival.envelope)) == (False, b"")
        assert Entry.objects.filter(event="takedown.letter.unreadable").count() == 1
        reading.read(arrival_id=arrival.id, by=SYSTEM)
        reading.read(arrival_id=uuid4(), by=SYSTEM)
