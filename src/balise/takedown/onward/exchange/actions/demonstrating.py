"""A hotline abroad for the demonstration: invented, with real keys that nobody keeps."""

from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from balise.foundation.actors import Actor
from balise.foundation.encryption.others import pair_in
from balise.foundation.encryption.turning import create_key_ring
from balise.takedown.onward.exchange.actions import approving
from balise.takedown.onward.exchange.models import PeerCard
from balise.takedown.onward.exchange.queries.peers import EXCHANGE
from balise.takedown.onward.exchange.rules.cards import Card

ADDRESS = "https://hotline.example"


def add_hotline(*, name: str, country: str, second: Actor, by: Actor) -> UUID:
    """Add an invented hotline and let a second person approve it; return its id."""
    with TemporaryDirectory() as folder:
        create_key_ring(Path(folder), lines=[EXCHANGE])
        keys = pair_in(Path(folder), EXCHANGE)
    card = Card(name=name, country=country, address=ADDRESS, keys=keys)
    peer_id = approving.add_peer(card_text=card.to_text(), by=by)
    approving.approve_card(card_id=PeerCard.objects.get(peer_id=peer_id).id, by=second)
    return peer_id
