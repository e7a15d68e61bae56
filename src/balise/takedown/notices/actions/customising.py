"""Give one contact customs of its own: how its notices are grouped, when they leave, who climbs."""

from collections.abc import Iterable
from datetime import time
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.journal.book import record
from balise.foundation.refusals import Refused
from balise.takedown.notices import access
from balise.takedown.notices.events import CustomsSet
from balise.takedown.notices.models import OwnCustoms
from balise.takedown.notices.rules.customs import MOST_ITEMS
from balise.takedown.notices.rules.ladder import Rung


class CustomsFaulty(Refused, code="customs-faulty"):
    """A number is out of bounds, or a quiet has no end."""


def set_customs(  # noqa: PLR0913 - all that a contact may have of its own
    *,
    contact_id: UUID,
    group_minutes: int | None = None,
    most_items: int | None = None,
    most_reminders: int | None = None,
    quiet_begins: time | None = None,
    quiet_ends: time | None = None,
    always_open: bool = False,
    climbs_alone: Iterable[Rung] = (),
    by: Actor,
) -> None:
    """Set what one contact has of its own; what is None is the country's again."""
    access.require_ability(by, access.SET_CUSTOMS)
    if most_items is not None and not 1 <= most_items <= MOST_ITEMS:
        raise CustomsFaulty(
            _("An e-mail contains from 1 to %(most)d notices.") % {"most": MOST_ITEMS}
        )
    if (quiet_begins is None) != (quiet_ends is None):
        raise CustomsFaulty(_("Enter the start and the end of the quiet hours."))
    with transaction.atomic():
        OwnCustoms.objects.update_or_create(
            contact_id=contact_id,
            defaults={
                "group_minutes": group_minutes,
                "most_items": most_items,
                "most_reminders": most_reminders,
                "quiet_begins": quiet_begins,
                "quiet_ends": quiet_ends,
                "always_open": always_open,
                "climbs_alone": sorted(rung.value for rung in climbs_alone),
                "set_by": by.key,
                "set_at": now(),
            },
        )
        record(CustomsSet(subject=contact_id), by=by)
