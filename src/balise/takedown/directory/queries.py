"""Whom to tell about an address (`choosing`), and what the directory holds (`looking`)."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet

from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.foundation.encryption.sealing import blind
from balise.takedown.directory import access
from balise.takedown.directory.models import Contact, Organisation
from balise.takedown.directory.rules.choosing import (
    FRESH_FOR,
    Freshness,
    Ranked,
    Reason,
    Wanted,
    freshness,
    rank,
)
from balise.takedown.directory.rules.contacts import OrganisationKind
from balise.takedown.directory.rules.entries import listed, statement_names
from balise.takedown.tracing.rules.pages import parents

# Who can be told about an address, by which way, and why that one.


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


# What the directory holds, for the people who keep it.


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What to show of the directory; what is empty narrows nothing.

    `state` is `waiting` (a contact waits for a second person), `stale` (a contact is to be
    confirmed) or `nobody` (no contact can be used).
    """

    words: str = ""
    kind: OrganisationKind | None = None
    country: str = ""
    state: str = ""
    first_circle: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """A contact and how well it is known."""

    contact: Contact
    freshness: Freshness


def entries(*, seen_by: Actor, filters: Filters | None = None) -> list[Organisation]:
    """Return the directory, by name, with each organisation's contacts."""
    access.require(seen_by, access.READ)
    found = Organisation.objects.prefetch_related("contacts")
    return list(_narrowed(found, filters or Filters()))


def entry(organisation_id: UUID, *, seen_by: Actor) -> Organisation | None:
    """Return one organisation with its contacts and holdings, or None."""
    access.require(seen_by, access.READ)
    found = Organisation.objects.prefetch_related("holdings", _in_order())
    return found.filter(id=organisation_id).first()


def to_confirm(*, seen_by: Actor) -> list[Kept]:
    """Return the contacts in use that nobody has confirmed for long, the longest first."""
    access.require(seen_by, access.READ)
    on = today()
    found = Contact.objects.filter(
        _stale(on), approved_at__isnull=False, blocked_at__isnull=True
    ).select_related("organisation")
    return [
        Kept(one, freshness(one.checked_on, on=on))
        for one in found.order_by("checked_on", "organisation__name")
    ]


def of_kind(kind: OrganisationKind, *, country: str = "") -> list[Organisation]:
    """Return the hotlines, authorities or others of a country (any, if empty), by name."""
    found = Organisation.objects.filter(kind=kind.value).prefetch_related(_in_order())
    return list(found.filter(country=country) if country else found)


def named(organisation_ids: Collection[UUID]) -> dict[UUID, tuple[str, OrganisationKind]]:
    """Return the name and kind of each organisation that the directory still has."""
    found = Organisation.objects.filter(id__in=organisation_ids)
    rows = found.values_list("id", "name", "kind")
    return {one: (name, OrganisationKind(kind)) for one, name, kind in rows}


def declared_names() -> dict[UUID, tuple[tuple[str, ...], str]]:
    """Return the names that each organisation may state its reasons under, and its legal name."""
    others = statement_names(settings.COUNTRY)
    return {
        one: ((name, *others.get(key or "", ())), legal_name)
        for one, name, legal_name, key in Organisation.objects.values_list(
            "id", "name", "legal_name", "pack_key"
        )
    }


def networks(of: Organisation) -> list[int]:
    """Return the numbers of an organisation's autonomous systems."""
    return sorted(holding.asn for holding in of.holdings.all() if holding.asn is not None)


def domain_count(of: Organisation) -> int:
    """Return how many domains are an organisation's; which ones, only the blind index knows."""
    return sum(holding.asn is None for holding in of.holdings.all())


def known_domains(of: Organisation) -> tuple[str, ...]:
    """Return the domains that a pack gives an organisation: these were never reported."""
    if of.pack_key is None:
        return ()
    by_key = {one.key: one.domains for one in listed(settings.COUNTRY)}
    return by_key.get(of.pack_key, ())


def _in_order() -> Prefetch[str]:
    return Prefetch("contacts", queryset=Contact.objects.order_by("rank", "kind", "address"))


def _stale(on: date) -> Q:
    return Q(checked_on__isnull=True) | Q(checked_on__lt=on - FRESH_FOR)


def _narrowed(found: QuerySet[Organisation], filters: Filters) -> QuerySet[Organisation]:
    if filters.words:
        found = found.filter(
            Q(name__icontains=filters.words) | Q(legal_name__icontains=filters.words)
        )
    if filters.kind is not None:
        found = found.filter(kind=filters.kind.value)
    if filters.country:
        found = found.filter(country=filters.country)
    if filters.first_circle:
        found = found.filter(first_circle=True)
    usable = Contact.objects.filter(approved_at__isnull=False, blocked_at__isnull=True)
    if filters.state == "waiting":
        waiting = Contact.objects.filter(approved_at__isnull=True, blocked_at__isnull=True)
        found = found.filter(id__in=waiting.values("organisation"))
    elif filters.state == "stale":
        stale = usable.filter(_stale(today()))
        found = found.filter(id__in=stale.values("organisation"))
    elif filters.state == "nobody":
        found = found.exclude(id__in=usable.values("organisation"))
    return found
