"""The figures of the field that a committee speaks of, defined."""

from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.awareness.network.fieldwork.rules.people import Band
from balise.awareness.network.fieldwork.rules.visits import Line
from balise.foundation.statistics.indicators import Counts, Flow, Indicator, Method, Share

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
        code="INT-AGAIN",
        line="awareness",
        name=_("Requests from places met before"),
        definition=_(
            "Of the interventions asked for in the period, the share that a place asked "
            "for where we had been before. It is not the share of places that ask again: "
            "a place that asks three times counts three times."
        ),
        unit=ngettext_lazy(
            "%(many)s per cent of requests", "%(many)s per cent of requests", "count"
        ),
        source=Share(
            Counts("awareness.asked", only=(("is_again", ("yes",)),)), Counts("awareness.asked")
        ),
        owner=_("Network: workshops and visits, as declared"),
    ),
)
