"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _, ngettext_lazy, pgettext_lazy

from balise.foundation.modules import Module, Mount
from balise.foundation.statistics.indicators import (
    Counts,
    Flow,
    Indicator,
    IndicatorKind,
    Method,
    Recorded,
)
from balise.foundation.statistics.measures import Measure
from balise.foundation.statistics.quantities import Bound
from balise.foundation.web.navigation import StaffEntry
from balise.steering.press import access
from balise.steering.press.demonstration import fill
from balise.steering.press.events import PressCounted
from balise.steering.press.queries import equivalent, headings
from balise.steering.press.rules.files import HeadingKind
from balise.steering.press.rules.syndication import Medium

# The figures of the press that a committee speaks of, defined.


_OWNER = _("Press log")

INDICATORS = (
    Indicator(
        code="PRESS-N",
        line="steering",
        name=_("Press items"),
        definition=_(
            "An item of the press that speaks of the centre counts on its day. The same article in "
            "several outlets of a group counts once for each outlet; a duplicate does not count."
        ),
        unit=ngettext_lazy("%(many)s press item", "%(many)s press items", "count"),
        source=Flow(Counts("steering.press-items", sums=True)),
        owner=_OWNER,
        method=Method.IMPORTED,
        by="medium",
        labels=lambda: dict(Medium.choices),
    ),
    Indicator(
        code="PRESS-ART",
        line="steering",
        name=_("Press articles, each once"),
        definition=_(
            "The same article in several outlets counts once, on the day it first came out: fewer "
            "than the press items, which count each outlet."
        ),
        unit=ngettext_lazy("%(many)s article", "%(many)s articles", "count"),
        source=Flow(Counts("steering.press-articles", sums=True)),
        owner=_OWNER,
        method=Method.IMPORTED,
    ),
    Indicator(
        code="PRESS-AUD",
        line="steering",
        name=_("Audience of press items"),
        definition=_(
            "The audience of each outlet, added up: chances to see, not people. Someone who reads "
            "three items counts three times, so it can be more than all who live in the country."
        ),
        unit=ngettext_lazy("%(many)s opportunity to see", "%(many)s opportunities to see", "count"),
        source=Flow(Counts("steering.press", sums=True), overlaps=True),
        owner=_OWNER,
        method=Method.IMPORTED,
        bound=Bound.ABOUT,  # an audience is an estimate of the monitoring service
        by="medium",
        labels=lambda: dict(Medium.choices),
    ),
    Indicator(
        code="PRESS-AVE",
        line="steering",
        name=_("Advertising equivalent of press items"),
        definition=_(
            "What the monitoring service says the same space would have cost as advertising. "
            "It does not measure what press work is worth (Barcelona Principles): it is kept "
            "only where the centre chose so, never added to anything, and shown to staff only."
        ),
        unit=ngettext_lazy("%(many)s euro", "%(many)s euros", "count"),
        source=Recorded(
            equivalent,
            IndicatorKind.FLOW,
            why=_("This centre does not keep the advertising equivalent."),
        ),
        owner=_OWNER,
        method=Method.ESTIMATED,
        bound=Bound.ABOUT,
        is_public=False,
    ),
    Indicator(
        code="PRESS-TOP",
        line="steering",
        name=_("Press items by topic"),
        definition=_(
            "The press items of the period, each under its topic; those without one are apart."
        ),
        unit=ngettext_lazy("%(many)s press item", "%(many)s press items", "count"),
        source=Flow(Counts("steering.press-items", sums=True)),
        owner=_OWNER,
        method=Method.IMPORTED,
        by="topic",
        labels=lambda: headings()[HeadingKind.TOPIC],
    ),
    Indicator(
        code="PRESS-SEQ",
        line="steering",
        name=_("Press items by sequence"),
        definition=_(
            "The press items of the period, each under its sequence; those without one are apart."
        ),
        unit=ngettext_lazy("%(many)s press item", "%(many)s press items", "count"),
        source=Flow(Counts("steering.press-items", sums=True)),
        owner=_OWNER,
        method=Method.IMPORTED,
        by="sequence",
        labels=lambda: headings()[HeadingKind.SEQUENCE],
    ),
    Indicator(
        code="PRESS-CAMP",
        line="steering",
        name=_("Press items by campaign"),
        definition=_(
            "The press items of the period, each under its campaign; those without one are apart."
        ),
        unit=ngettext_lazy("%(many)s press item", "%(many)s press items", "count"),
        source=Flow(Counts("steering.press-items", sums=True)),
        owner=_OWNER,
        method=Method.IMPORTED,
        by="campaign",
    ),
)


# What is counted of the press. A correction is counted as what it adds, or takes.


_BY = ("medium", "topic", "sequence", "campaign")

MEASURES = (
    Measure("steering.press", counts=PressCounted, by=_BY, day="day", amount="audience"),
    Measure("steering.press-items", counts=PressCounted, by=_BY, day="day", amount="items"),
    Measure("steering.press-articles", counts=PressCounted, by=_BY, day="day", amount="articles"),
)


MODULE = Module(
    staff=(Mount("steering/press/", "press"),),
    abilities={
        "steering": (access.READ,),
        "steering_office": (access.READ, access.WRITE),
    },
    ways=(
        StaffEntry(
            line="steering",
            label=pgettext_lazy("steering", "Press"),
            says=_("What the press said of the centre: items, audience, same articles."),
            url_name="staff:press:list",
            icon="file",
            ability=access.READ,
        ),
    ),
    measures=MEASURES,
    indicators=INDICATORS,
    demonstration=fill,
)
