"""What was sent and received, and its state."""

from uuid import UUID

from django.db.models import Count, Q, QuerySet

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.finding import find
from balise.takedown.onward.exchange import access
from balise.takedown.onward.exchange.models import Arrival, Letter, Peer, Transfer
from balise.takedown.onward.exchange.queries.peers import approved_card
from balise.takedown.onward.exchange.rules.words import OPEN, Direction, Fault, TransferState

PAGE = 200
FETCHED_AT_ONCE = 50


def transfers(direction: Direction, *, seen_by: Actor, only_open: bool = False) -> list[Transfer]:
    """Return the transfers of one's own lines in one direction, the newest first, PAGE at most."""
    access.require(seen_by, access.READ)
    found = _of_lines(seen_by).filter(direction=direction)
    if only_open:
        found = found.filter(state__in=(*sorted(OPEN), TransferState.FAILED))
    return list(found[:PAGE])


def transfer(transfer_id: UUID, *, seen_by: Actor) -> Transfer | None:
    """Return one transfer of one's own lines, or None."""
    access.require(seen_by, access.READ)
    return _of_lines(seen_by).filter(id=transfer_id).first()


def about(*, line: str, subject: UUID, seen_by: Actor) -> list[Transfer]:
    """Return the transfers of a content, in both directions, the newest first."""
    access.require_for(seen_by, access.READ, line=line)
    return list(Transfer.objects.filter(line=line, subject=subject).select_related("peer"))


def letters_of(one: Transfer) -> list[Letter]:
    """Return a transfer's letters of ours, in the order of writing, closed as they are."""
    return list(one.letters.defer("sealed", "envelope").order_by("written_at"))


def has_given_up(one: Transfer) -> bool:
    """Return whether a letter about it has not arrived and is not tried any more."""
    return Letter.given_up().filter(transfer=one).exists()


def due_letters() -> list[UUID]:
    """Return the letters whose next attempt is due, the longest waiting first."""
    due = Letter.objects.filter(next_at__lte=now()).order_by("next_at")
    return list(due.values_list("id", flat=True)[:PAGE])


def waiting_by_peer() -> dict[str, int]:
    """Return how many letters wait for each hotline, by its name."""
    waiting = Letter.objects.filter(next_at__isnull=False)
    counted = waiting.values("transfer__peer__name").annotate(count=Count("id"))
    return {row["transfer__peer__name"]: row["count"] for row in counted}


def unread_arrivals() -> list[UUID]:
    """Return the letters that were brought and not read yet, in the order in which they came."""
    unread = Arrival.objects.filter(read_at__isnull=True).order_by("arrived_at")
    return list(unread.values_list("id", flat=True)[:PAGE])


def letters_for(peer_id: UUID) -> list[bytes]:
    """Return the envelopes that wait for a hotline, in the order of writing; some at a time.

    Answers that could not be brought for so long that they were given up are among them, where
    they are sealed to the keys that count today.
    """
    card = approved_card(peer_of(peer_id))
    late = Q(next_at__isnull=True, transfer__direction=Direction.IN) & ~Q(
        transfer__fault=Fault.MALFORMED
    )
    late &= Q(recipient=card.keys.sealing_id if card is not None else "")
    waiting = Letter.objects.filter(
        Q(next_at__isnull=False) | late, transfer__peer_id=peer_id, delivered_at__isnull=True
    ).exclude(envelope=b"")
    found = waiting.order_by("written_at").values_list("envelope", flat=True)[:FETCHED_AT_ONCE]
    return [bytes(envelope) for envelope in found]


def peer_of(peer_id: UUID) -> Peer:
    return find(Peer, id=peer_id)


def _of_lines(seen_by: Actor) -> QuerySet[Transfer]:
    lines = ["", *sorted(access.lines_of(seen_by))]  # "" where it could not be read
    return Transfer.objects.filter(line__in=lines).select_related("peer")
