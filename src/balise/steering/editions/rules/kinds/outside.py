"""Editions for who pays, for who takes part in Safer Internet Day, for who carries it all.

No list of the European Commission's indicators was found: the pack follows the expected outcomes of
its calls and what the centres publish of Safer Internet Day.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.steering.editions.rules.kinds.committee import awareness, between
from balise.steering.editions.rules.template import Absent, Days, Template, number

_NO_SURVEY: Final = _("it takes a survey of the population, which the centre has not made")
_BY_QUESTION: Final = _("educators answer it, and no figure of steering shows it yet")

EUROPEAN: Final = Template(
    code="european",
    name=_("European Commission and BIK pack"),
    days=Days.REPORT,
    pages=between(
        "tools",
        "web",
        "kits",
        "people",
        "training",
        "network",
        "territories",
        "families",
        "play",
        "webinars",
        "day",
        awareness("youth", _("Participation of young people"), number("YOUTH-P")),
        "contacts",
        "reports",
        "press",
        "social",
    ),
    to_verify=_(
        "The Commission publishes no list of indicators: this one follows the expected outcomes "
        "of its calls. Check it against the grant agreement."
    ),
    absent=(
        Absent(_("Resources available, new and updated"), _("no measure counts it"), "RES-N"),
        Absent(
            _("Children met, each once"),
            _("nobody’s name is kept, so the same child met twice counts twice"),
        ),
        Absent(
            _("Professionals still active after 12 months"),
            _("badges are counted when they are given, not later"),
        ),
        Absent(
            _("Gain of pupils by a quiz"),
            _("no answer before and after is tied to one person"),
        ),
        Absent(
            _("Participants with specific needs"),
            _("counted by groups of a workshop, and no figure of steering shows it yet"),
        ),
        Absent(_("Educators who are satisfied"), _BY_QUESTION, "SAT-EDU"),
        Absent(_("Public that knows the service"), _NO_SURVEY),
        Absent(
            _("Decisions that young people influenced"),
            _("panels write down what they advise, and nothing counts the effect"),
        ),
    ),
)

SEASON: Final = Template(
    code="sid",
    name=_("Impact of Safer Internet Day"),
    days=Days.SEASON,
    pages=between(
        "day",
        "kits",
        awareness("used", _("Resources used"), number("RES-DL"), number("RES-VIEW")),
        "webinars",
        "play",
        "press",
        "social",
    ),
    to_verify=_("No form is required: the chapters are those that other centres publish."),
    absent=(
        Absent(pgettext_lazy("form", "Public that heard of the day"), _NO_SURVEY),
        Absent(_("Pupils who feel more able"), _BY_QUESTION, "CONF"),
    ),
)

AMBASSADORS: Final = Template(
    code="ambassadors",
    name=_("Letter to ambassadors"),
    days=Days.QUARTER,
    pages=between("network", "territories", "people", "training", "kits", "families"),
)
