"""Send letters to other hotlines, fetch theirs, and read what has come."""

from base64 import b64decode
from collections.abc import Sequence
from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

import orjson

from balise.foundation import strict_json
from balise.foundation.actors import SYSTEM, Actor, ActorKind
from balise.foundation.journal.models import Entry
from balise.foundation.outgoing import Answer
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.schedule import Every
from balise.takedown.onward.exchange import access
from balise.takedown.onward.exchange.actions import admitting, carrying, forgetting, reading
from balise.takedown.onward.exchange.actions.carrying import ToCarry
from balise.takedown.onward.exchange.models import Peer
from balise.takedown.onward.exchange.queries import peers
from balise.takedown.onward.exchange.rules.letters import LetterFaulty
from balise.takedown.onward.exchange.rules.words import Fault
from balise.takedown.onward.exchange.tasks.calling import NotReached, call

LETTERS = "/letters"
TAKEN = "/letters/taken"
# They say that this letter is malformed; everything else may pass.
_MALFORMED = frozenset({HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.CONTENT_TOO_LARGE})


def carry_queued(entries: Sequence[Entry]) -> None:
    """Queue the letters that someone has just written."""
    for entry in entries:
        carry.later(letter_id=entry.subject)


def read_arrived(entries: Sequence[Entry]) -> None:
    """Queue the reading of letters that have just come."""
    for entry in entries:
        read.later(arrival_id=entry.subject)


@job(attempts=1, outside=True)
def carry(letter_id: str) -> None:
    """Send one letter, if it still waits; its own row says when it is tried again."""
    ready = carrying.make_ready(letter_id=UUID(letter_id), by=SYSTEM)
    if ready is None:
        return
    fault = _brought(ready)
    if fault is Fault.NONE:
        carrying.note_arrived(letter_id=ready.letter_id, by=SYSTEM)
    else:
        carrying.note_not_arrived(letter_id=ready.letter_id, fault=fault, by=SYSTEM)


@job(attempts=8)
def read(arrival_id: str) -> None:
    """Read one letter that has come, if nobody has."""
    reading.read(arrival_id=UUID(arrival_id), by=SYSTEM)


@job(attempts=1)
def carry_due() -> None:
    """Queue the letters whose next attempt is due: a worker may have died at one."""
    for letter_id in peers.due_letters():
        carry.later(letter_id=letter_id)


@job(attempts=1)
def read_left() -> None:
    """Queue the letters that nobody read: a job may have been given up."""
    for arrival_id in peers.unread_arrivals():
        read.later(arrival_id=arrival_id)


@job(attempts=1)
def fetch_all() -> None:
    """Ask each hotline for letters that it could not send."""
    for one in peers.writing_peers():
        fetch.later(peer_id=one.id)


@job(attempts=1, outside=True)
def fetch(peer_id: str) -> None:
    """Ask one hotline for the letters that wait there for us, keep them, and say so."""
    one = peers.peer_of(UUID(peer_id))
    card = peers.approved_card(one)
    if card is None:
        return
    try:
        reply = call(card.address, LETTERS, method="GET")
        kept = _kept(one, reply) if reply.status == HTTPStatus.OK else []
        if kept:
            body = orjson.dumps({"letters": kept})
            call(card.address, TAKEN, method="POST", body=body)
    except NotReached:
        return  # it is asked again soon
    carrying.note_asked(peer_id=one.id, by=SYSTEM)


@job(attempts=1)
def forget_nonces() -> None:
    """Delete nonces that can no longer be repeated in time."""
    forgetting.forget_nonces(by=SYSTEM)


def _brought(ready: ToCarry) -> Fault:
    """Send a letter, and return what prevented it; nothing once it is acknowledged."""
    try:
        reply = call(ready.address, LETTERS, method="POST", body=ready.envelope)
    except NotReached:
        return Fault.UNREACHABLE
    if reply.status in {HTTPStatus.OK, HTTPStatus.ACCEPTED}:
        return Fault.NONE if _acknowledges(reply, ready.letter_id) else Fault.NOT_TAKEN
    return Fault.MALFORMED if reply.status in _MALFORMED else Fault.NOT_TAKEN


def _acknowledges(reply: Answer, letter_id: UUID) -> bool:
    try:
        said = strict_json.loads(reply.body)
    except strict_json.FAULTS:
        return False
    return isinstance(said, dict) and said.get("received") == str(letter_id)


def _kept(one: Peer, reply: Answer) -> list[UUID]:
    bringer = Actor(ActorKind.PARTNER, str(one.id), frozenset({access.BRING}))
    kept: list[UUID] = []
    try:
        envelopes = [
            b64decode(each, validate=True) for each in strict_json.loads(reply.body)["letters"]
        ]
    except (KeyError, TypeError, ValueError):
        return kept
    for octets in envelopes:
        try:
            kept.append(admitting.keep_letter(octets=octets, by=bringer).letter)
        except LetterFaulty:
            continue  # none of theirs: they keep it
    return kept


SCHEDULE = (
    Every(timedelta(seconds=30), carry_due),
    Every(timedelta(minutes=1), read_left),
    Every(timedelta(minutes=5), fetch_all),
    Every(timedelta(minutes=10), forget_nonces),
)
