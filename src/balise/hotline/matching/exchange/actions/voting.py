"""What we tell a source of an entry of its list once a person has decided; until it has it."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.hotline.matching.exchange import access
from balise.hotline.matching.exchange.events import VoteQueued, VoteRefused, VoteSent
from balise.hotline.matching.exchange.models import Ballot, Held, HeldEntry
from balise.hotline.matching.exchange.rules.items import Vote
from balise.hotline.matching.exchange.rules.sources import SOURCES
from balise.hotline.matching.signals.rules.kinds import HashKind

_AGAIN = timedelta(minutes=5)
_LONGEST = timedelta(hours=12)
_MOST_DOUBLINGS = 8


@dataclass(frozen=True, slots=True)
class ToTell:
    """A vote that is to be sent."""

    source: str
    reference: str
    kind: HashKind
    vote: Vote


@transaction.atomic
def vote_on_entry(*, entry: int, vote: Vote, distance: int = 0, by: Actor) -> bool:
    """Queue a vote on an entry of a source, because a person said what they think; return whether.

    `distance`, in bits, is that of what the person saw. Only the very same hash can be disagreed
    with: what is near may be another picture.
    """
    access.require(by, access.MANAGE)
    if vote is Vote.DISAGREES and distance:
        return False
    found = HeldEntry.objects.filter(entry=entry).select_related("held__source").first()
    return found is not None and _queue(found.held, found.kind, vote, by)


@transaction.atomic
def hand_over(*, ballot_id: UUID, by: Actor) -> ToTell | None:
    """Return a vote that is due, for one attempt, or None; when it is tried next is set before."""
    access.require(by, access.MANAGE)
    one = Ballot.locked(ballot_id)
    if one.next_at is None or one.next_at > now():
        return None
    one.attempts += 1
    wait: timedelta = _AGAIN * (1 << min(one.attempts, _MOST_DOUBLINGS))
    one.next_at = now() + min(wait, _LONGEST)
    one.save()
    return ToTell(one.held.source.code, one.held.reference, HashKind(one.kind), one.vote)


@transaction.atomic
def note_sent(*, ballot_id: UUID, by: Actor) -> None:
    """Write down that the source has a vote."""
    access.require(by, access.MANAGE)
    one = Ballot.locked(ballot_id)
    if one.next_at is not None:
        one.sent_at, one.next_at = now(), None
        one.save()
        source = Code(one.held.source.code)
        record(VoteSent(subject=one.id, source=source, vote=one.vote), by=by)


@transaction.atomic
def note_refused(*, ballot_id: UUID, by: Actor) -> None:
    """Write down that the source does not take a vote: nobody tries again."""
    access.require(by, access.MANAGE)
    one = Ballot.locked(ballot_id)
    if one.next_at is not None:
        one.refused_at, one.next_at = now(), None
        one.save()
        source = Code(one.held.source.code)
        record(VoteRefused(subject=one.id, source=source, vote=one.vote), by=by)


def _queue(held: Held, kind: str, vote: Vote, by: Actor) -> bool:
    """Queue a vote, if the source hears one and was not told it before; return whether."""
    adapter = SOURCES.get(held.source.code)
    if adapter is None or adapter.votes(held.reference, HashKind(kind), vote) is None:
        return False
    one, is_new = Ballot.objects.get_or_create(
        held=held,
        said=vote,
        defaults={"kind": kind, "queued_at": now(), "next_at": now()},
    )
    if is_new:
        source = Code(held.source.code)
        record(VoteQueued(subject=one.id, source=source, vote=vote), by=by)
    return is_new
