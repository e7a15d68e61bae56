"""The figures of printed kits that a committee speaks of, defined."""

from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.foundation.statistics.indicators import Counts, Flow, Indicator

INDICATORS = (
    Indicator(
        code="KIT-PRINT",
        line="awareness",
        name=_("Printed kits delivered"),
        definition=_(
            "A printed kit counts on the day of its delivery note; one that comes back is "
            "taken away on that day. Downloads are counted apart."
        ),
        unit=ngettext_lazy("%(many)s kit", "%(many)s kits", "count"),
        source=Flow(Counts("awareness.kits", sums=True)),
        owner=_("Network: delivery notes"),
        by="campaign",
    ),
    Indicator(
        code="KIT-ASK",
        line="awareness",
        name=_("Printed kits ordered"),
        definition=_("The kits of each order, on the day it is made, delivered or not."),
        unit=ngettext_lazy("%(many)s kit", "%(many)s kits", "count"),
        source=Flow(Counts("awareness.kit-orders", sums=True)),
        owner=_("Network: orders"),
    ),
)
