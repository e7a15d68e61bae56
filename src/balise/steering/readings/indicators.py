"""The figures of readings that add up over days, defined."""

from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.foundation.statistics.indicators import Counts, Flow, Indicator, Method

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
