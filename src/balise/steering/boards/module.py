"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _

from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import StaffEntry
from balise.steering.boards import access

MODULE = Module(
    staff=(Mount("steering/", "steering"),),
    abilities={
        "steering": (access.READ, access.EXPORT),
        "steering_office": (access.READ, access.EXPORT),
    },
    ways=(
        StaffEntry(
            line="steering",
            label=_("Figures"),
            says=_("Volumes, decisions and times, compared with the year before."),
            url_name="staff:steering:figures",
            icon="chart",
            ability=access.READ,
            key="f",
        ),
    ),
)
