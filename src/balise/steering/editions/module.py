"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _

from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import StaffEntry
from balise.steering.editions import access
from balise.steering.editions.grants import GRANTS
from balise.steering.editions.retention import RULES
from balise.steering.editions.web.due import of_editions
from balise.steering.editions.web.parts import earlier

MODULE = Module(
    public=(Mount(namespace="editions"),),
    staff=(Mount("steering/editions/", "editions"),),
    abilities={
        "steering": (access.READ, access.WRITE, access.FREEZE, access.PUBLISH),
        "steering_office": (access.READ, access.WRITE),
    },
    ways=(
        StaffEntry(
            line="steering",
            label=_("Committee deck"),
            says=_("Editions for the committee: made ready, frozen, published."),
            url_name="staff:editions:editions",
            icon="file",
            ability=access.READ,
            due=of_editions,
        ),
    ),
    parts={"steering.figure": earlier},
    retention=RULES,
    grants=GRANTS,
)
