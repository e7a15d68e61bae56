"""Hotlines of the network: added with their keys by one person, approved by another."""

from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.signatures import pair_in
from balise.foundation.encryption.turning import create_key_ring
from balise.foundation.finding import find
from balise.foundation.journal.book import record
from balise.foundation.refusals import Refused
from balise.takedown.onward.exchange import access
from balise.takedown.onward.exchange.events import (
    CardApproved,
    CardProposed,
    CardRetired,
    PeerAdded,
    PeerBlocked,
    PeerUnblocked,
)
from balise.takedown.onward.exchange.models import Peer, PeerCard
from balise.takedown.onward.exchange.queries.peers import EXCHANGE, own_card
from balise.takedown.onward.exchange.rules.cards import Card, CardFaulty


class PeerKnown(Refused, code="peer-known"):
    """There is a hotline of this name, or a card with these keys."""


class SamePerson(Refused, code="same-person"):
    """The person who entered the keys does not approve them."""


class CardOver(Refused, code="card-over"):
    """The card was approved or retired before."""


@transaction.atomic
def add_peer(*, card_text: str, serves: tuple[str, ...] = (), by: Actor) -> UUID:
    """Add a hotline with the card that it gave, and return its id; nothing is sent there yet.

    `serves` are the countries that it answers for (ISO 3166), its own unless told.
    """
    access.require(by, access.PROPOSE)
    card = Card.read(card_text)
    if card.keys == own_card().keys:
        raise CardFaulty(_("This is our own card: they need it, you need theirs."))
    try:
        with transaction.atomic():
            peer = Peer.objects.create(
                name=card.name,
                country=card.country,
                serves=" ".join(serves or (card.country,)),
                added_at=now(),
            )
    except IntegrityError:
        raise PeerKnown(_("This hotline already exists: add a new card on its page.")) from None
    record(PeerAdded(subject=peer.id), by=by)
    _propose(peer, card, by)
    return peer.id


@transaction.atomic
def propose_card(*, peer_id: UUID, card_text: str, by: Actor) -> UUID:
    """Add a new card of a hotline, because its keys or its address changed; return its id.

    A card that was retired may come again. Refuses keys that another hotline has, and a card that
    counts or waits already.
    """
    access.require(by, access.PROPOSE)
    peer = Peer.locked(peer_id)
    return _propose(peer, Card.read(card_text), by)


@transaction.atomic
def approve_card(*, card_id: UUID, by: Actor) -> None:
    """Agree, as a second person who compared the check number, that a card is the hotline's own.

    From now on letters go to its address, sealed to its keys. An older card still counts for what
    is on its way, until it is retired; one with the same keys ends at once.
    """
    access.require(by, access.APPROVE)
    # The hotline first, so that two of its cards are not approved at the same moment.
    Peer.objects.select_for_update(of=("self",)).filter(cards=card_id).first()
    card = PeerCard.locked(card_id)
    if card.approved_at is not None or card.retired_at is not None:
        raise CardOver(_("This card was already approved or retired."))
    if card.proposed_by == by.key:
        raise SamePerson(_("Someone else must do this: not the person who added the card."))
    _check_of_nobody_else(card.peer, card.signing_id)
    for older in _that_bear(card.signing_id).filter(peer=card.peer).exclude(id=card.id):
        _retire(older, by)
    card.approved_by, card.approved_at = by.key, now()
    try:
        with transaction.atomic():
            card.save(update_fields=("approved_by", "approved_at"))
    except IntegrityError:
        raise _known() from None
    record(CardApproved(subject=card.peer_id, card=card.id), by=by)


@transaction.atomic
def retire_card(*, card_id: UUID, by: Actor) -> None:
    """End a card at once: nothing signed with its key is accepted. One person is enough."""
    access.require(by, access.APPROVE)
    card = PeerCard.locked(card_id)
    if card.retired_at is None:
        _retire(card, by)


@transaction.atomic
def block_peer(*, peer_id: UUID, by: Actor) -> None:
    """Stop all letters to and from a hotline. One person is enough."""
    access.require(by, access.APPROVE)
    find(Peer, id=peer_id)
    if Peer.objects.filter(id=peer_id, blocked_at__isnull=True).update(blocked_at=now()):
        record(PeerBlocked(subject=peer_id), by=by)


@transaction.atomic
def unblock_peer(*, peer_id: UUID, by: Actor) -> None:
    """Allow letters again; its approved cards count as before."""
    access.require(by, access.APPROVE)
    find(Peer, id=peer_id)
    if Peer.objects.filter(id=peer_id, blocked_at__isnull=False).update(blocked_at=None):
        record(PeerUnblocked(subject=peer_id), by=by)


def _propose(peer: Peer, card: Card, by: Actor) -> UUID:
    _check_of_nobody_else(peer, card.keys.signing_id)
    same = _that_bear(card.keys.signing_id).filter(address=card.address, sealing=card.keys.sealing)
    if same.exists():
        raise _known()
    proposed = PeerCard.objects.create(
        peer=peer,
        address=card.address,
        signing=card.keys.signing,
        sealing=card.keys.sealing,
        signing_id=card.keys.signing_id,
        proposed_by=by.key or by.kind.value,
        proposed_at=now(),
    )
    record(CardProposed(subject=peer.id, card=proposed.id), by=by)
    return proposed.id


def _that_bear(signing_id: str) -> QuerySet[PeerCard]:
    """Return the cards with a key that count or wait, locked."""
    found = PeerCard.objects.select_for_update()
    return found.filter(signing_id=signing_id, retired_at__isnull=True).order_by("id")


def _check_of_nobody_else(peer: Peer, signing_id: str) -> None:
    if PeerCard.objects.filter(signing_id=signing_id).exclude(peer=peer).exists():
        raise _known()


def _known() -> PeerKnown:
    return PeerKnown(_("A card with these keys already exists."))


def _retire(card: PeerCard, by: Actor) -> None:
    card.retired_at = now()
    card.save(update_fields=("retired_at",))
    record(CardRetired(subject=card.peer_id, card=card.id), by=by)


# A hotline abroad for the demonstration: invented, with real keys that nobody keeps.


ADDRESS = "https://hotline.example"


def add_hotline(*, name: str, country: str, second: Actor, by: Actor) -> UUID:
    """Add an invented hotline and let a second person approve it; return its id."""
    with TemporaryDirectory() as folder:
        create_key_ring(Path(folder), lines=[EXCHANGE])
        keys = pair_in(Path(folder), EXCHANGE)
    card = Card(name=name, country=country, address=ADDRESS, keys=keys)
    peer_id = add_peer(card_text=card.to_text(), by=by)
    approve_card(card_id=PeerCard.objects.get(peer_id=peer_id).id, by=second)
    return peer_id
