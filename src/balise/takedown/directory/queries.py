"""Who can be told about an address."""

from uuid import UUID

from balise.foundation.actors import Actor
from balise.foundation.encryption.sealing import blind
from balise.takedown.directory import access
from balise.takedown.directory.models import Contact, Host
from balise.takedown.directory.rules import ContactKind
from balise.takedown.tracing.rules.domains import parents

LINE = "takedown"
DOMAIN = "directory.domain"


def domain_key(domain: str) -> bytes:
    """Return the blind index under which a domain is in the directory."""
    return blind(LINE, DOMAIN, domain)


def contact_for(*, domain: str = "", asn: int | None = None) -> Contact | None:
    """Return whom to tell about a domain, or about a network where nobody answers for the domain.

    The nearest domain above counts: who answers for `github.io` answers for each site under it.
    Approved contacts only, mail before form, the last checked first; None if nobody is known.
    """
    for name in parents(domain):
        found = _first(holdings__domain_key=domain_key(name))
        if found is not None:
            return found
    return _first(holdings__asn=asn) if asn is not None else None


def _first(**of: object) -> Contact | None:
    hosts = Host.objects.filter(**of)
    open_ones = Contact.objects.filter(
        host__in=hosts, approved_at__isnull=False, blocked_at__isnull=True
    ).select_related("host")
    # `mail` sorts after `form`: the letters decide, so the order is turned round.
    return open_ones.order_by("-kind", "-checked_on", "id").first()


def contact(contact_id: UUID) -> Contact | None:
    """Return a contact with its host, or None; for what sends notices."""
    return Contact.objects.select_related("host").filter(id=contact_id).first()


def hosts(*, seen_by: Actor) -> list[Host]:
    """Return the directory, by name, with each host's contacts."""
    access.require(seen_by, access.READ)
    return list(Host.objects.prefetch_related("contacts"))


def host(host_id: UUID, *, seen_by: Actor) -> Host | None:
    """Return one host with its contacts and holdings, or None."""
    access.require(seen_by, access.READ)
    return Host.objects.prefetch_related("contacts", "holdings").filter(id=host_id).first()


def networks(of: Host) -> list[int]:
    """Return the numbers of a host's autonomous systems."""
    return sorted(holding.asn for holding in of.holdings.all() if holding.asn is not None)


def domain_count(of: Host) -> int:
    """Return how many domains are a host's; which ones, only the blind index knows."""
    return sum(holding.asn is None for holding in of.holdings.all())


def kinds() -> tuple[ContactKind, ...]:
    """Return the kinds of contact, in the order in which to offer them."""
    return tuple(ContactKind)
