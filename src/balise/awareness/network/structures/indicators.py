"""The figures of the network that a committee speaks of, defined."""

from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.awareness.network.structures.rules.kinds import Kind
from balise.foundation.statistics.indicators import Counts, Indicator, Level

INDICATORS = (
    Indicator(
        code="AMB-N",
        line="awareness",
        name=_("Organisations of the network"),
        definition=_(
            "An organisation counts from the day it is registered until the day it "
            "leaves. Two entries that turn out to be one count one."
        ),
        unit=ngettext_lazy("%(many)s organisation", "%(many)s organisations", "count"),
        source=Level(Counts("awareness.structures-joined"), Counts("awareness.structures-left")),
        owner=_("Network: the register of organisations"),
        by="kind",
        labels=lambda: dict(Kind.choices),
    ),
)
