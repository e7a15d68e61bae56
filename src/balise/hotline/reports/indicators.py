"""The figures of the hotline that a committee speaks of, defined."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.foundation.statistics.indicators import Counts, Flow, Indicator, Share
from balise.hotline.reports.rules.categories import category_names
from balise.hotline.reports.rules.words import Channel, Verdict

_RECEIVED = "hotline.reports.received"
_GONE = "hotline.time-to-removal"
_REPORTS = ngettext_lazy("%(many)s report", "%(many)s reports", "count")
_PIECES = ngettext_lazy("%(many)s piece of content", "%(many)s pieces of content", "count")
_SHARE = ngettext_lazy("%(many)s per cent of removals", "%(many)s per cent of removals", "count")

_ILLEGAL = (("verdict", (Verdict.ILLEGAL.value,)),)

INDICATORS = (
    Indicator(
        code="HOT-REP",
        line="hotline",
        name=_("Reports received"),
        definition=_(
            "A report counts once, on the day it was received, by whichever channel it "
            "came. One report can name several pieces of content; content that is "
            "reported by ten people counts ten reports."
        ),
        unit=_REPORTS,
        source=Flow(Counts(_RECEIVED)),
        owner=_("Hotline: reports and verdicts"),
        by="channel",
        labels=lambda: dict(Channel.choices),
    ),
    Indicator(
        code="HOT-CAT",
        line="hotline",
        name=_("Reports by category"),
        definition=_(
            "A report counts once, under the category that its reporter chose, on the day it was "
            "received. What analysts found is another figure."
        ),
        unit=_REPORTS,
        source=Flow(Counts("hotline.reports.finished")),
        owner=_("Hotline: reports and verdicts"),
        by="category",
        labels=lambda: category_names(settings.COUNTRY),
    ),
    Indicator(
        code="HOT-CON",
        line="hotline",
        name=_("Pieces of content reported"),
        definition=_(
            "Each piece of content that a report names counts, on the day of the report. "
            "Content that is reported again counts again, so this is more than the "
            "content that exists."
        ),
        unit=_PIECES,
        source=Flow(Counts(_RECEIVED, sums=True)),
        owner=_("Hotline: reports and verdicts"),
        by="channel",
        labels=lambda: dict(Channel.choices),
    ),
    Indicator(
        code="HOT-ILL",
        line="hotline",
        name=_("Verdicts: illegal content"),
        definition=_(
            "A verdict counts on the day it is given, unless it is taken back. Content that is "
            "assessed twice counts twice."
        ),
        unit=ngettext_lazy("%(many)s verdict", "%(many)s verdicts", "count"),
        source=Flow(
            Counts("hotline.verdicts", only=_ILLEGAL),
            less=Counts("hotline.verdicts.taken-back", only=_ILLEGAL),
        ),
        owner=_("Hotline: reports and verdicts"),
    ),
    Indicator(
        code="HOT-GONE",
        line="hotline",
        name=_("Content removed after a report"),
        definition=_(
            "Content counts on the day we saw that it was gone, once for each time it was removed."
        ),
        unit=_PIECES,
        source=Flow(Counts(_GONE)),
        owner=_("Hotline: reports and verdicts"),
    ),
    Indicator(
        code="HOT-24H",
        line="hotline",
        name=_("Content removed within 24 hours"),
        definition=_(
            "Of the content removed in the period, the share that was gone at most 24 "
            "hours after the host was first told. Content that is still online is not in "
            "it."
        ),
        unit=_SHARE,
        source=Share(Counts(_GONE, only=(("band", ("1h", "4h", "24h")),)), Counts(_GONE)),
        owner=_("Hotline: reports and verdicts"),
    ),
)
