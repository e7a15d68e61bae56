"""Note whether webhooks arrive; sending stops for a partner whose server takes nothing for long."""

from uuid import UUID

from django.db import transaction
from django.db.models import Q

from balise.foundation import clock
from balise.foundation.accounts import access
from balise.foundation.accounts.events import PartnerWebhookStopped
from balise.foundation.accounts.models import PartnerOrganisation
from balise.foundation.accounts.rules import is_webhook_given_up
from balise.foundation.actors import Actor
from balise.foundation.journal.book import record


def note_taken(*, partner_id: UUID, by: Actor) -> None:
    """Note that a partner's server took what it was told: what failed before is over."""
    access.require(by, access.MANAGE_PARTNERS)
    PartnerOrganisation.objects.filter(Q(webhook_failures__gt=0), id=partner_id).update(
        webhook_failures=0, webhook_failing_since=None
    )


@transaction.atomic
def note_not_taken(*, partner_id: UUID, by: Actor) -> None:
    """Note that a webhook was not taken; after many failures over a long time, sending stops.

    Saving the partner's address again starts it again.
    """
    access.require(by, access.MANAGE_PARTNERS)
    partner = PartnerOrganisation.objects.select_for_update().filter(id=partner_id).first()
    if partner is None or partner.webhook_stopped_at is not None:
        return
    now = clock.now()
    partner.webhook_failures += 1
    partner.webhook_failing_since = partner.webhook_failing_since or now
    if is_webhook_given_up(
        failures=partner.webhook_failures, for_so_long=now - partner.webhook_failing_since
    ):
        partner.webhook_stopped_at = now
        record(PartnerWebhookStopped(subject=partner.id, failures=partner.webhook_failures), by=by)
    partner.save(update_fields=("webhook_failures", "webhook_failing_since", "webhook_stopped_at"))
