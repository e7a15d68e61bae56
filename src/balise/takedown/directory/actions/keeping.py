"""Add an organisation, change what is written about it, confirm it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now, today
from balise.foundation.journal.book import record
from balise.takedown.directory import access
from balise.takedown.directory.events import (
    OrganisationAdded,
    OrganisationConfirmed,
    OrganisationRevised,
)
from balise.takedown.directory.models import Holding, Organisation
from balise.takedown.directory.queries import domain_key
from balise.takedown.directory.rules.contacts import (
    OrganisationKind,
    OrganisationKnown,
    read_domain,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is written about an organisation, besides its name and what is its own.

    `max_locations` is how many addresses one notice to it may hold, `evidence` what it asks to see.
    """

    kind: OrganisationKind = OrganisationKind.HOST
    legal_name: str = ""
    country: str = ""
    language: str = "en"
    very_large: bool = False
    first_circle: bool = False
    max_locations: int | None = None
    evidence: str = ""
    source: str = ""
    checked_on: date | None = None


USUAL = About()


def add_organisation(
    *,
    name: str,
    domains: Sequence[str] = (),
    networks: Sequence[int] = (),
    about: About = USUAL,
    by: Actor,
) -> UUID:
    """Add an organisation and what is its own, and return its id.

    Refuses a name, a domain or a network that the directory has (OrganisationKnown), and what is
    no domain.
    """
    access.require(by, access.PROPOSE)
    keys = {domain_key(read_domain(domain)) for domain in domains}
    try:
        with transaction.atomic():
            added = Organisation.objects.create(
                id=uuid4(), name=name, added_at=now(), **_columns(about)
            )
            Holding.objects.bulk_create(
                [Holding(organisation=added, domain_key=key) for key in keys]
                + [Holding(organisation=added, asn=asn) for asn in set(networks)]
            )
            record(OrganisationAdded(subject=added.id, kind=about.kind), by=by)
    except IntegrityError:
        raise OrganisationKnown(
            _("The directory already has this organisation, or one of its addresses.")
        ) from None
    return added.id


def revise_organisation(*, organisation_id: UUID, about: About, by: Actor) -> None:
    """Change what is written about an organisation; from then on no pack changes it."""
    access.require(by, access.PROPOSE)
    columns = _columns(about)
    with transaction.atomic():
        found = Organisation.locked(organisation_id)
        if all(getattr(found, name) == value for name, value in columns.items()):
            return
        for name, value in columns.items():
            setattr(found, name, value)
        found.touched_at = now()
        found.save(update_fields=(*columns, "touched_at"))
        record(OrganisationRevised(subject=found.id), by=by)


def confirm_organisation(*, organisation_id: UUID, by: Actor) -> None:
    """Note that what is written about an organisation was confirmed today."""
    access.require(by, access.PROPOSE)
    with transaction.atomic():
        found = Organisation.locked(organisation_id)
        if found.checked_on == today():
            return
        found.checked_on, found.touched_at = today(), now()
        found.save(update_fields=("checked_on", "touched_at"))
        record(OrganisationConfirmed(subject=found.id), by=by)


def _columns(about: About) -> dict[str, object]:
    return asdict(about) | {"kind": about.kind.value}
