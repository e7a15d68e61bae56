"""What the directory holds, for the people who keep it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet

from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.takedown.directory import access
from balise.takedown.directory.models import Contact, Organisation
from balise.takedown.directory.rules.contacts import OrganisationKind
from balise.takedown.directory.rules.entries import listed, statement_names
from balise.takedown.directory.rules.freshness import FRESH_FOR, Freshness, freshness


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
