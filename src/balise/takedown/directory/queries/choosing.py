"""Who can be told about an address, by which way, and why that one."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from balise.foundation.clock import today
from balise.foundation.encryption.sealing import blind
from balise.takedown.directory.models import Contact, Organisation
from balise.takedown.directory.rules.choosing import Ranked, Reason, Wanted, rank
from balise.takedown.directory.rules.contacts import OrganisationKind
from balise.takedown.tracing.rules.domains import parents

LINE = "takedown"
DOMAIN = "directory.domain"
ANYTHING = Wanted()
_MOST = 500


@dataclass(frozen=True, slots=True)
class Option:
    """A contact in its place."""

    contact: Contact
    ranked: Ranked

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return self.ranked.reasons


@dataclass(frozen=True, slots=True)
class Choice:
    """Whom to tell about an address: the way to try first, those to try next, and those barred.

    `domain` is the domain that the organisation answers for, "" where it was found by its network
    (`asn`) or by its id.
    """

    organisation: Organisation
    options: tuple[Option, ...]
    domain: str = ""
    asn: int | None = None

    @property
    def usable(self) -> tuple[Option, ...]:
        """The ways that can be used, in the order in which to try them."""
        return tuple(option for option in self.options if option.ranked.is_usable)

    @property
    def barred(self) -> tuple[Option, ...]:
        """The ways that cannot be used now; each says why."""
        return tuple(option for option in self.options if not option.ranked.is_usable)

    @property
    def first(self) -> Option | None:
        usable = self.usable
        return usable[0] if usable else None

    @property
    def contact(self) -> Contact | None:
        """The contact to try first, or None where none can be used."""
        return self.first.contact if self.first else None


def domain_key(domain: str) -> bytes:
    """Return the blind index under which a domain is in the directory."""
    return blind(LINE, DOMAIN, domain)


def channel_for(
    *, domain: str = "", asn: int | None = None, wanted: Wanted = ANYTHING
) -> Choice | None:
    """Return whom to tell about a domain or a network, by which way and why; None if unknown.

    The nearest domain above counts: who answers for `github.io` answers for each site under it.
    Where nobody who answers for a domain can be told, the network's operator is; and where nobody
    can be told at all, the nearest organisation comes back with its ways barred.
    """
    nearest = None
    for choice in _candidates(domain, asn, wanted):
        if choice.first is not None:
            return choice
        nearest = nearest or choice
    return nearest


def contact_for(
    *, domain: str = "", asn: int | None = None, wanted: Wanted = ANYTHING
) -> Contact | None:
    """Return the contact to try first about a domain or a network; None if there is none."""
    choice = channel_for(domain=domain, asn=asn, wanted=wanted)
    return choice.contact if choice else None


def ways_to(organisation_id: UUID, *, wanted: Wanted = ANYTHING) -> tuple[Option, ...]:
    """Return an organisation's contacts in the order in which to try them, each with its why."""
    found = Contact.objects.filter(organisation_id=organisation_id)
    contacts = {one.id: one for one in found.select_related("organisation")}
    ranked = rank((one.way for one in contacts.values()), wanted, on=today())
    return tuple(Option(contacts[each.way.key], each) for each in ranked)


def contact(contact_id: UUID) -> Contact | None:
    """Return a contact with its organisation, or None; for what sends notices."""
    return Contact.objects.select_related("organisation").filter(id=contact_id).first()


def contacts_named(contact_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return who each of these contacts is, and how they are told, in words."""
    found = Contact.objects.select_related("organisation").filter(id__in=contact_ids)
    return {one.id: _words(one) for one in found}


def contacts_of_kinds(
    kinds: Sequence[OrganisationKind], *, without: Collection[UUID]
) -> list[tuple[UUID, str]]:
    """Return (contact, who and how) of those that may be told, by these kinds, then by name."""
    found = (
        Contact.objects.filter(approved_at__isnull=False, blocked_at__isnull=True)
        .filter(organisation__kind__in=[kind.value for kind in kinds])
        .exclude(id__in=without)
        .select_related("organisation")
    )
    ranked = sorted(
        found[:_MOST],
        key=lambda one: (
            kinds.index(one.organisation.organisation_kind),
            one.organisation.name,
            one.rank,
        ),
    )
    return [(one.id, _words(one)) for one in ranked]


def _words(of: Contact) -> str:
    organisation = of.organisation
    return f"{organisation.name} · {organisation.organisation_kind.label} · {of.address}"


def _candidates(domain: str, asn: int | None, wanted: Wanted) -> Iterator[Choice]:
    for name in parents(domain):
        holder = Organisation.objects.filter(holdings__domain_key=domain_key(name)).first()
        if holder is not None:
            yield Choice(holder, ways_to(holder.id, wanted=wanted), domain=name)
    if asn is not None:
        holder = Organisation.objects.filter(holdings__asn=asn).first()
        if holder is not None:
            yield Choice(holder, ways_to(holder.id, wanted=wanted), asn=asn)
