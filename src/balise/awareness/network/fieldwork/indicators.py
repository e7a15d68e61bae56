"""The figures of the field that a committee speaks of, defined."""

from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.awareness.network.fieldwork.queries.again import schools_again
from balise.awareness.network.fieldwork.rules.people import Band
from balise.awareness.network.fieldwork.rules.visits import Line
from balise.foundation.statistics.indicators import (
    Counts,
    Flow,
    Indicator,
    IndicatorKind,
    Method,
    Recorded,
    Version,
)

_PEOPLE = ngettext_lazy("%(many)s person met", "%(many)s people met", "count")
_HELD = "awareness.workshops"

INDICATORS = (
    Indicator(
        code="WS-N",
        line="awareness",
        name=_("Workshops held"),
        definition=_(
            "A workshop that an organisation of the network declares counts on its day. "
            "Those declared late count on their day too, so a period grows after its end."
        ),
        unit=ngettext_lazy("%(many)s workshop", "%(many)s workshops", "count"),
        source=Flow(Counts(_HELD, sums=True)),
        owner=_("Network: workshops and visits, as declared"),
        method=Method.DECLARED,
    ),
    Indicator(
        code="WS-P",
        line="awareness",
        name=_("People met in workshops"),
        definition=_(
            "Those present at the workshops declared, by age. Someone who comes to two "
            "workshops counts twice."
        ),
        unit=_PEOPLE,
        source=Flow(Counts("awareness.people", sums=True), overlaps=True),
        owner=_("Network: workshops and visits, as declared"),
        method=Method.DECLARED,
        by="band",
        labels=lambda: dict(Band.choices),
    ),
    Indicator(
        code="INT-P",
        line="awareness",
        name=_("People met in interventions"),
        definition=_(
            "Those present at the interventions that our own people gave in schools and "
            "elsewhere, on their day; what is planned is not in it. Someone who is met "
            "twice counts twice."
        ),
        unit=_PEOPLE,
        source=Flow(Counts("awareness.interventions", sums=True), overlaps=True),
        owner=_("Network: workshops and visits, as declared"),
        method=Method.DECLARED,
        by="host_line",
        labels=lambda: dict(Line.choices),
    ),
    Indicator(
        code="WS-CAMP",
        line="awareness",
        name=_("People met in workshops, by campaign"),
        definition=_(
            "Those present at the workshops declared, each under the campaign that the "
            "workshop was for; those of no campaign are apart. Someone who comes to two "
            "workshops counts twice."
        ),
        unit=_PEOPLE,
        source=Flow(Counts("awareness.people", sums=True), overlaps=True),
        owner=_("Network: workshops and visits, as declared"),
        method=Method.DECLARED,
        by="campaign",
    ),
    Indicator(
        code="INT-AGAIN",
        line="awareness",
        name=_("Schools that ask again"),
        definition=_(
            "Of the schools in which we met people in the twelve months before the period, "
            "the share that asked for another intervention in the period. A school counts "
            "once, however often it asks or is visited."
        ),
        unit=ngettext_lazy("%(many)s per cent of schools", "%(many)s per cent of schools", "count"),
        source=Recorded(schools_again, IndicatorKind.RATE),
        owner=_("Network: workshops and visits, as declared"),
        versions=(Version(2, None, ""),),  # of the requests, first; no series goes across
    ),
)
