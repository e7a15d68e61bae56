"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _

from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import StaffEntry
from balise.takedown.directory import access
from balise.takedown.directory.grants import GRANTS
from balise.takedown.directory.web.due import of_entries
from balise.takedown.directory.web.search import SEARCHES

MODULE = Module(
    staff=(Mount("takedown/directory/", "directory"),),
    abilities={"analyst": (access.READ, access.PROPOSE, access.APPROVE)},
    searches=SEARCHES,
    ways=(
        StaffEntry(
            line="hotline",
            label=_("Directory"),
            says=_("Organisations and contact points."),
            url_name="staff:directory:entries",
            icon="server",
            ability=access.READ,
            due=of_entries,
        ),
    ),
    grants=GRANTS,
)
