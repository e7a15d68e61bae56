"""The card of this module: what the rest of Balise reads of it."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _, ngettext_lazy, npgettext_lazy

from balise.awareness.sid import access, events
from balise.awareness.sid.demonstration import fill
from balise.awareness.sid.models import Activity
from balise.awareness.sid.queries import edition_on
from balise.awareness.sid.rules import OPEN_AFTER, Band, channels
from balise.awareness.sid.web.due import of_editions
from balise.awareness.sid.web.home import coming
from balise.foundation import clock
from balise.foundation.grants import ALL, PUBLIC, Declared, Grant, Tells
from balise.foundation.modules import Module, Mount
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import emptied
from balise.foundation.statistics.boards import Figure, Form
from balise.foundation.statistics.indicators import (
    Counts,
    Flow,
    Indicator,
    IndicatorKind,
    Method,
    Recorded,
)
from balise.foundation.statistics.measures import Measure
from balise.foundation.web.navigation import PublicEntry, StaffEntry

# The figures of the day, in words.


def _channels() -> Mapping[str, object]:
    return channels(settings.COUNTRY)


FIGURES = (
    Figure(
        board="awareness",
        code="sid-activities",
        measure="awareness.sid-activities",
        title=_("Safer Internet Day: activities declared, by programme"),
        counted=ngettext_lazy("%(many)s activity", "%(many)s activities", "count"),
        form=Form.CODES,
        by="channel",
        labels=_channels,
        in_given_order=True,
    ),
    Figure(
        board="awareness",
        code="sid-met",
        measure="awareness.sid-met",
        title=_("Safer Internet Day: people at activities, by age"),
        counted=ngettext_lazy("%(many)s attendance", "%(many)s attendances", "count"),
        form=Form.CODES,
        by="band",
        labels=lambda: dict(Band.choices),
        in_given_order=True,
        sums=True,
    ),
)


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


# What is counted of the day.


MEASURES = (
    Measure("awareness.sid-activities", counts=events.ActivityDeclared, by=("channel", "sort")),
    Measure(
        "awareness.sid-met",
        counts=events.PeopleMet,
        by=("band", "channel"),
        day="day",
        amount="amount",
    ),
)


# What is forgotten of who declared something, and when.


_AT_ONCE: Final = 1_000


def contacts_due(at: datetime) -> Iterable[UUID]:
    """Return whose edition closed: they cannot correct anything any more."""
    closed = clock.day_of(at) - OPEN_AFTER - timedelta(days=1)
    found = Activity.objects.filter(edition__day__lte=closed).exclude(contact=b"")
    return found.values_list("id", flat=True)[:_AT_ONCE]


RULES = (
    Rule(
        name="awareness.sid-contacts",
        forgets=Activity,
        says=_(
            "The address of who declared an activity for Safer Internet Day is deleted 45 days "
            "after the day; the activity stays, without a name of a person."
        ),
        due=contacts_due,
        erase=emptied(Activity, "contact"),
    ),
)


# What the public door may do: read editions, take what is declared, change it for its own link.


_SAID = ("sort", "channel", "name", "area", "on", "expected", "says", "wall", "met", "method")

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("awareness_sid_edition",),
        to=(PUBLIC,),
        why="Everyone reads the day, its kit, and its report once it is public.",
        read=ALL,
    ),
    Grant(
        on=("awareness_sid_activity",),
        to=(PUBLIC,),
        why="Anyone declares an activity, and corrects it with its own link; its contact is sealed "
        "and is not read here.",
        read=(
            *("id", "key", "edition_id", "language", "declared_at", "withdrawn_at", "voided"),
            *_SAID,
        ),
        add=True,
        change=(*_SAID, "withdrawn_at"),
    ),
    Tells(
        facts=(
            *("awareness.sid-activity.declared", "awareness.sid-activity.corrected"),
            *("awareness.sid-activity.met", "awareness.sid-activity.withdrawn"),
        ),
        by=(PUBLIC,),
    ),
)


_TEAM = (access.READ, access.MANAGE, access.MODERATE)

MODULE = Module(
    public=(Mount(namespace="sid"),),
    staff=(Mount("awareness/safer-internet-day/", "sid"),),
    abilities={"coordinator": _TEAM, "awareness_lead": (*_TEAM, access.REPORT)},
    ways=(
        StaffEntry(
            line="awareness",
            label=_("Safer Internet Day"),
            says=_("The day’s editions, what is declared, the wall, the press, the report."),
            url_name="staff:sid:editions",
            icon="calendar",
            ability=access.READ,
            due=of_editions,
        ),
    ),
    public_ways=(
        PublicEntry(
            line="awareness",
            label=_("Safer Internet Day"),
            says=_("The day, what is done for it near you, and how to take part."),
            url_name="sid:day",
        ),
    ),
    measures=MEASURES,
    figures=FIGURES,
    indicators=INDICATORS,
    retention=RULES,
    grants=GRANTS,
    parts={"home.days": coming},
    demonstration=fill,
)
