"""The figures of the network that a committee speaks of, defined."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _, ngettext_lazy, pgettext

from balise.awareness.network.structures.queries.places import home
from balise.awareness.network.structures.rules.kinds import StructureKind
from balise.foundation.statistics.indicators import Counts, Indicator, Level


def _areas() -> Mapping[str, object]:
    """Return the names of areas by code; what is in none is abroad."""
    return {"": pgettext("place", "Abroad")} | {
        area.code: area.name for area in home().areas.values()
    }


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
        labels=lambda: dict(StructureKind.choices),
    ),
    Indicator(
        code="AMB-AREA",
        line="awareness",
        name=_("Organisations by territory"),
        definition=_("The organisations of the network, each where it is."),
        unit=ngettext_lazy("%(many)s organisation", "%(many)s organisations", "count"),
        source=Level(Counts("awareness.structures-joined"), Counts("awareness.structures-left")),
        owner=_("Network: the register of organisations"),
        by="area",
        labels=_areas,
    ),
)
