"""Two people approve where letters go and with which keys; one is enough to stop it."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation.actors import Actor
from balise.foundation.journal.models import Entry
from balise.takedown.onward.exchange.actions import approving
from balise.takedown.onward.exchange.actions.approving import CardOver, PeerKnown, SamePerson
from balise.takedown.onward.exchange.models import Peer, PeerCard
from balise.takedown.onward.exchange.queries import peers
from balise.takedown.onward.exchange.queries.peers import approved_card, own_card, way
from balise.takedown.onward.exchange.rules.cards import CardFaulty
from balise.takedown.onward.exchange.rules.network import Route
from balise.takedown.onward.exchange.tests.makers import (
    ANALYST,
    OUTSIDER,
    SECOND,
    Neighbour,
    make_peer,
)

pytestmark = pytest.mark.django_db


def told() -> list[str]:
    found = Entry.objects.filter(event__startswith="takedown.peer").order_by("id")
    return [entry.event for entry in found]


class TestApprove:
    def test_takes_a_second_person(self, neighbour: Neighbour) -> None:
        peer_id = approving.add_peer(card_text=neighbour.card().to_text(), by=ANALYST)
        card = PeerCard.objects.get()
        assert approved_card(card.peer) is None
        with pytest.raises(SamePerson):
            approving.approve_card(card_id=card.id, by=ANALYST)
        approving.approve_card(card_id=card.id, by=SECOND)
        assert approved_card(Peer.objects.get(id=peer_id)) == card
        with pytest.raises(CardOver):
            approving.approve_card(card_id=card.id, by=SECOND)
        assert told() == [
            "takedown.peer.added",
            "takedown.peer.card-proposed",
            "takedown.peer.card-approved",
        ]

    def test_refuses_our_own_card_and_one_that_is_known(self, neighbour: Neighbour) -> None:
        with pytest.raises(CardFaulty):
            approving.add_peer(card_text=own_card().to_text(), by=ANALYST)
        peer = make_peer(neighbour)
        with pytest.raises(PeerKnown):
            approving.add_peer(card_text=neighbour.card().to_text(), by=ANALYST)
        with pytest.raises(PeerKnown):
            approving.propose_card(
                peer_id=peer.id, card_text=neighbour.card().to_text(), by=ANALYST
            )

    def test_new_keys_take_over_once_they_are_approved(
        self, neighbour: Neighbour, tmp_path: Path
    ) -> None:
        peer = make_peer(neighbour)
        first = approved_card(peer)
        renewed = Neighbour(tmp_path / "renewed")
        card_id = approving.propose_card(
            peer_id=peer.id, card_text=renewed.card().to_text(), by=SECOND
        )
        assert approved_card(peer) == first
        approving.approve_card(card_id=card_id, by=ANALYST)
        found = approved_card(peer)
        assert found is not None
        assert found.id == card_id
        assert first is not None
        assert peers.signer(first.signing_id) is not None  # what is on its way still counts
        approving.retire_card(card_id=first.id, by=ANALYST)
        approving.retire_card(card_id=first.id, by=ANALYST)
        assert peers.signer(first.signing_id) is None
        assert told().count("takedown.peer.card-retired") == 1

    def test_a_hotline_that_moves_keeps_its_keys(self, neighbour: Neighbour) -> None:
        peer = make_peer(neighbour)
        first = PeerCard.objects.get()
        neighbour.address = "https://moved.example"
        card_id = approving.propose_card(
            peer_id=peer.id, card_text=neighbour.card().to_text(), by=SECOND
        )
        assert peers.signer(first.signing_id) == first
        with pytest.raises(SamePerson):
            approving.approve_card(card_id=card_id, by=SECOND)
        approving.approve_card(card_id=card_id, by=ANALYST)
        found = peers.signer(first.signing_id)
        assert found is not None
        assert (found.id, found.address) == (card_id, "https://moved.example")
        assert approved_card(peer) == found
        first.refresh_from_db()
        assert first.retired_at is not None
        assert told()[-2:] == ["takedown.peer.card-retired", "takedown.peer.card-approved"]

    def test_a_card_that_was_retired_comes_back_through_two_people(
        self, neighbour: Neighbour
    ) -> None:
        peer = make_peer(neighbour)
        first = PeerCard.objects.get()
        approving.retire_card(card_id=first.id, by=ANALYST)
        card_id = approving.propose_card(
            peer_id=peer.id, card_text=neighbour.card().to_text(), by=ANALYST
        )
        assert peers.signer(first.signing_id) is None
        with pytest.raises(PeerKnown):  # it waits already
            approving.propose_card(
                peer_id=peer.id, card_text=neighbour.card().to_text(), by=ANALYST
            )
        approving.approve_card(card_id=card_id, by=SECOND)
        found = peers.signer(first.signing_id)
        assert found is not None
        assert found.id == card_id

    def test_keys_of_another_hotline_stay_refused(
        self, neighbour: Neighbour, tmp_path: Path
    ) -> None:
        make_peer(neighbour)
        other = make_peer(Neighbour(tmp_path / "other", name="Hotline BE", country="BE"))
        neighbour.name = "Under another name"
        text = neighbour.card().to_text()
        for retired in (False, True):
            if retired:
                approving.retire_card(
                    card_id=PeerCard.objects.exclude(peer=other).get().id, by=ANALYST
                )
            with pytest.raises(PeerKnown):
                approving.add_peer(card_text=text, by=ANALYST)
            with pytest.raises(PeerKnown):
                approving.propose_card(peer_id=other.id, card_text=text, by=ANALYST)

    def test_is_for_who_may(self, neighbour: Neighbour) -> None:
        peer = make_peer(neighbour)
        card = PeerCard.objects.get()
        text = neighbour.card().to_text()
        for act in (
            lambda by: approving.add_peer(card_text=text, by=by),
            lambda by: approving.propose_card(peer_id=peer.id, card_text=text, by=by),
            lambda by: approving.approve_card(card_id=card.id, by=by),
            lambda by: approving.retire_card(card_id=card.id, by=by),
            lambda by: approving.block_peer(peer_id=peer.id, by=by),
            lambda by: approving.unblock_peer(peer_id=peer.id, by=by),
            lambda by: peers.peers(seen_by=by),
            lambda by: peers.peer(peer.id, seen_by=by),
        ):
            with pytest.raises(PermissionDenied):
                _try(act, OUTSIDER)


class TestBlock:
    def test_is_said_once(self, neighbour: Neighbour) -> None:
        peer = make_peer(neighbour)
        for _ in range(2):
            approving.block_peer(peer_id=peer.id, by=ANALYST)
        assert approved_card(Peer.objects.get()) is None
        for _ in range(2):
            approving.unblock_peer(peer_id=peer.id, by=ANALYST)
        assert approved_card(Peer.objects.get()) is not None
        assert told()[3:] == ["takedown.peer.blocked", "takedown.peer.unblocked"]


class TestWay:
    def test_finds_the_hotlines_that_take_letters_for_a_country(self, neighbour: Neighbour) -> None:
        peer = make_peer(neighbour, serves=("NL", "ZZ"))
        assert way("NL").peers == (peer,)
        assert way("ZZ").assignment.route is Route.HOTLINE  # two people said so
        assert way("BE").peers == ()
        for country, route in (("", Route.UNTRACED), ("FR", Route.HOME)):
            found = way(country)
            assert (found.assignment.route, found.is_abroad) == (route, False)
        approving.block_peer(peer_id=peer.id, by=ANALYST)
        assert way("NL").peers == ()
        assert way("ZZ").assignment.route is Route.POLICE

    def test_knows_no_hotline_that_is_not_there(self) -> None:
        assert peers.peer(uuid4(), seen_by=ANALYST) is None


def _try(act: object, by: Actor) -> None:
    act(by)  # type: ignore[operator]
