"""The figures of partners and groups that a committee speaks of, defined."""

from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.foundation.statistics.indicators import Counts, Flow, Indicator

INDICATORS = (
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
