"""The figures of Safer Internet Day that a committee speaks of, defined."""

from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import gettext_lazy as _, ngettext_lazy, npgettext_lazy

from balise.awareness.sid.queries import edition_on
from balise.awareness.sid.rules.words import channels
from balise.foundation.statistics.indicators import (
    Counts,
    Flow,
    Indicator,
    IndicatorKind,
    Method,
    Recorded,
)


def _channels() -> Mapping[str, object]:
    return channels(settings.COUNTRY)


INDICATORS = (
    Indicator(
        code="SID-ED",
        line="awareness",
        name=_("Safer Internet Day: edition"),
        definition=_(
            "Which edition the last Safer Internet Day until the end of the period was, with "
            "that of 2004 as the first: a number in an order, not a quantity."
        ),
        unit=npgettext_lazy("figures", "edition %(many)s", "edition %(many)s", "count"),
        source=Recorded(edition_on, IndicatorKind.READING),
        owner=_("Safer Internet Day: editions"),
    ),
    Indicator(
        code="SID-ACT",
        line="awareness",
        name=_("Safer Internet Day: activities"),
        definition=_(
            "An activity counts on the day a school or an organisation declares it, also "
            "one that is withdrawn later."
        ),
        unit=ngettext_lazy("%(many)s activity", "%(many)s activities", "count"),
        source=Flow(Counts("awareness.sid-activities")),
        owner=_("Safer Internet Day: declarations"),
        method=Method.DECLARED,
        by="channel",
        labels=_channels,
    ),
    Indicator(
        code="SID-P",
        line="awareness",
        name=_("Safer Internet Day: young people and adults met"),
        definition=_(
            "Those present at the activities declared, on the day of the activity. It is "
            "not the number of players of a story, nor of people who saw a campaign, "
            "though the same people may be in both."
        ),
        unit=npgettext_lazy("figures", "%(many)s person", "%(many)s people", "count"),
        source=Flow(Counts("awareness.sid-met", sums=True), overlaps=True),
        owner=_("Safer Internet Day: declarations"),
        method=Method.DECLARED,
        by="channel",
        labels=_channels,
    ),
)
