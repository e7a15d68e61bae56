"""The figures of events that a committee speaks of, defined."""

from django.utils.translation import gettext_lazy as _, ngettext_lazy, npgettext_lazy

from balise.awareness.events.rules.words import EventKind
from balise.foundation.statistics.indicators import Counts, Flow, Indicator, Level
from balise.foundation.statistics.quantities import Bound

_WEBINARS = (("kind", (EventKind.WEBINAR.value,)),)


def _kinds() -> dict[str, object]:
    return dict(EventKind.choices)


INDICATORS = (
    Indicator(
        code="EVT-N",
        line="awareness",
        name=_("Events announced"),
        definition=_(
            "An event counts on the day it is published, unless it is cancelled; it may "
            "take place later."
        ),
        unit=ngettext_lazy("%(many)s event", "%(many)s events", "count"),
        source=Level(Counts("awareness.events"), Counts("awareness.events-cancelled")),
        owner=_("Events"),
        by="kind",
        labels=_kinds,
    ),
    Indicator(
        code="EVT-SPK",
        line="awareness",
        name=_("Speakers at events"),
        definition=_(
            "Those whom the page of a public event names, on the day of the event; of a "
            "cancelled event none. Someone who speaks at two events counts twice, so it is at "
            "most so many people."
        ),
        unit=ngettext_lazy("%(many)s speaker", "%(many)s speakers", "count"),
        source=Flow(Counts("awareness.speakers", sums=True), overlaps=True),
        owner=_("Events"),
        bound=Bound.AT_MOST,
        by="kind",
        labels=_kinds,
    ),
    Indicator(
        code="WEBI-REG",
        line="awareness",
        name=_("Registrations for webinars"),
        definition=_(
            "A registration counts on the day it is made, also one that waits or is given "
            "back. Someone who registers for three webinars counts three times."
        ),
        unit=ngettext_lazy("%(many)s registration", "%(many)s registrations", "count"),
        source=Flow(Counts("awareness.registrations", only=_WEBINARS)),
        owner=_("Events: registrations"),
    ),
    Indicator(
        code="WEBI-ATT",
        line="awareness",
        name=_("People at webinars"),
        definition=_(
            "Those who registered and came, counted on the day it was noted. Who watches "
            "the film later is not in it."
        ),
        unit=npgettext_lazy("figures", "%(many)s person", "%(many)s people", "count"),
        source=Flow(Counts("awareness.attended", only=_WEBINARS, sums=True), overlaps=True),
        owner=_("Events: attendance"),
    ),
    Indicator(
        code="WEBI-REP",
        line="awareness",
        name=_("Views of webinar films"),
        definition=_("The film of a webinar counts each time it is begun on our pages."),
        unit=npgettext_lazy("figures", "%(many)s view", "%(many)s views", "count"),
        source=Flow(Counts("awareness.replays", only=_WEBINARS, sums=True)),
        owner=_("Events: films"),
    ),
)
