"""What the watch forgets, and when. A default for the data protection officer to confirm."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from balise.foundation.encryption.sealing import forget
from balise.foundation.retention.rules import Rule
from balise.takedown.watch.models import Site, Watched

_ENDED = timedelta(days=30)
_LONGEST = timedelta(days=3 * 365)
_AT_ONCE = 1_000


def watched_due(at: datetime) -> Iterable[UUID]:
    """Return the watches that ended a month ago, and those that began three years ago."""
    ended = Q(next_check_at__isnull=True, checked_at__lte=at - _ENDED)
    endless = Q(started_at__lte=at - _LONGEST)
    due = Watched.objects.filter(ended | endless).order_by("started_at")
    return due.values_list("id", flat=True)[:_AT_ONCE]


def erase_watched(watched_ids: Sequence[UUID]) -> int:
    """Destroy watches with their addresses, keys and histories, and sites that nothing is left of.

    What was removed, by whom and how fast stays: it names no content.
    """
    with transaction.atomic():
        sites = list(Watched.objects.filter(id__in=watched_ids).values_list("site_id", flat=True))
        forget(watched_ids)
        _all, of_each = Watched.objects.filter(id__in=watched_ids).delete()
        Site.objects.filter(id__in=sites, contents__isnull=True).delete()
    return of_each.get(Watched._meta.label, 0)


RULES = (
    Rule(
        name="takedown.watched",
        forgets=Watched,
        line="takedown",
        says=_(
            "The address of monitored content, and what was seen there: one month after "
            "monitoring ended, three years after it began at the latest"
        ),
        due=watched_due,
        erase=erase_watched,
    ),
)
