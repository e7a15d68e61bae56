"""The figures of use of our pages that a committee speaks of, defined."""

from django.utils.translation import gettext_lazy as _, npgettext_lazy

from balise.awareness.usage.rules.words import UsageKind
from balise.foundation.statistics.indicators import Counts, Flow, Indicator

_USED = "awareness.usage"

INDICATORS = (
    Indicator(
        code="RES-VIEW",
        line="awareness",
        name=_("Page views of resources"),
        definition=_(
            "A page counts each time it is shown, robots removed as far as they say so. "
            "It is counted on our server without a cookie: visitors are not known."
        ),
        unit=npgettext_lazy("figures", "%(many)s view", "%(many)s views", "count"),
        source=Flow(Counts(_USED, only=(("kind", (UsageKind.VIEW.value,)),), sums=True)),
        owner=_("Our own count of use"),
    ),
    Indicator(
        code="RES-DL",
        line="awareness",
        name=_("Downloads of resources"),
        definition=_(
            "A file counts each time it is fetched; the same file within half an hour counts once."
        ),
        unit=npgettext_lazy("figures", "%(many)s download", "%(many)s downloads", "count"),
        source=Flow(Counts(_USED, only=(("kind", (UsageKind.DOWNLOAD.value,)),), sums=True)),
        owner=_("Our own count of use"),
    ),
)
