"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import StaffEntry
from balise.takedown.watch import access
from balise.takedown.watch.queries.board import back_count
from balise.takedown.watch.retention import RULES
from balise.takedown.watch.tasks import SCHEDULE
from balise.takedown.watch.web.due import of_board

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
