"""The figures of family charters that a committee speaks of, defined."""

from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.awareness.activities.charter.rules.words import What
from balise.foundation.statistics.indicators import Counts, Indicator, Level, Share
from balise.foundation.statistics.quantities import Bound

_CHARTERS = "awareness.charters"
_FAMILIES = ngettext_lazy("%(many)s family", "%(many)s families", "count")
_STARTED = Counts(_CHARTERS, only=(("what", (What.STARTED.value,)),), sums=True)
_FINISHED = Counts(_CHARTERS, only=(("what", (What.FINISHED.value,)),), sums=True)
_REOPENED = Counts(_CHARTERS, only=(("what", (What.REOPENED.value,)),), sums=True)

INDICATORS = (
    Indicator(
        code="FAM-START",
        line="awareness",
        name=_("Family charters started"),
        definition=_(
            "A charter that is begun counts once, where the family agrees to be counted. "
            "All that were ever begun with this tool."
        ),
        unit=ngettext_lazy("%(many)s charter", "%(many)s charters", "count"),
        source=Level(_STARTED),
        owner=_("Family charter"),
        bound=Bound.AT_LEAST,
    ),
    Indicator(
        code="FAM-CHARTER",
        line="awareness",
        name=_("Families with a charter"),
        definition=_(
            "A charter that was agreed to its end counts once, where the family agrees to "
            "be counted."
        ),
        unit=_FAMILIES,
        source=Level(_FINISHED),
        owner=_("Family charter"),
        bound=Bound.AT_LEAST,
    ),
    Indicator(
        code="FAM-KEEP",
        line="awareness",
        name=_("Charters opened again after 30 days"),
        definition=_(
            "Of the charters finished in the period, how many were opened again after 30 "
            "days; those may have been finished in a period before."
        ),
        unit=ngettext_lazy(
            "%(many)s per cent of charters", "%(many)s per cent of charters", "count"
        ),
        source=Share(_REOPENED, _FINISHED),
        owner=_("Family charter"),
    ),
)
