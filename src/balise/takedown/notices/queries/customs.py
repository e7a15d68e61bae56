"""The customs that hold for a contact, and how long a recipient has for a notice."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings

from balise.takedown.law.rules import Offence
from balise.takedown.notices.models import Notice, OwnCustoms
from balise.takedown.notices.queries.standing import offence_of
from balise.takedown.notices.rules.customs import Customs, customs_of
from balise.takedown.notices.rules.urgency import Targets, targets_for


def country_customs() -> Customs:
    """Return the customs of the centre's country."""
    return customs_of(settings.COUNTRY)


def customs_for(contact_id: UUID) -> Customs:
    """Return the customs that hold for one contact."""
    own = OwnCustoms.objects.filter(contact_id=contact_id).first()
    return country_customs().with_own(own.own) if own is not None else country_customs()


def own_customs(contact_id: UUID) -> OwnCustoms | None:
    """Return what one contact has of its own, or None."""
    return OwnCustoms.objects.filter(contact_id=contact_id).first()


def targets_of(notice: Notice, customs: Customs, *, offence: Offence | None = None) -> Targets:
    """Return how long a recipient has: by its contact's terms, else by the country's settings."""
    named = offence or offence_of(notice)
    return targets_for(
        notice.how_urgent,
        customs.targets,
        steady=timedelta(hours=named.remind_after_hours),
        acknowledge=_minutes(notice.contact.acknowledge_minutes),
        decide=_minutes(notice.contact.decide_minutes),
    )


def _minutes(minutes: int | None) -> timedelta | None:
    return timedelta(minutes=minutes) if minutes else None
