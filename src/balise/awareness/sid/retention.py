"""What is forgotten of who declared something, and when."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from balise.awareness.sid.models import Activity
from balise.awareness.sid.rules.editions import OPEN_AFTER
from balise.foundation import clock
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import emptied

_AT_ONCE: Final = 1_000


def contacts_due(at: datetime) -> Iterable[UUID]:
    """Return whose edition closed: they cannot correct anything any more."""
    closed = clock.day_of(at) - OPEN_AFTER - timedelta(days=1)
    found = Activity.objects.filter(edition__day__lte=closed).exclude(contact=b"")
    return found.values_list("id", flat=True)[:_AT_ONCE]


RULES = (
    Rule(
        name="awareness.sid-contacts",
        forgets=Activity,
        says=_(
            "The address of who declared an activity for Safer Internet Day is deleted 45 days "
            "after the day; the activity stays, without a name of a person."
        ),
        due=contacts_due,
        erase=emptied(Activity, "contact"),
    ),
)
