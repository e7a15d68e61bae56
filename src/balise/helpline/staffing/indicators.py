"""The figures of the team that a committee speaks of, defined."""

from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.foundation.statistics.indicators import Indicator, IndicatorKind, Recorded
from balise.helpline.staffing.queries.listeners import listeners

INDICATORS = (
    Indicator(
        code="LIS-N",
        line="helpline",
        name=_("Listeners"),
        definition=_(
            "Someone counts from the day on which hours of work at the helpline are entered "
            "for them until the day on which they have none. It counts people, not full-time "
            "posts: one who works a day a week counts one."
        ),
        unit=ngettext_lazy("%(many)s listener", "%(many)s listeners", "count"),
        source=Recorded(listeners, IndicatorKind.STOCK),
        owner=_("Helpline: hours of work"),
    ),
)
