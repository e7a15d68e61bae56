"""The card of this module: what the rest of Balise reads of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.modules import Module, Mount
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted
from balise.foundation.web.navigation import StaffEntry
from balise.takedown.watch import access
from balise.takedown.watch.models import Site, Watched
from balise.takedown.watch.queries.board import back_count
from balise.takedown.watch.tasks import SCHEDULE
from balise.takedown.watch.web.due import of_board

# What monitoring deletes, and when. A default for the data protection officer to confirm.


_ENDED = timedelta(days=30)
_LONGEST = timedelta(days=3 * 365)


def watched_due(at: datetime) -> QuerySet[Watched]:
    """Return the watches that ended a month ago, and those that began three years ago."""
    ended = Q(next_check_at__isnull=True, checked_at__lte=at - _ENDED)
    return Watched.objects.filter(ended | Q(started_at__lte=at - _LONGEST))


def erase_watched(watched_ids: Sequence[UUID]) -> int:
    """Delete watches with their addresses, keys and histories, and sites that nothing is left of.

    What was removed, by whom and how fast stays: it names no content.
    """
    sites = list(Watched.objects.filter(id__in=watched_ids).values_list("site_id", flat=True))
    count = deleted(Watched)(watched_ids)
    Site.objects.filter(id__in=sites, contents__isnull=True).delete()
    return count


RULES = (
    Rule(
        name="takedown.watched",
        forgets=Watched,
        says=_(
            "The address of monitored content, and what was seen there: one month after "
            "monitoring ended, three years after it began at the latest"
        ),
        due=watched_due,
        erase=erase_watched,
    ),
)


MODULE = Module(
    staff=(Mount("takedown/watch/", "watch"),),
    abilities={"analyst": (access.READ, access.WATCH)},
    ways=(
        StaffEntry(
            line="hotline",
            label=_("Monitoring"),
            says=_("Content online, removed, and back."),
            url_name="staff:watch:board",
            icon="eye",
            ability=access.READ,
            key="w",
            tabs="hotline",
            late=back_count,
            late_says=pgettext_lazy("tab", "back online"),
            due=of_board,
        ),
    ),
    retention=RULES,
    schedule=SCHEDULE,
)
