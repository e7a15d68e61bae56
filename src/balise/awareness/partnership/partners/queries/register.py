"""Who are our partners, who holds which mandate on a day, which agreements are in force."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch, Q

from balise.awareness.partnership.partners import access
from balise.awareness.partnership.partners.models import Agreement, Mandate, Organisation
from balise.awareness.partnership.partners.rules.days import Held, Known, held
from balise.awareness.partnership.partners.rules.mandates import (
    IN_FORCE,
    AgreementKind,
    PartnerKind,
    Role,
    Sector,
    Standing,
    standing,
)
from balise.foundation.actors import Actor
from balise.foundation.countries import country_name
from balise.foundation.finding import find


@dataclass(frozen=True, slots=True)
class MandateRead:
    """A mandate as it stands on a day; `holder` is a name in the active language."""

    id: UUID
    within: str
    within_id: UUID
    role: Role
    holder: str
    is_ours: bool
    country: str
    since: Known
    until: Known | None
    held: Held


@dataclass(frozen=True, slots=True)
class AgreementRead:
    """An agreement as it stands on a day."""

    id: UUID
    kind: AgreementKind
    signed: date
    until: date | None
    renew_by: date | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class OrganisationRead:
    """An organisation with what stands between it and others on a day.

    `mandates` are those held in it but by countries, `members` the countries; `held` are those
    that it holds elsewhere.
    """

    id: UUID
    name: str
    kind: PartnerKind
    sector: Sector
    country: str
    web: str
    founded: int | None
    is_shown: bool
    mandates: Sequence[MandateRead]
    members: Sequence[MandateRead]
    held: Sequence[MandateRead]
    agreements: Sequence[AgreementRead]

    @property
    def since(self) -> Known | None:
        """Return since when something in force ties it to the centre, None where nothing does."""
        signed = [Known(one.signed) for one in self.agreements if one.standing in IN_FORCE]
        ours = [one.since for one in self.mandates if one.is_ours and one.held is not Held.NO]
        return min((*signed, *ours), key=lambda known: known.first, default=None)

    @property
    def is_in_force(self) -> bool:
        """Return whether an agreement, or a mandate of the centre, is in force that day."""
        return self.since is not None

    @property
    def current(self) -> Sequence[MandateRead]:
        """Return the mandates in it, and its own elsewhere, that may be held that day."""
        return [one for one in (*self.mandates, *self.held) if one.held is not Held.NO]

    @property
    def countries(self) -> Sequence[MandateRead]:
        """Return the countries that are members that day, in the order of their names."""
        found = [one for one in self.members if one.held is not Held.NO]
        return sorted(found, key=lambda one: one.holder)


def register(
    *, on: date, seen_by: Actor, kind: PartnerKind | None = None
) -> Sequence[OrganisationRead]:
    """Return the organisations of the register, as things stand on a day."""
    access.require(seen_by, access.READ)
    return _read(Q(kind=kind.value) if kind else Q(), on)


def organisation(organisation_id: UUID, *, on: date, seen_by: Actor) -> OrganisationRead:
    """Return one organisation. Raises NotHere."""
    access.require(seen_by, access.READ)
    find(Organisation, id=organisation_id)
    return _read(Q(id=organisation_id), on)[0]


def shown(*, on: date) -> Sequence[tuple[PartnerKind, Sequence[OrganisationRead]]]:
    """Return what the public page shows: those in force on a day, by kind, in its order."""
    found = [one for one in _read(Q(is_shown=True), on) if one.is_in_force]
    by_kind = [(kind, [one for one in found if one.kind is kind]) for kind in PartnerKind]
    return [(kind, rows) for kind, rows in by_kind if rows]


def held_on(day: date, *, seen_by: Actor, role: Role | None = None) -> Sequence[MandateRead]:
    """Return who held which mandate on a day, and who may have as far as the dates tell."""
    access.require(seen_by, access.READ)
    rows = Mandate.objects.filter(Q(until=None) | Q(until__gte=day), since__lte=day)
    if role is not None:
        rows = rows.filter(role=role.value)
    found = rows.select_related("within", "holder").order_by("within__name", "role", "-since")
    return [_mandate(row, day) for row in found]


def choices(*, sector: Sector | None = None) -> Sequence[tuple[UUID, str]]:
    """Return ids and names of organisations, for forms; of one sector where it is named."""
    rows = Organisation.objects.filter(sector=sector.value) if sector else Organisation.objects
    return list(rows.values_list("id", "name"))


def names(ids: Sequence[UUID]) -> dict[UUID, str]:
    """Return the names of organisations by their ids."""
    return dict(Organisation.objects.filter(id__in=ids).values_list("id", "name"))


def _read(chosen: Q, on: date) -> list[OrganisationRead]:
    both = Mandate.objects.select_related("within", "holder")
    rows = Organisation.objects.filter(chosen).prefetch_related(
        Prefetch("mandates", both), Prefetch("held", both), "agreements"
    )
    return [_organisation(row, on) for row in rows]


def _organisation(row: Organisation, on: date) -> OrganisationRead:
    mandates = [_mandate(each, on) for each in row.mandates.all()]
    return OrganisationRead(
        row.id,
        row.name,
        row.stands,
        row.of_sector,
        row.country,
        row.web,
        row.founded,
        row.is_shown,
        [one for one in mandates if not one.country],
        [one for one in mandates if one.country],
        [_mandate(each, on) for each in row.held.all()],
        [_agreement(each, on) for each in row.agreements.all()],
    )


def _mandate(row: Mandate, on: date) -> MandateRead:
    is_ours = row.holder is None and not row.country
    name = row.holder.name if row.holder else country_name(row.country)
    return MandateRead(
        row.id,
        row.within.name,
        row.within_id,
        row.of_role,
        str(settings.CENTRE.name) if is_ours else name,
        is_ours,
        row.country,
        row.begins,
        row.ends,
        held(row.begins, row.ends, on=on),
    )


def _agreement(row: Agreement, on: date) -> AgreementRead:
    stands = standing(signed=row.signed, until=row.until, renew_by=row.renew_by, on=on)
    return AgreementRead(row.id, row.of_kind, row.signed, row.until, row.renew_by, stands)
