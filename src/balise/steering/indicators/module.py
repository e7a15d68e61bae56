"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _

from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import StaffEntry
from balise.steering.indicators import access
from balise.steering.indicators.demonstration import fill
from balise.steering.indicators.indicators import INDICATORS

MODULE = Module(
    indicators=INDICATORS,
    ways=(
        StaffEntry(
            line="steering",
            label=_("Breaks and targets"),
            says=_("Days from which a series means something else; what the plan aims at."),
            url_name="staff:indicators:breaks",
            icon="history",
            ability=access.READ,
        ),
    ),
    staff=(Mount("steering/indicators/", "indicators"),),
    abilities={
        "steering": (access.READ, access.WRITE),
        "steering_office": (access.READ, access.WRITE),
    },
    demonstration=fill,
)
