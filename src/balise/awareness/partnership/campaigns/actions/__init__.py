"""Add a campaign and change it; declare a number of its plan, and withdraw one."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from balise.awareness.partnership.campaigns import access
from balise.awareness.partnership.campaigns.events import (
    CampaignAdded,
    CampaignChanged,
    CampaignEvent,
    MediumDeclared,
    MediumWithdrawn,
)
from balise.awareness.partnership.campaigns.models import Campaign, Declared
from balise.awareness.partnership.campaigns.rules import (
    CodeTaken,
    Facts,
    Medium,
    check_dates,
    check_declared,
    cleaned,
    hashtag_of,
)
from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.foundation.finding import find
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code


def add(*, code: str, facts: Facts, by: Actor) -> UUID:
    """Add a campaign; return its id. Raises CodeFaulty, CodeTaken, HashtagFaulty, DatesFaulty."""
    access.require(by, access.WRITE)
    row = Campaign(code=cleaned(code))
    _fill(row, facts)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            record(_told(CampaignAdded, row), by=by)
    except IntegrityError:
        taken = _("Another campaign has the code %(code)s.") % {"code": row.code}
        raise CodeTaken(taken) from None
    return row.id


@transaction.atomic
def change(*, campaign_id: UUID, facts: Facts, by: Actor) -> None:
    """Change what a campaign is; its code stays. Raises HashtagFaulty and DatesFaulty."""
    access.require(by, access.WRITE)
    row = Campaign.locked(campaign_id)
    _fill(row, facts)
    row.save()
    record(_told(CampaignChanged, row), by=by)


@transaction.atomic
def declare(
    *,
    campaign_id: UUID,
    medium: Medium,
    label: str,
    number: int,
    declared_by: str,
    declared_on: date,
    by: Actor,
) -> UUID:
    """Add a number to a campaign's plan; return its id. Raises DeclaredLater."""
    access.require(by, access.WRITE)
    row = find(Campaign, id=campaign_id)
    check_declared(declared_on, today=today())
    declared = Declared.objects.create(
        campaign=row,
        medium=medium.value,
        label=label,
        number=number,
        declared_by=declared_by,
        declared_on=declared_on,
    )
    record(
        MediumDeclared(
            subject=row.id, campaign=Code(row.code), medium=Code(medium.value), number=number
        ),
        by=by,
    )
    return declared.id


@transaction.atomic
def withdraw(*, campaign_id: UUID, declared_id: UUID, by: Actor) -> None:
    """Take a number out of a campaign's plan; the journal keeps that it was there."""
    access.require(by, access.WRITE)
    row = find(Campaign, id=campaign_id)
    declared = Declared.locked(declared_id, campaign=row)
    declared.delete()
    record(
        MediumWithdrawn(
            subject=row.id,
            campaign=Code(row.code),
            medium=Code(declared.medium),
            number=declared.number,
        ),
        by=by,
    )


def _told(event: type[CampaignEvent], row: Campaign) -> CampaignEvent:
    return event(
        subject=row.id,
        campaign=Code(row.code),
        edition=row.edition,
        first=row.first,
        last=row.last,
    )


def _fill(row: Campaign, facts: Facts) -> None:
    check_dates(facts.first, facts.last)
    row.name, row.edition = facts.name, facts.edition
    row.hashtag = hashtag_of(facts.hashtag)
    row.first, row.last = facts.first, facts.last
    row.partners, row.kits = list(facts.partners), list(facts.kits)
