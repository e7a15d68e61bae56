"""Hotlines that run a Balise too, and whom a content goes to."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.signatures import own_pair
from balise.foundation.finding import find
from balise.takedown.directory.queries import of_kind
from balise.takedown.directory.rules.contacts import OrganisationKind
from balise.takedown.onward.exchange import access
from balise.takedown.onward.exchange.models import Arrival, Letter, Peer, PeerCard, Transfer
from balise.takedown.onward.exchange.rules.cards import Card
from balise.takedown.onward.exchange.rules.network import (
    Assignment,
    Hotline,
    Network,
    Route,
    assign,
    policy,
)
from balise.takedown.onward.exchange.rules.words import OPEN, Direction, Fault, TransferState

EXCHANGE = "exchange"  # the name of our keys for letters


@dataclass(frozen=True, slots=True)
class Way:
    """The hotlines for a content, why, and those of them that take letters."""

    assignment: Assignment
    peers: tuple[Peer, ...]

    @property
    def is_abroad(self) -> bool:
        return self.assignment.route not in {Route.UNTRACED, Route.HOME}


def own_card() -> Card:
    """Return what this hotline gives to others."""
    centre = settings.CENTRE
    return Card(
        name=centre.line("hotline").name,
        country=centre.country.upper(),
        address=settings.PUBLIC_ADDRESS.rstrip("/"),
        keys=own_pair(EXCHANGE),
    )


def known_network() -> Network:
    """Return the hotlines of the directory, and what is done where there is none."""
    return Network(
        hotlines=tuple(
            Hotline(
                code=one.pack_key or "",
                name=one.name,
                country=one.country,
                website=next((each.address for each in one.contacts.all()), ""),
                verified=one.checked_on is not None,
            )
            for one in of_kind(OrganisationKind.HOTLINE)
        ),
        policy=policy(settings.COUNTRY),
    )


def way(country: str, *, of_child: bool = True) -> Way:
    """Return whom a content hosted in a country goes to, and the hotlines that take letters there.

    A hotline that is no member of the directory counts too: two people approved that it serves the
    country.
    """
    found = assign(country, home=settings.COUNTRY, network=known_network(), of_child=of_child)
    peers = tuple(one for one in _open_peers() if country and country in one.countries)
    if peers and found.route in {Route.ORPHAN, Route.POLICE}:
        found = Assignment(country=country, route=Route.HOTLINE)
    to_nobody = found.route in {Route.HOME, Route.CHILDREN_ONLY}
    return Way(found, () if to_nobody else peers)


def peers(*, seen_by: Actor) -> list[Peer]:
    """Return the hotlines of the network, by name, each with its cards, the newest first."""
    access.require(seen_by, access.READ)
    return list(Peer.objects.prefetch_related("cards"))


def peer(peer_id: UUID, *, seen_by: Actor) -> Peer | None:
    """Return one hotline with its cards, or None."""
    access.require(seen_by, access.READ)
    return Peer.objects.prefetch_related("cards").filter(id=peer_id).first()


def approved_card(of: Peer) -> PeerCard | None:
    """Return the card to write to, the last approved; None without one, or while blocked."""
    if of.blocked_at is not None:
        return None
    cards = of.cards.filter(approved_at__isnull=False, retired_at__isnull=True)
    return cards.order_by("-approved_at").first()


def signer(signing_id: str) -> PeerCard | None:
    """Return the hotline of a signing key's name, if the key is accepted."""
    found = PeerCard.objects.select_related("peer").filter(
        signing_id=signing_id, approved_at__isnull=False, retired_at__isnull=True
    )
    card = found.first()
    return card if card is not None and card.peer.blocked_at is None else None


def writing_peers() -> list[Peer]:
    """Return the hotlines that letters can be fetched from."""
    return list(_open_peers())


def _open_peers() -> list[Peer]:
    found = Peer.objects.filter(
        blocked_at__isnull=True, cards__approved_at__isnull=False, cards__retired_at__isnull=True
    )
    return list(found.distinct())


# What was sent and received, and its state.


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
