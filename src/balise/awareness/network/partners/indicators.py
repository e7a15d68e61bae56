"""The figures of partners and groups that a committee speaks of, defined."""

from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.awareness.network.partners.queries import held
from balise.foundation.statistics.indicators import Counts, Flow, Indicator, IndicatorKind, Recorded

INDICATORS = (
    Indicator(
        code="NET-N",
        line="awareness",
        name=_("Countries of our networks"),
        definition=_(
            "A country counts once where it was a member of one of the networks in our "
            "register on the last day of the period, as far as that was entered by then."
        ),
        unit=ngettext_lazy("%(many)s country", "%(many)s countries", "count"),
        source=Recorded(held.countries, IndicatorKind.STOCK),
        owner=_("Partners: mandates"),
    ),
    Indicator(
        code="PLAT-N",
        line="helpline",
        name=_("Platforms with an agreement on removals"),
        definition=_(
            "An organisation counts once where an agreement on removals with it was in force "
            "on the last day of the period, as far as that was entered by then. We may ask "
            "others to remove content too: they are not in it."
        ),
        unit=ngettext_lazy("%(many)s platform", "%(many)s platforms", "count"),
        source=Recorded(held.with_removals, IndicatorKind.STOCK),
        owner=_("Partners: agreements"),
    ),
    Indicator(
        code="YOUTH-P",
        line="awareness",
        name=_("Young people at panels"),
        definition=_(
            "The young people present at each meeting of a youth panel. One who comes to "
            "three meetings counts three times."
        ),
        unit=ngettext_lazy("%(many)s presence", "%(many)s presences", "count"),
        source=Flow(Counts("awareness.groups.youth", sums=True), overlaps=True),
        owner=_("Partners: working groups"),
    ),
)
