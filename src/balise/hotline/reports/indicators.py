"""The figures of the hotline that a committee speaks of, defined."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.foundation.countries import country_names
from balise.foundation.statistics.boards import days_taken_labels
from balise.foundation.statistics.indicators import Counts, Flow, Indicator, Share
from balise.hotline.reports.rules.categories import category_names
from balise.hotline.reports.rules.words import Channel, Verdict
from balise.takedown.law.rules.items import (
    AgeGroup,
    Answer,
    Commerciality,
    Sex,
    SiteType,
)

_RECEIVED = "hotline.reports.received"
_GONE = "hotline.time-to-removal"
_REPORTS = ngettext_lazy("%(many)s report", "%(many)s reports", "count")
_PIECES = ngettext_lazy("%(many)s piece of content", "%(many)s pieces of content", "count")
_SHARE = ngettext_lazy("%(many)s per cent of removals", "%(many)s per cent of removals", "count")

_ILLEGAL_PIECES = ngettext_lazy(
    "%(many)s illegal piece of content", "%(many)s illegal pieces of content", "count"
)
_DOSSIERS = ngettext_lazy("%(many)s police dossier sent", "%(many)s police dossiers sent", "count")
_PART_KNOWN = ngettext_lazy(
    "%(many)s per cent of content reported", "%(many)s per cent of content reported", "count"
)
_OWNER = _("Hotline: reports and verdicts")

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
        owner=_OWNER,
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
        owner=_OWNER,
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
        owner=_OWNER,
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
        owner=_OWNER,
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
        owner=_OWNER,
    ),
    Indicator(
        code="HOT-24H",
        line="hotline",
        name=_("Content removed within 24 hours"),
        definition=_(
            "Of the content removed in the period, the share that was gone at most 24 hours after "
            "its verdict, or after it last came back. Content that is still online is not in it."
        ),
        unit=_SHARE,
        source=Share(Counts(_GONE, only=(("band", ("1h", "4h", "24h")),)), Counts(_GONE)),
        owner=_OWNER,
    ),
    # What INHOPE publishes of its members, each year.
    Indicator(
        code="HOT-KNOWN",
        line="hotline",
        name=_("Content known already when reported"),
        definition=_(
            "Of the pieces of content that reports name, the share that an earlier report had "
            "named. The unit is a piece of content in a report, not a picture: the same picture "
            "at a new address is new."
        ),
        unit=_PART_KNOWN,
        source=Share(Counts("hotline.contents.known", sums=True), Counts(_RECEIVED, sums=True)),
        owner=_OWNER,
    ),
    Indicator(
        code="HOT-HOST",
        line="hotline",
        name=_("Illegal content by hosting country"),
        definition=_(
            "A piece of content counts once, on the day of its illegal verdict, in the country "
            "that the trace of that day found. A verdict that is taken back is left out."
        ),
        unit=_ILLEGAL_PIECES,
        source=Flow(Counts("hotline.illegal")),
        owner=_OWNER,
        by="country",
        labels=country_names,
    ),
    Indicator(
        code="HOT-LAST",
        line="hotline",
        name=_("Removed content by its last hosting country"),
        definition=_(
            "Content counts on the day it was seen gone, in the country where it was hosted last. "
            "Content that moved was in another country at its verdict."
        ),
        unit=_PIECES,
        source=Flow(Counts("hotline.removed")),
        owner=_OWNER,
        by="country",
        labels=country_names,
    ),
    Indicator(
        code="HOT-SITE",
        line="hotline",
        name=_("Illegal content by kind of site"),
        definition=_(
            "A piece of content counts once, on the day of its illegal verdict, by the kind of "
            "site: the first that is known of its items."
        ),
        unit=_ILLEGAL_PIECES,
        source=Flow(Counts("hotline.illegal")),
        owner=_OWNER,
        by="site_type",
        labels=lambda: dict(SiteType.choices),
    ),
    Indicator(
        code="HOT-PAID",
        line="hotline",
        name=_("Illegal content, commercial or not"),
        definition=_(
            "A piece of content counts once, on the day of its illegal verdict: for money, free, "
            "or not known."
        ),
        unit=_ILLEGAL_PIECES,
        source=Flow(Counts("hotline.illegal")),
        owner=_OWNER,
        by="commerciality",
        labels=lambda: dict(Commerciality.choices),
    ),
    Indicator(
        code="HOT-BASE",
        line="hotline",
        name=_("Illegal content, baseline or national law alone"),
        definition=_(
            "A piece of content counts once, on the day of its illegal verdict: whether one of its "
            "items meets each of INTERPOL’s criteria."
        ),
        unit=_ILLEGAL_PIECES,
        source=Flow(Counts("hotline.illegal")),
        owner=_OWNER,
        by="baseline",
        labels=lambda: dict(Answer.choices),
    ),
    Indicator(
        code="HOT-AGE",
        line="hotline",
        name=_("Illegal content by age of the child"),
        definition=_(
            "A piece of content counts once, on the day of its illegal verdict, by the youngest "
            "child that its items show. Told of whole years, as protected numbers."
        ),
        unit=_ILLEGAL_PIECES,
        source=Flow(Counts("hotline.illegal.shown")),
        owner=_OWNER,
        by="age",
        labels=lambda: dict(AgeGroup.choices),
    ),
    Indicator(
        code="HOT-SEX",
        line="hotline",
        name=_("Illegal content by sex of the child"),
        definition=_(
            "A piece of content counts once, on the day of its illegal verdict, by the children "
            "that its items show. Told of whole years, as protected numbers."
        ),
        unit=_ILLEGAL_PIECES,
        source=Flow(Counts("hotline.illegal.shown")),
        owner=_OWNER,
        by="sex",
        labels=lambda: dict(Sex.choices),
    ),
    Indicator(
        code="HOT-DAYS",
        line="hotline",
        name=_("Days from verdict to removal"),
        definition=_(
            "Content removed in the period, by the whole days since its verdict, or since it last "
            "came back. Content that is still online is not in it."
        ),
        unit=_PIECES,
        source=Flow(Counts("hotline.removed")),
        owner=_OWNER,
        by="days_taken",
        labels=days_taken_labels,
    ),
    Indicator(
        code="HOT-ASKED",
        line="hotline",
        name=_("Days from verdict to the first request for removal"),
        definition=_(
            "Content counts once for each place, when a host or a hotline abroad is first asked, "
            "by the whole days since its verdict, or since it last came back."
        ),
        unit=_PIECES,
        source=Flow(Counts("hotline.asked")),
        owner=_OWNER,
        by="days_taken",
        labels=days_taken_labels,
    ),
    Indicator(
        code="HOT-POLICE",
        line="hotline",
        name=_("Days from report to the police"),
        definition=_(
            "A dossier counts when the police have it, by the whole days since the first report "
            "was received."
        ),
        unit=_DOSSIERS,
        source=Flow(Counts("takedown.days-to-police")),
        owner=_OWNER,
        by="days_taken",
        labels=days_taken_labels,
    ),
)
