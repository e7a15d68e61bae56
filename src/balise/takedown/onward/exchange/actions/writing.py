"""Write letters: a transfer of content, or an answer to one that was transferred to us."""

from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import keep, new_key
from balise.foundation.finding import NotHere, find
from balise.foundation.journal.book import record
from balise.foundation.refusals import Refused
from balise.takedown.onward.exchange import access
from balise.takedown.onward.exchange.events import LetterQueued
from balise.takedown.onward.exchange.models import Letter, Peer, Transfer
from balise.takedown.onward.exchange.queries.peers import approved_card
from balise.takedown.onward.exchange.rules import letters
from balise.takedown.onward.exchange.rules.letters import Statement
from balise.takedown.onward.exchange.rules.words import (
    Direction,
    Fault,
    LetterKind,
    Outcome,
    Reason,
    TransferState,
    check_resend,
    check_step,
)

SEALED = "referrals_exchange.letter.sealed"


class AlreadyHandedOver(Refused, code="already-handed-over"):
    """The hotline has the content already, or it is on its way there."""


class NobodyToWriteTo(Refused, code="nobody-to-write-to"):
    """The hotline has no card that two people have approved, or is blocked."""


def send(*, line: str, subject: UUID, peer_id: UUID, statement: Statement, by: Actor) -> UUID:
    """Hand a content over to another hotline, and return the transfer; a worker carries it.

    Refuses a hotline without approved keys, and a second open transfer of the content to it.
    """
    access.require_for(by, access.SEND, line=line)
    transfer_id, at = uuid4(), now()
    try:
        with transaction.atomic():
            peer = find(Peer, id=peer_id)
            if approved_card(peer) is None:
                raise NobodyToWriteTo(_("Two people must have approved the keys of this hotline."))
            one = Transfer.objects.create(
                id=transfer_id,
                direction=Direction.OUT,
                number=transfer_id,
                peer=peer,
                line=line,
                subject=subject,
                country=statement.country,
                by=by.key,
                state=TransferState.QUEUED,
                begun_at=at,
                moved_at=at,
            )
            record(one.moved, by=by)
            letter = letters.Letter(kind=LetterKind.REPORT, about=one.number, statement=statement)
            _queue(one, letter, by=by)
    except IntegrityError:
        raise AlreadyHandedOver(_("This hotline already has this content.")) from None
    return transfer_id


@transaction.atomic
def resend(*, transfer_id: UUID, by: Actor) -> None:
    """Try again what has not arrived: the same letters, under the same number.

    What we answer about a content that came to us does not change the state of the content.
    """
    access.require(by, access.SEND)
    one = _locked(transfer_id)
    access.require_for(by, access.SEND, line=one.line)
    has_given_up = Letter.given_up().filter(transfer=one).exists()
    check_resend(one.goes, one.stands, has_given_up=has_given_up)
    at = now()
    if one.goes is Direction.OUT:
        one.state, one.moved_at = TransferState.QUEUED, at
    one.fault = Fault.NONE
    one.save(update_fields=("state", "fault", "moved_at"))
    for letter in one.letters.filter(delivered_at__isnull=True):
        letter.attempts, letter.next_at, letter.written_at = 0, at, at
        letter.save(update_fields=("attempts", "next_at", "written_at"))
        record(LetterQueued(subject=letter.id, transfer=one.id), by=by)
    record(one.moved, by=by)


@transaction.atomic
def withdraw(*, transfer_id: UUID, by: Actor) -> None:
    """Cancel a transfer that was not sent yet, or has not arrived."""
    access.require(by, access.SEND)
    one = _locked(transfer_id)
    access.require_for(by, access.SEND, line=one.line)
    check_step("withdraw", one.stands)
    one.state, one.moved_at, one.closed_at = TransferState.WITHDRAWN, now(), now()
    one.save(update_fields=("state", "moved_at", "closed_at"))
    one.letters.filter(delivered_at__isnull=True).update(next_at=None)
    record(one.moved, by=by)


@transaction.atomic
def refuse(*, transfer_id: UUID, reason: Reason, by: Actor) -> None:
    """Refuse content that was taken in automatically, and tell its hotline why."""
    access.require(by, access.SEND)
    one = _locked(transfer_id)
    access.require_for(by, access.SEND, line=one.line)
    check_step("refuse", one.stands if one.goes is Direction.IN else TransferState.SENT)
    answer(one=one, kind=LetterKind.REFUSED, reason=reason, by=by)


@transaction.atomic
def note_outcome(*, line: str, subject: UUID, outcome: Outcome, by: Actor) -> int:
    """Tell each hotline that transferred this content the outcome; return how many are told.

    Nothing is said twice; an outcome that has changed (it is back) is said again.
    """
    told = 0
    waiting = Transfer.objects.select_for_update().filter(
        direction=Direction.IN,
        line=line,
        subject=subject,
        state__in=(TransferState.ACCEPTED, TransferState.CLOSED),
    )
    for one in waiting.order_by("id"):
        if one.came_of_it is not outcome:
            answer(one=one, kind=LetterKind.OUTCOME, outcome=outcome, by=by)
            told += 1
    return told


def answer(
    *,
    one: Transfer,
    kind: LetterKind,
    outcome: Outcome = Outcome.NONE,
    reason: Reason = Reason.NONE,
    by: Actor,
) -> None:
    """Write one answer about content that was transferred to us, in the open transaction."""
    at = now()
    one.turn += 1
    match kind:
        case LetterKind.REFUSED:
            one.state, one.reason, one.closed_at = TransferState.REFUSED, reason, at
        case LetterKind.OUTCOME if outcome.is_final:
            one.state, one.outcome, one.closed_at = TransferState.CLOSED, outcome, at
        case _:
            one.state, one.outcome, one.closed_at = TransferState.ACCEPTED, outcome, None
    one.moved_at = at
    one.save()
    record(one.moved, by=by)
    said = letters.Answer(turn=one.turn, at=at, outcome=outcome, reason=reason)
    _queue(one, letters.Letter(kind=kind, about=one.number, answer=said), by=by)


def _queue(one: Transfer, letter: letters.Letter, *, by: Actor) -> None:
    letter_id = uuid4()
    key = new_key(one.line or LINE_OF_THE_UNREAD, letter_id)
    Letter.objects.create(
        id=letter_id,
        transfer=one,
        line=key.line,
        sealed=key.seal(letter.to_fields(), where=SEALED, row=letter_id),
        written_at=now(),
        next_at=now(),
    )
    keep(key)
    record(LetterQueued(subject=letter_id, transfer=one.id), by=by)


# What could not be read belongs to no line; the answer to it is sealed to our own keys for letters.
LINE_OF_THE_UNREAD = "exchange"


def _locked(transfer_id: UUID) -> Transfer:
    one = Transfer.locked(id=transfer_id)
    if one is None:
        raise NotHere
    return one
