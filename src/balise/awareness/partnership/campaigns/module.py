"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _, ngettext_lazy, npgettext_lazy

from balise.awareness.partnership.campaigns import access
from balise.awareness.partnership.campaigns.demonstration import fill
from balise.awareness.partnership.campaigns.events import MediumDeclared, MediumWithdrawn
from balise.awareness.partnership.campaigns.queries import editions
from balise.awareness.partnership.campaigns.rules import Medium
from balise.foundation.grants import PUBLIC, Declared, Grant
from balise.foundation.modules import Module, Mount
from balise.foundation.statistics.indicators import (
    Counts,
    Indicator,
    IndicatorKind,
    Level,
    Method,
    Recorded,
)
from balise.foundation.statistics.measures import Measure
from balise.foundation.statistics.quantities import Bound
from balise.foundation.web.navigation import StaffEntry

# The figures of campaigns that a committee speaks of, defined.


_CAME = "awareness.media"
_WENT = "awareness.media-withdrawn"
_INFLUENCERS = (("medium", (Medium.INFLUENCER.value,)),)

INDICATORS = (
    Indicator(
        code="CAMP-ED",
        line="awareness",
        name=_("Editions of campaigns"),
        definition=_(
            "Which edition a campaign is that comes again: a number in an order, not a "
            "quantity. Campaigns are shown side by side from their first day on, as they "
            "were entered by then."
        ),
        unit=npgettext_lazy("figures", "edition %(many)s", "edition %(many)s", "count"),
        source=Recorded(editions, IndicatorKind.READING),
        owner=_("Campaigns"),
        method=Method.DECLARED,
    ),
    Indicator(
        code="CAMP-MEDIA",
        line="awareness",
        name=_("Media plan"),
        definition=_(
            "What partners declare of the media plans: screens, shopping centres, points "
            "of sale, posts. Different media are shown side by side and never added."
        ),
        unit=ngettext_lazy("%(many)s placement", "%(many)s placements", "count"),
        source=Level(Counts(_CAME, sums=True), Counts(_WENT, sums=True), unlike=True),
        owner=_("Campaigns: media plans"),
        method=Method.DECLARED,
        by="medium",
        labels=lambda: dict(Medium.choices),
    ),
    Indicator(
        code="CAMP-INF",
        line="awareness",
        name=_("Influencers in campaigns"),
        definition=_(
            "A channel that takes part in a campaign counts once in it, from the day it "
            "is declared."
        ),
        unit=ngettext_lazy("%(many)s influencer", "%(many)s influencers", "count"),
        source=Level(Counts(_CAME, only=_INFLUENCERS), Counts(_WENT, only=_INFLUENCERS)),
        owner=_("Campaigns: media plans"),
        method=Method.DECLARED,
    ),
    Indicator(
        code="CAMP-REACH",
        line="awareness",
        name=_("Followers of the influencers of campaigns"),
        definition=_(
            "The followers of each channel on the day it is declared, added up. Someone "
            "who follows two channels is counted twice: it is at most that many people."
        ),
        unit=npgettext_lazy("figures", "%(many)s follower", "%(many)s followers", "count"),
        source=Level(
            Counts(_CAME, only=_INFLUENCERS, sums=True), Counts(_WENT, only=_INFLUENCERS, sums=True)
        ),
        owner=_("Campaigns: media plans"),
        method=Method.DECLARED,
        bound=Bound.AT_MOST,
    ),
)


# What is counted of media plans: what was declared, and what turned out not to be true.


MEASURES = (
    Measure("awareness.media", counts=MediumDeclared, by=("campaign", "medium"), amount="number"),
    Measure(
        "awareness.media-withdrawn",
        counts=MediumWithdrawn,
        by=("campaign", "medium"),
        amount="number",
    ),
)


# What the public door may do with campaigns: know whether a code is one.


GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("network_campaigns_campaign",),
        to=(PUBLIC,),
        why="Someone who declares under a campaign’s code is told where there is none such.",
        read=("code",),
    ),
)


_ALL = (access.READ, access.WRITE)

MODULE = Module(
    indicators=INDICATORS,
    staff=(Mount("awareness/campaigns/", "campaigns"),),
    abilities={"editor": (access.READ,), "coordinator": _ALL, "awareness_lead": _ALL},
    ways=(
        StaffEntry(
            line="awareness",
            label=_("Campaigns"),
            says=_("Their dates, media plans, and what carried their codes."),
            url_name="staff:campaigns:list",
            icon="flag",
            ability=access.READ,
        ),
    ),
    measures=MEASURES,
    grants=GRANTS,
    demonstration=fill,
)
