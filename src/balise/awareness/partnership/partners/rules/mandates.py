"""Organisations and what stands between them and the centre: kinds, agreements, mandates. Pure."""

from datetime import date
from enum import StrEnum
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.refusals import Refused


class OrganisationUnknown(Refused, code="organisation-unknown"):
    """The register has no such organisation."""


class OrganisationKnown(Refused, code="organisation-known"):
    field = "name"


class DatesWrong(Refused, code="dates-wrong"):
    """What ends before it begins."""

    field = "until"


class MandateHeld(Refused, code="mandate-held"):
    """Another holds, at that time, what one alone can hold."""

    field = "since"


class CountryUnknown(Refused, code="country-unknown"):
    field = "countries"


class PartnerKind(TextChoices):
    """How an organisation stands to the centre: the headings of the public page, in their order."""

    SUPPORTER = "supporter", _("With the support of")
    PARTNER = "partner", pgettext_lazy("organisations", "Partners")
    NETWORK = "network", pgettext_lazy("organisations", "Networks")


class Sector(TextChoices):
    """Whose an organisation is."""

    PUBLIC = "public", pgettext_lazy("organisation", "Public body")
    ASSOCIATION = "association", pgettext_lazy("organisation", "Association or foundation")
    COMPANY = "company", pgettext_lazy("organisation", "Company")


class Role(TextChoices):
    """What a mandate is."""

    MEMBER = "member", pgettext_lazy("mandate", "Member")
    PRESIDENCY = "presidency", pgettext_lazy("mandate", "Presidency")
    VICE_PRESIDENCY = "vice_presidency", pgettext_lazy("mandate", "Vice-presidency")
    BOARD = "board", pgettext_lazy("mandate", "Member of the board")
    SECRETARIAT = "secretariat", pgettext_lazy("mandate", "Secretariat")


# One holder at a time.
ALONE: Final = frozenset({Role.PRESIDENCY, Role.SECRETARIAT})


class AgreementKind(TextChoices):
    """What was agreed."""

    CONVENTION = "convention", pgettext_lazy("agreement", "Partnership agreement")
    GRANT = "grant", pgettext_lazy("agreement", "Grant")
    SPONSORSHIP = "sponsorship", pgettext_lazy("agreement", "Sponsorship")
    IN_KIND = "in_kind", pgettext_lazy("agreement", "Support in kind")
    REMOVALS = "removals", pgettext_lazy("agreement", "Removals: a way for our requests")


class Standing(StrEnum):
    """Where an agreement is on a day."""

    TO_COME = "to_come"
    IN_FORCE = "in_force"
    RENEWAL_DUE = "renewal_due"  # in force, and its renewal is to be prepared
    OVER = "over"


IN_FORCE: Final = frozenset({Standing.IN_FORCE, Standing.RENEWAL_DUE})


def standing(*, signed: date, until: date | None, renew_by: date | None, on: date) -> Standing:
    """Return where an agreement is on a day; it is in force on its first and on its last day."""
    if on < signed:
        return Standing.TO_COME
    if until is not None and on > until:
        return Standing.OVER
    return Standing.RENEWAL_DUE if renew_by is not None and on >= renew_by else Standing.IN_FORCE


def is_in_order(signed: date, renew_by: date | None, until: date | None) -> bool:
    """Return whether an agreement is signed, then renewed, then over."""
    days = [day for day in (signed, renew_by, until) if day is not None]
    return days == sorted(days)
