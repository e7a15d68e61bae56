"""Hear what people decide, and tell the sources of what they decided on."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from balise.foundation.actors import SYSTEM, ActorKind
from balise.foundation.journal.models import Entry
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.schedule import Every
from balise.hotline.matching.exchange import queries
from balise.hotline.matching.exchange.actions import voting
from balise.hotline.matching.exchange.rules.items import Fault, Vote
from balise.hotline.matching.exchange.rules.sources import SOURCES
from balise.hotline.matching.exchange.tasks.calling import NotRead, access_of, call

_OF_OPINION = {"positive": Vote.AGREES, "negative": Vote.DISAGREES}  # others say nothing


def vote_on_judged(entries: Sequence[Entry]) -> None:
    """Vote on what matched a content that a person opened and decided."""
    for one in entries:
        _vote(one, distance=one.facts["distance"])


def vote_on_thought(entries: Sequence[Entry]) -> None:
    """Vote on entries that people thought over."""
    for one in entries:
        if one.actor_kind == ActorKind.STAFF:
            _vote(one)


def _vote(one: Entry, *, distance: int = 0) -> None:
    vote = _OF_OPINION.get(one.facts["opinion"])
    if vote is not None:
        voting.vote_on_entry(entry=one.facts["entry"], vote=vote, distance=distance, by=SYSTEM)


def send_queued(entries: Sequence[Entry]) -> None:
    """Queue the votes that have just been given."""
    for one in entries:
        send.later(ballot_id=one.subject)


@job(attempts=1)
def send_due() -> None:
    """Queue the votes whose next attempt is due."""
    for ballot_id in queries.ballots_due():
        send.later(ballot_id=ballot_id)


@job(attempts=1, outside=True)
def send(ballot_id: str) -> None:
    """Tell a source of one vote; its own row says when it is tried again."""
    told = voting.hand_over(ballot_id=UUID(ballot_id), by=SYSTEM)
    access = told and access_of(told.source)
    if not told or not access:
        return
    adapter = SOURCES[told.source]
    ask = adapter.votes(told.reference, told.kind, told.vote)
    if ask is None:
        return
    try:
        answer = call(access, ask, headers=adapter.headers(access), user=adapter.user(access))
    except NotRead as error:
        if error.fault is Fault.REFUSED:
            voting.note_refused(ballot_id=UUID(ballot_id), by=SYSTEM)
        return
    if answer.is_success:
        voting.note_sent(ballot_id=UUID(ballot_id), by=SYSTEM)
    else:
        voting.note_refused(ballot_id=UUID(ballot_id), by=SYSTEM)


SCHEDULE = (Every(timedelta(minutes=5), send_due),)
