"""Send letters: encrypted and signed once, sent until the other hotline acknowledges them.

A letter that was sent twice is one letter there, so nothing is lost or doubled if a process stops:
its envelope is kept, and it waits here until its arrival is known.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import KeyForgotten, key_of_line
from balise.foundation.encryption.signatures import seal_outward, sign_outward
from balise.foundation.journal.book import record
from balise.takedown.onward.exchange.actions.writing import SEALED
from balise.takedown.onward.exchange.models import Letter, Peer, PeerCard, Transfer
from balise.takedown.onward.exchange.queries.peers import EXCHANGE, approved_card, own_card
from balise.takedown.onward.exchange.rules import letters
from balise.takedown.onward.exchange.rules.letters import Envelope
from balise.takedown.onward.exchange.rules.words import Direction, Fault, TransferState

TRIED_FOR = timedelta(days=14)
_FIRST_PAUSE = timedelta(seconds=20)
_LONGEST_PAUSE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ToCarry:
    """A letter ready to be carried, and where to."""

    letter_id: UUID
    address: str
    envelope: bytes


def make_ready(*, letter_id: UUID, by: Actor) -> ToCarry | None:
    """Return a letter sealed and signed for its hotline; None where it is not to be carried.

    None for what has arrived or was given up, and for what cannot be written any more (this is
    written down). It counts as an attempt.
    """
    with transaction.atomic():
        letter = _locked(letter_id)
        if letter is None or letter.next_at is None:
            return None
        one = letter.transfer
        card = approved_card(one.peer)
        if card is None:
            _postpone(letter, Fault.NO_KEYS, by=by)
            return None
        keys = (own_card().keys.signing_id, card.keys.sealing_id)
        if (letter.sender, letter.recipient) != keys:
            try:
                _seal(letter, card)
            except KeyForgotten:
                _give_up(letter, Fault.FORGOTTEN, by=by)
                return None
        letter.attempts += 1
        letter.next_at = now() + _pause(letter.attempts)
        letter.save(update_fields=("attempts", "next_at", "envelope", "sender", "recipient"))
        if one.goes is Direction.OUT and one.stands is TransferState.QUEUED:
            _move(one, TransferState.SENT, by=by)
    return ToCarry(letter_id, card.address, bytes(letter.envelope))


def note_arrived(*, letter_id: UUID, by: Actor) -> None:
    """Note that the other hotline has a letter: it no longer waits."""
    with transaction.atomic():
        letter = _locked(letter_id)
        if letter is None or letter.delivered_at is not None:
            return
        letter.delivered_at, letter.next_at = now(), None
        letter.save(update_fields=("delivered_at", "next_at"))
        one = letter.transfer
        if one.goes is Direction.OUT and one.stands in {
            TransferState.QUEUED,
            TransferState.SENT,
            TransferState.FAILED,
        }:
            _move(one, TransferState.RECEIVED, by=by)
        elif one.hindered_by is not Fault.NONE:
            one.fault = Fault.NONE
            one.save(update_fields=("fault",))


def note_not_arrived(*, letter_id: UUID, fault: Fault, by: Actor) -> None:
    """Note that a letter was not taken. Only what they cannot read is not tried again."""
    with transaction.atomic():
        letter = _locked(letter_id)
        if letter is None or letter.next_at is None:
            return
        if fault is Fault.MALFORMED:
            _give_up(letter, fault, by=by)
        else:
            _postpone(letter, fault, by=by)


def note_fetched(*, peer_id: UUID, letter_ids: list[UUID], by: Actor) -> int:
    """Note that a hotline has fetched letters of ours; return how many were waiting for it."""
    fetched = 0
    mine = Letter.objects.filter(
        id__in=letter_ids, transfer__peer_id=peer_id, delivered_at__isnull=True
    )
    for letter_id in mine.values_list("id", flat=True):
        note_arrived(letter_id=letter_id, by=by)
        fetched += 1
    return fetched


def _seal(letter: Letter, card: PeerCard) -> None:
    key = key_of_line(letter.line, letter.id)
    said = letters.Letter.from_fields(key.open(letter.sealed, where=SEALED, row=letter.id))
    draft = Envelope(
        id=letter.id,
        sender=own_card().keys.signing_id,
        recipient=card.keys.sealing_id,
        sealed=b"",
    )
    sealed = seal_outward(card.keys.sealing, said.to_bytes(), bound_to=draft.bound_to)
    envelope = Envelope(id=draft.id, sender=draft.sender, recipient=draft.recipient, sealed=sealed)
    signature = sign_outward(EXCHANGE, envelope.signed_text)
    letter.envelope = envelope.signed(signature.value).to_bytes()
    letter.sender, letter.recipient = envelope.sender, envelope.recipient


def _postpone(letter: Letter, fault: Fault, *, by: Actor) -> None:
    if now() - letter.written_at > TRIED_FOR:
        _give_up(letter, fault if fault is Fault.NO_KEYS else Fault.TOO_LATE, by=by)
        return
    letter.next_at = now() + _pause(letter.attempts)
    letter.save(update_fields=("next_at",))
    one = letter.transfer
    if one.hindered_by is not fault:
        one.fault = fault
        one.save(update_fields=("fault",))


def _give_up(letter: Letter, fault: Fault, *, by: Actor) -> None:
    letter.next_at = None
    letter.save(update_fields=("next_at",))
    one = letter.transfer
    one.fault = fault
    if one.goes is Direction.OUT:
        _move(one, TransferState.FAILED, by=by)
    else:
        one.save(update_fields=("fault",))
        record(one.moved, by=by)


def _move(one: Transfer, state: TransferState, *, by: Actor) -> None:
    one.state, one.moved_at = state, now()
    if state is not TransferState.FAILED:
        one.fault = Fault.NONE
    one.save(update_fields=("state", "moved_at", "fault"))
    record(one.moved, by=by)


def _pause(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts: 20 s, 40 s, 80 s … at most an hour."""
    doublings: int = 2 ** min(max(attempts - 1, 0), 12)
    return min(_FIRST_PAUSE * doublings, _LONGEST_PAUSE)


def _locked(letter_id: UUID) -> Letter | None:
    # The transfer first, as when cancelling or trying again: an answer may be read meanwhile.
    of = Letter.objects.filter(id=letter_id).values_list("transfer_id", flat=True).first()
    one = Transfer.locked(id=of) if of is not None else None
    letter = Letter.objects.select_for_update().filter(id=letter_id).first()
    if one is None or letter is None:
        return None
    letter.transfer = one
    return letter


def hurry(*, by: Actor) -> int:  # noqa: ARG001 - an action names its actor
    """Make every letter that waits due now, because someone asks; return how many."""
    return Letter.objects.filter(next_at__gt=now()).update(next_at=now())


def note_asked(*, peer_id: UUID, by: Actor) -> None:  # noqa: ARG001 - an action names its actor
    """Note that a hotline answered when we asked it for letters."""
    Peer.objects.filter(id=peer_id).update(fetched_at=now())
