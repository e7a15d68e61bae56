"""Hotlines that run a Balise too, and whom a content goes to."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from balise.foundation.actors import Actor
from balise.foundation.encryption.others import own_pair
from balise.takedown.directory.queries import of_kind
from balise.takedown.directory.rules.contacts import OrganisationKind
from balise.takedown.onward.exchange import access
from balise.takedown.onward.exchange.models import Peer, PeerCard
from balise.takedown.onward.exchange.rules.cards import Card
from balise.takedown.onward.exchange.rules.network import (
    Assignment,
    Hotline,
    Network,
    Route,
    assign,
    policy,
)

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
