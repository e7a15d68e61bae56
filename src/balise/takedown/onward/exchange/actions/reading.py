"""Open a letter that arrived, and act on it: take content in, or note the outcome of ours.

All of it is one transaction with the letter's own mark, so a letter is done once.
"""

from uuid import UUID

from django.db import transaction

from balise.foundation.actors import Actor, ActorKind
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import SealBroken
from balise.foundation.encryption.signatures import open_inward
from balise.foundation.journal.book import record
from balise.foundation.refusals import Refused
from balise.takedown.onward.exchange import ports
from balise.takedown.onward.exchange.actions.writing import answer
from balise.takedown.onward.exchange.events import LetterUnreadable
from balise.takedown.onward.exchange.models import Arrival, Peer, Transfer
from balise.takedown.onward.exchange.queries.peers import EXCHANGE
from balise.takedown.onward.exchange.rules.letters import (
    Answer,
    Envelope,
    Letter,
    LetterFaulty,
    Statement,
)
from balise.takedown.onward.exchange.rules.words import (
    NOT_OVER,
    Direction,
    Fault,
    LetterKind,
    Outcome,
    Reason,
    TransferState,
    state_after,
)


def read(*, arrival_id: UUID, by: Actor) -> None:
    """Open a letter and act on it, once; needs our private key for letters (KeyNotHeld).

    A letter that we cannot read is marked so; nothing else follows.
    """
    with transaction.atomic():
        arrival = Arrival.objects.select_for_update().filter(id=arrival_id).first()
        if arrival is None or arrival.read_at is not None:
            return
        try:
            letter = _opened(arrival)
        except (SealBroken, LetterFaulty):
            arrival.is_readable = False
            record(LetterUnreadable(subject=arrival.id, peer=arrival.peer_id), by=by)
        else:
            arrival.is_readable = True
            _do(letter, arrival.peer, by=by)
        # What it said is ours now, sealed to the line that has it; the letter itself goes.
        arrival.read_at, arrival.envelope = now(), b""
        arrival.save(update_fields=("read_at", "is_readable", "envelope"))


def _opened(arrival: Arrival) -> Letter:
    envelope = Envelope.read(bytes(arrival.envelope))
    text = open_inward(EXCHANGE, envelope.recipient, envelope.sealed, bound_to=envelope.bound_to)
    return Letter.from_bytes(text)


def _do(letter: Letter, peer: Peer, *, by: Actor) -> None:
    if letter.statement is not None:
        _take_in(letter.about, letter.statement, peer, by=by)
    elif letter.answer is not None:
        _hear(letter.about, letter.kind, letter.answer, peer, by=by)


def _take_in(number: UUID, statement: Statement, peer: Peer, *, by: Actor) -> None:
    if Transfer.locked(peer=peer, direction=Direction.IN, number=number) is not None:
        return
    at = now()
    one = Transfer(
        direction=Direction.IN,
        number=number,
        peer=peer,
        country=peer.country,
        state=TransferState.RECEIVED,
        begun_at=at,
        moved_at=at,
    )
    bringer = Actor(ActorKind.PARTNER, str(peer.id))
    try:
        with transaction.atomic():
            taken = ports.take_in.ask(number=f"{peer.id}:{number}", statement=statement, by=bringer)
    except Refused:
        one.save()
        answer(one=one, kind=LetterKind.REFUSED, reason=Reason.UNREADABLE, by=by)
        return
    one.line, one.subject = taken.line, taken.content
    one.save()
    answer(one=one, kind=LetterKind.ACCEPTED, by=by)
    if taken.outcome is not Outcome.NONE:  # known here, and decided
        answer(one=one, kind=LetterKind.OUTCOME, outcome=taken.outcome, by=by)


def _hear(number: UUID, kind: LetterKind, said: Answer, peer: Peer, *, by: Actor) -> None:
    one = Transfer.locked(peer=peer, direction=Direction.OUT, number=number)
    if one is None or said.turn <= one.turn or one.stands is TransferState.WITHDRAWN:
        return
    one.turn = said.turn
    again = _is_handed_again(one)
    one.state = state_after(one.stands, kind, said.outcome, is_handed_again=again)
    one.outcome = said.outcome if kind is LetterKind.OUTCOME else one.outcome
    one.reason, one.fault, one.moved_at = said.reason, Fault.NONE, now()
    one.closed_at = now() if one.stands in {TransferState.CLOSED, TransferState.REFUSED} else None
    one.save()
    record(one.moved, by=by)


def _is_handed_again(one: Transfer) -> bool:
    """Whether the same content is with this hotline under another number that is not over."""
    same = Transfer.objects.filter(
        peer=one.peer, direction=Direction.OUT, line=one.line, subject=one.subject
    )
    return same.filter(state__in=sorted(NOT_OVER)).exclude(id=one.id).exists()
