"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _

from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import StaffEntry
from balise.steering.committee import access
from balise.steering.committee.demonstration import fill
from balise.steering.committee.web.due import of_committee
from balise.steering.committee.web.staff import citing

MODULE = Module(
    staff=(Mount("steering/committee/", "committee"),),
    abilities={
        "steering": (access.READ, access.WRITE),
        "steering_office": (access.READ, access.WRITE),
    },
    ways=(
        StaffEntry(
            line="steering",
            label=_("Committee"),
            says=_("Meetings, members, decisions and their follow-up."),
            url_name="staff:committee:committee",
            icon="users",
            ability=access.READ,
            due=of_committee,
        ),
    ),
    parts={"steering.figure": citing},
    demonstration=fill,
)
