"""Six challenges by e-mail: ask, confirm, leave. An address is kept for them alone.

The public door adds a row and writes facts; the worker does what they say.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from balise.awareness.activities.charter import access, events
from balise.awareness.activities.charter.models import Challenged
from balise.awareness.activities.charter.rules.challenges import MANY
from balise.foundation.actors import Actor
from balise.foundation.journal.book import record
from balise.foundation.mail import subscribers


@transaction.atomic
def ask(*, address: str, language: str, by: Actor) -> UUID:
    """Keep an address, sealed, until its owner confirms; returns whose it is. Anyone may."""
    found = subscribers.add(Challenged, address=address, language=language)
    record(events.ChallengesAsked(subject=found), by=by)
    return found


@transaction.atomic
def confirm(*, challenged: UUID, by: Actor) -> None:
    """Say that the address is one's own, with the link that only its mailbox has."""
    record(events.ChallengesConfirmed(subject=challenged), by=by)


@transaction.atomic
def leave(*, challenged: UUID, by: Actor) -> None:
    """Say that one does not want them any more, with the link of a mail."""
    record(events.ChallengesLeft(subject=challenged), by=by)


@transaction.atomic
def settle(*, challenged: UUID, left: bool, by: Actor) -> None:
    """Do what the bearer of a link said: keep this address for six weeks, or destroy it."""
    access.require(by, access.WRITE)
    subscribers.settle(Challenged, challenged, left=left)


@transaction.atomic
def note_sent(*, challenged: UUID, number: int, by: Actor) -> None:
    """Note that a challenge left; after the sixth the address is destroyed."""
    access.require(by, access.WRITE)
    subscribers.note_told(Challenged, challenged, number=number)
    record(events.ChallengeSent(subject=challenged, number=number), by=by)
    if number >= MANY:
        subscribers.erase(Challenged, [challenged])


@transaction.atomic
def erase(*, addresses: Sequence[UUID], by: Actor) -> int:
    """Destroy addresses and their keys; return how many."""
    access.require(by, access.WRITE)
    return subscribers.erase(Challenged, addresses)
