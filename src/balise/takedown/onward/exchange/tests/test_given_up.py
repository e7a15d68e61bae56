"""What could not be brought: tried again by hand, fetched, or forgotten in the end."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation import clock
from balise.foundation.actors import SYSTEM
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import known
from balise.foundation.retention.tests.makers import rows_due
from balise.foundation.tasks.running import run_due
from balise.takedown.onward.exchange.actions import carrying, forgetting, writing
from balise.takedown.onward.exchange.models import Letter, Transfer
from balise.takedown.onward.exchange.queries import peers
from balise.takedown.onward.exchange.rules.words import Fault, TransferState, WrongState
from balise.takedown.onward.exchange.tasks import carrying as tasks
from balise.takedown.onward.exchange.tests.makers import (
    ANALYST,
    OUTSIDER,
    Door,
    Neighbour,
    fresh,
    hand_over,
    make_peer,
    make_report_letter,
    states,
    work,
)

pytestmark = pytest.mark.django_db


class TestAnswersThatWereGivenUp:
    def given_up(self, neighbour: Neighbour, door: Door) -> Transfer:
        """Return a content of theirs whose answer was tried for two weeks."""
        door.status = 500
        neighbour.bring(neighbour.envelope(make_report_letter()))
        work()
        with clock.at(now() + carrying.TRIED_FOR + timedelta(hours=1)):
            tasks.carry_due.func()
            run_due()
        one = Transfer.objects.get(direction="in")
        assert one.hindered_by is Fault.TOO_LATE
        return one

    def test_are_tried_again_by_hand(self, neighbour: Neighbour, door: Door) -> None:
        make_peer(neighbour)
        one = self.given_up(neighbour, door)
        before = one.stands
        with pytest.raises(PermissionDenied):
            writing.resend(transfer_id=one.id, by=OUTSIDER)
        door.status = 202
        writing.resend(transfer_id=one.id, by=ANALYST)
        work()
        assert (fresh(one).stands, fresh(one).hindered_by) == (before, Fault.NONE)
        assert Letter.objects.get().delivered_at is not None
        with pytest.raises(WrongState):
            writing.resend(transfer_id=one.id, by=ANALYST)

    def test_are_had_by_who_fetches_them(self, neighbour: Neighbour, door: Door) -> None:
        peer = make_peer(neighbour)
        one = self.given_up(neighbour, door)
        (envelope,) = peers.letters_for(peer.id)
        assert neighbour.opens(envelope).about == one.number
        carrying.note_fetched(peer_id=peer.id, letter_ids=[Letter.objects.get().id], by=SYSTEM)
        assert fresh(one).hindered_by is Fault.NONE
        assert peers.letters_for(peer.id) == []

    def test_are_forgotten_after_three_months(self, neighbour: Neighbour, door: Door) -> None:
        make_peer(neighbour)
        one = self.given_up(neighbour, door)
        letter = Letter.objects.get()
        assert not rows_due("takedown.exchange.letters", now() + timedelta(days=89))
        due = rows_due("takedown.exchange.letters", now() + timedelta(days=91))
        assert due == [letter.id]
        assert forgetting.forget_letters(letter_ids=due, by=SYSTEM) == 1
        assert not known(due)
        assert fresh(one).hindered_by is Fault.FORGOTTEN
        with pytest.raises(WrongState):
            writing.resend(transfer_id=one.id, by=ANALYST)

    def test_a_report_that_failed_is_given_up_after_three_months(
        self, neighbour: Neighbour, door: Door
    ) -> None:
        peer, subject = make_peer(neighbour), uuid4()
        one = hand_over(peer, subject=subject)
        door.status = 422
        work()
        letter = Letter.objects.get()
        later = now() + timedelta(days=91)
        assert not rows_due("takedown.exchange.failed", now() + timedelta(days=89))
        assert not rows_due("takedown.exchange.letters", later)
        assert rows_due("takedown.exchange.failed", later) == [one.id]
        assert peers.letters_for(peer.id) == []
        assert forgetting.give_up_transfers(transfer_ids=[one.id], by=SYSTEM) == 1
        assert fresh(one).stands is TransferState.WITHDRAWN
        assert fresh(one).closed_at is not None
        assert states()[-1] == "withdrawn"
        assert not known([letter.id])
        assert forgetting.give_up_transfers(transfer_ids=[one.id], by=SYSTEM) == 0
        hand_over(peer, subject=subject)
