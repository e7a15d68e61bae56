"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import StaffEntry
from balise.steering.readings import access
from balise.steering.readings.demonstration import fill
from balise.steering.readings.indicators import INDICATORS
from balise.steering.readings.measures import MEASURES
from balise.steering.readings.web.due import of_readings

MODULE = Module(
    staff=(Mount("steering/readings/", "readings"),),
    abilities={
        "steering": (access.READ,),
        "steering_office": (access.READ, access.WRITE),
    },
    ways=(
        StaffEntry(
            line="steering",
            label=pgettext_lazy("steering", "Readings"),
            says=_("Followers, views, downloads and visits, as others count them."),
            url_name="staff:readings:list",
            icon="eye",
            ability=access.READ,
            due=of_readings,
        ),
    ),
    measures=MEASURES,
    indicators=INDICATORS,
    demonstration=fill,
)
