"""Hosts and contacts, made the way the programme makes them."""

from uuid import UUID

from balise.foundation.actors import Actor, ActorKind
from balise.foundation.clock import today
from balise.takedown.directory import access, actions
from balise.takedown.directory.actions import About
from balise.takedown.directory.rules.contacts import USUAL_TERMS, ContactKind, Terms

_ALL = frozenset({access.READ, access.PROPOSE, access.APPROVE})
ANALYST = Actor(ActorKind.STAFF, str(UUID(int=1)), _ALL)
SECOND_ANALYST = Actor(ActorKind.STAFF, str(UUID(int=2)), _ALL)
OUTSIDER = Actor(ActorKind.STAFF, str(UUID(int=9)))


def make_host(
    name: str = "Hébergeur Exemple",
    *,
    domains: tuple[str, ...] = ("hebergeur.example",),
    networks: tuple[int, ...] = (),
    language: str = "fr",
) -> UUID:
    return actions.add_organisation(
        name=name,
        domains=domains,
        networks=networks,
        about=About(language=language),
        by=ANALYST,
    )


def make_contact(
    organisation_id: UUID,
    address: str = "abuse@hebergeur.example",
    *,
    kind: ContactKind = ContactKind.MAIL,
    approved: bool = True,
    terms: Terms = USUAL_TERMS,
) -> UUID:
    """Return a contact proposed by one analyst and, unless told, approved by another."""
    contact_id = actions.propose_contact(
        organisation_id=organisation_id,
        kind=kind,
        address=address,
        source="legal notice",
        checked_on=today(),
        terms=terms,
        by=ANALYST,
    )
    if approved:
        actions.approve_contact(contact_id=contact_id, by=SECOND_ANALYST)
    return contact_id
