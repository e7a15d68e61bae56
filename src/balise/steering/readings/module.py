"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _, ngettext_lazy, pgettext_lazy

from balise.foundation.modules import Module, Mount
from balise.foundation.statistics.indicators import Counts, Flow, Indicator, Method
from balise.foundation.statistics.measures import Measure
from balise.foundation.web.navigation import StaffEntry
from balise.steering.readings import access
from balise.steering.readings.demonstration import fill
from balise.steering.readings.events import VisitsCounted
from balise.steering.readings.web.due import of_readings

# The figures of readings that add up over days, defined.


INDICATORS = (
    Indicator(
        code="WEB-VIS",
        line="steering",
        name=_("Visits to our sites"),
        definition=_(
            "What the audience tool of each site counted, on the last day of each reading. It is "
            "never added to our own count of use, which counts views."
        ),
        unit=ngettext_lazy("%(many)s visit", "%(many)s visits", "count"),
        source=Flow(Counts("steering.visits", sums=True)),
        owner=_("Readings of web audience"),
        method=Method.IMPORTED,
        by="thing",
    ),
)


# What is counted of readings: visits add up over days; all else is asked for as it stands.


MEASURES = (
    Measure("steering.visits", counts=VisitsCounted, by=("thing",), day="day", amount="amount"),
)


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
