"""Admit requests signed by a hotline that two people approved, and save its letters unopened.

No private key is needed here: the door keeps a letter that bears the right signature, and a worker
opens it.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from balise.foundation.actors import Actor, ActorKind
from balise.foundation.clock import now
from balise.foundation.encryption.signatures import is_signed_by
from balise.foundation.journal.book import record
from balise.takedown.onward.exchange import access
from balise.takedown.onward.exchange.events import LetterArrived
from balise.takedown.onward.exchange.models import Arrival, Nonce
from balise.takedown.onward.exchange.queries.peers import signer
from balise.takedown.onward.exchange.rules.letters import Envelope, LetterFaulty
from balise.takedown.onward.exchange.rules.signing import (
    CLOCKS_DIFFER_BY,
    SignatureFaulty,
    SignedRequest,
    read_claim,
)


@dataclass(frozen=True, slots=True)
class Brought:
    """A letter that is saved: its number, and whether it is new."""

    letter: UUID
    is_new: bool


def admit(*, request: SignedRequest, by: Actor) -> Actor | None:  # noqa: ARG001 - a stranger so far
    """Return who signed a request, or None: unknown, blocked, forged, stale or repeated."""
    try:
        claim = read_claim(request, at=now())
        text = claim.text(request)
    except (SignatureFaulty, UnicodeEncodeError):
        return None
    card = signer(claim.key_id)
    if card is None or not is_signed_by(bytes(card.signing), text, claim.signature):
        return None
    try:
        with transaction.atomic():
            Nonce.objects.create(
                peer_id=card.peer_id,
                nonce=claim.nonce,
                expires_at=claim.expires + 2 * CLOCKS_DIFFER_BY,
            )
    except IntegrityError:
        return None  # a replay
    return Actor(ActorKind.PARTNER, str(card.peer_id), frozenset({access.BRING}))


def keep_letter(*, octets: bytes, by: Actor) -> Brought:
    """Keep a letter that a hotline brought, or that was fetched from it; the same again is not new.

    Raises LetterFaulty for what is no envelope, and for one that this hotline did not sign.
    """
    access.require(by, access.BRING)
    peer_id = UUID(by.key)
    envelope = Envelope.read(octets)
    card = signer(envelope.sender)
    if card is None or card.peer_id != peer_id:
        raise LetterFaulty("the letter is another's")
    if not is_signed_by(bytes(card.signing), envelope.signed_text, envelope.signature):
        raise LetterFaulty("the letter's signature")
    try:
        with transaction.atomic():
            arrival = Arrival.objects.create(
                peer_id=peer_id, letter=envelope.id, envelope=octets, arrived_at=now()
            )
            record(LetterArrived(subject=arrival.id, peer=peer_id), by=by)
    except IntegrityError:
        return Brought(envelope.id, is_new=False)
    return Brought(envelope.id, is_new=True)
