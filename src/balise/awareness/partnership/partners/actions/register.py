"""Add an organisation and change it; note mandates and agreements, and their end."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from balise.awareness.partnership.partners import access, events
from balise.awareness.partnership.partners.models import Agreement, Mandate, Organisation
from balise.awareness.partnership.partners.rules.days import Known, surely_meet
from balise.awareness.partnership.partners.rules.mandates import (
    ALONE,
    AgreementKind,
    CountryUnknown,
    DatesWrong,
    MandateHeld,
    OrganisationKnown,
    OrganisationUnknown,
    PartnerKind,
    Role,
    Sector,
    is_in_order,
)
from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.countries import country_name
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is written about an organisation; `founded` is a year, `country` a code of two letters.

    One that is not shown stays off the public page.
    """

    name: str
    kind: PartnerKind
    sector: Sector
    country: str
    web: str = ""
    founded: int | None = None
    is_shown: bool = True


def add(*, about: About, by: Actor) -> UUID:
    """Add an organisation and return its id; refuses a name that the register has."""
    access.require(by, access.WRITE)
    _require_countries((about.country,))
    row = Organisation(id=uuid4(), added_at=now(), **_columns(about))
    with transaction.atomic():
        _save(row)
        record(
            events.OrganisationAdded(subject=row.id, kind=about.kind, sector=about.sector), by=by
        )
    return row.id


def change(*, organisation_id: UUID, about: About, by: Actor) -> None:
    """Change what is written about an organisation."""
    access.require(by, access.WRITE)
    _require_countries((about.country,))
    with transaction.atomic():
        row = Organisation.locked(organisation_id)
        for name, value in _columns(about).items():
            setattr(row, name, value)
        _save(row)
        record(events.OrganisationChanged(subject=row.id), by=by)


@transaction.atomic
def note_mandate(
    *,
    organisation_id: UUID,
    role: Role,
    since: Known,
    until: Known | None = None,
    holder_id: UUID | None = None,
    by: Actor,
) -> UUID:
    """Note who holds a mandate in an organisation: another one, or the centre itself.

    Refuses one that ends before it begins, and a second holder of what one holds alone, as far as
    the dates tell.
    """
    access.require(by, access.WRITE)
    within = Organisation.locked(organisation_id)  # its mandates are noted one at a time
    _require_order(since, until)
    if holder_id is not None:
        holders = Organisation.objects.exclude(id=within.id)
        if not holders.filter(id=holder_id).exists():
            raise OrganisationUnknown(_("Choose another organisation of the register."))
    if role in ALONE:
        _require_free(within, role, since, until)
    return _mandate(within, role, since, until, by=by, holder_id=holder_id)


@transaction.atomic
def note_members(
    *, organisation_id: UUID, countries: Sequence[str], since: Known, by: Actor
) -> Sequence[UUID]:
    """Note the countries that are members of a network; one that is a member already stays so."""
    access.require(by, access.WRITE)
    within = Organisation.locked(organisation_id)
    _require_countries(countries)
    members = within.mandates.filter(role=Role.MEMBER.value, until=None)
    known = set(members.values_list("country", flat=True))
    new = [code for code in dict.fromkeys(countries) if code not in known]
    return [_mandate(within, Role.MEMBER, since, None, by=by, country=code) for code in new]


@transaction.atomic
def end_mandate(*, mandate_id: UUID, until: Known, by: Actor) -> None:
    """Set the last day of a mandate, or correct it."""
    access.require(by, access.WRITE)
    row = Mandate.locked(mandate_id)
    _require_order(row.begins, until)
    row.until, row.until_precision = until.last, until.precision.value
    row.save(update_fields=("until", "until_precision"))
    record(
        events.MandateEnded(
            subject=row.id, within=row.within_id, role=row.of_role, until=until.last
        ),
        by=by,
    )


@transaction.atomic
def sign(
    *,
    organisation_id: UUID,
    kind: AgreementKind,
    signed: date,
    until: date | None = None,
    renew_by: date | None = None,
    by: Actor,
) -> UUID:
    """Note an agreement with an organisation; refuses days that are not in their order."""
    access.require(by, access.WRITE)
    organisation = Organisation.locked(organisation_id)
    _require_days(signed, renew_by, until)
    row = Agreement.objects.create(
        id=uuid4(),
        organisation=organisation,
        kind=kind.value,
        signed=signed,
        until=until,
        renew_by=renew_by,
    )
    record(
        events.AgreementSigned(
            subject=row.id, organisation=organisation.id, kind=kind, day=signed, until=until
        ),
        by=by,
    )
    return row.id


@transaction.atomic
def end_agreement(*, agreement_id: UUID, until: date, by: Actor) -> None:
    """Set the last day of an agreement: it is not renewed, or ends sooner, or runs on."""
    access.require(by, access.WRITE)
    row = Agreement.locked(agreement_id)
    renew_by = row.renew_by if row.renew_by and row.renew_by <= until else None
    _require_days(row.signed, renew_by, until)
    row.until, row.renew_by = until, renew_by
    row.save(update_fields=("until", "renew_by"))
    record(
        events.AgreementEnded(
            subject=row.id, organisation=row.organisation_id, kind=row.of_kind, day=until
        ),
        by=by,
    )


def _columns(about: About) -> dict[str, object]:
    columns = asdict(about)
    return {**columns, "kind": about.kind.value, "sector": about.sector.value}


def _save(row: Organisation) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise OrganisationKnown(
            _("The register already has an organisation of this name.")
        ) from None


def _mandate(
    within: Organisation,
    role: Role,
    since: Known,
    until: Known | None,
    *,
    by: Actor,
    holder_id: UUID | None = None,
    country: str = "",
) -> UUID:
    row = Mandate.objects.create(
        id=uuid4(),
        within=within,
        role=role.value,
        holder_id=holder_id,
        country=country,
        since=since.first,
        since_precision=since.precision.value,
        until=until.last if until else None,
        until_precision=until.precision.value if until else "",
    )
    record(
        events.MandateNoted(
            subject=row.id,
            within=within.id,
            role=role,
            country=Code(country),
            since=row.since,
            until=row.until,
        ),
        by=by,
    )
    return row.id


def _require_free(within: Organisation, role: Role, since: Known, until: Known | None) -> None:
    for other in within.mandates.filter(role=role.value):
        if surely_meet((since, until), (other.begins, other.ends)):
            raise MandateHeld(
                _("Another holds it at that time. Enter the last day of that mandate first.")
            )


def _require_order(since: Known, until: Known | None) -> None:
    if until is not None and until.last < since.first:
        raise DatesWrong(_("The last day is before the first."))


def _require_days(signed: date, renew_by: date | None, until: date | None) -> None:
    if not is_in_order(signed, renew_by, until):
        raise DatesWrong(_("Enter days in this order: signed, renewal due, last day."))


def _require_countries(countries: Sequence[str]) -> None:
    unknown = [code for code in countries if country_name(code) == code]
    if unknown:
        raise CountryUnknown(
            _("No country has this code: %(codes)s. Use two letters, such as FR.")
            % {"codes": ", ".join(unknown)}
        )
