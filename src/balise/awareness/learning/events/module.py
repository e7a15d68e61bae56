"""The card of this module: what the rest of Balise reads of it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _, ngettext_lazy, npgettext_lazy, pgettext_lazy

from balise.awareness.learning.events import access
from balise.awareness.learning.events.actions import attending
from balise.awareness.learning.events.demonstration import fill
from balise.awareness.learning.events.events import (
    AttendanceNoted,
    EventCancelled,
    EventPublished,
    HeadsDeclared,
    Registered,
    ReplayViewed,
    SpeakersCounted,
)
from balise.awareness.learning.events.grants import GRANTS
from balise.awareness.learning.events.models import Registration
from balise.awareness.learning.events.rules.facts import EventKind
from balise.awareness.learning.events.rules.registering import KEPT
from balise.awareness.learning.events.tasks import SCHEDULE
from balise.awareness.learning.events.web.due import of_events
from balise.foundation.actors import SYSTEM
from balise.foundation.modules import Module, Mount
from balise.foundation.retention.rules import Rule
from balise.foundation.statistics.boards import Figure, Form
from balise.foundation.statistics.indicators import Counts, Flow, Indicator, Level
from balise.foundation.statistics.measures import Measure
from balise.foundation.statistics.quantities import Bound
from balise.foundation.web.navigation import PublicEntry, StaffEntry

# The figures of events, in words. Heads and people who registered are never added up.


_REGISTRATIONS = ngettext_lazy("%(many)s registration", "%(many)s registrations", "count")
_CAME = ngettext_lazy("%(many)s person came", "%(many)s people came", "count")
_VIEWS = ngettext_lazy("%(many)s view of a film", "%(many)s views of films", "count")
_HEADS = ngettext_lazy("%(many)s head counted", "%(many)s heads counted", "count")


def _kinds() -> dict[str, object]:
    return dict(EventKind.choices)


FIGURES = (
    Figure(
        board="awareness",
        code="registrations",
        measure="awareness.registrations",
        title=_("Registrations for events, by kind"),
        counted=_REGISTRATIONS,
        form=Form.CODES,
        by="kind",
        labels=_kinds,
        in_given_order=True,
        is_key=True,
    ),
    Figure(
        board="awareness",
        code="attended",
        measure="awareness.attended",
        title=_("People who registered and came, by kind"),
        counted=_CAME,
        form=Form.CODES,
        by="kind",
        labels=_kinds,
        in_given_order=True,
        sums=True,
    ),
    Figure(
        board="awareness",
        code="replays",
        measure="awareness.replays",
        title=_("Views of the films of events, by kind"),
        counted=_VIEWS,
        form=Form.CODES,
        by="kind",
        labels=_kinds,
        in_given_order=True,
        sums=True,
    ),
    Figure(
        board="awareness",
        code="heads",
        measure="awareness.heads",
        title=_("Heads counted where nobody registers, by kind"),
        counted=_HEADS,
        form=Form.CODES,
        by="kind",
        labels=_kinds,
        in_given_order=True,
        sums=True,
    ),
)


# The figures of events that a committee speaks of, defined.


_WEBINARS = (("kind", (EventKind.WEBINAR.value,)),)


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


# What is counted of events: registrations, who came, heads, views of films.


MEASURES = (
    Measure("awareness.events", counts=EventPublished, by=("kind",)),
    Measure("awareness.events-cancelled", counts=EventCancelled, by=("kind",)),
    Measure("awareness.registrations", counts=Registered, by=("kind",)),
    Measure("awareness.attended", counts=AttendanceNoted, by=("kind",), amount="more"),
    Measure("awareness.replays", counts=ReplayViewed, by=("kind",), amount="more"),
    Measure("awareness.speakers", counts=SpeakersCounted, by=("kind",), day="day", amount="more"),
    Measure("awareness.heads", counts=HeadsDeclared, by=("kind",), amount="more"),
)


# What is forgotten of who registered, and when; the counts of each event stay.


def registrations_due(at: datetime) -> QuerySet[Registration]:
    """Return the registrations for events that ended 30 days ago."""
    return Registration.objects.filter(event__ends_at__lte=at - KEPT).order_by("event_id", "id")


def erase_registrations(registrations: Sequence[UUID]) -> int:
    """Destroy registrations with their keys; return how many."""
    return attending.erase(registrations=registrations, by=SYSTEM)


RULES = (
    Rule(
        name="awareness.registrations",
        forgets=Registration,
        says=_(
            "Name and address of who registered for an event are deleted 30 days after its end; "
            "how many registered and came is kept."
        ),
        due=registrations_due,
        erase=erase_registrations,
    ),
)


_ALL = (access.READ, access.WRITE, access.ATTEND, access.NAMES)

MODULE = Module(
    public=(Mount(namespace="events"),),
    staff=(Mount("awareness/events/", "events"),),
    abilities={
        "editor": (access.READ,),
        "coordinator": _ALL,
        "awareness_lead": _ALL,
    },
    ways=(
        StaffEntry(
            line="awareness",
            label=pgettext_lazy("awareness", "Events"),
            says=_("Webinars, meetings, festivals: places, who came, what is mailed."),
            url_name="staff:events:list",
            icon="calendar",
            ability=access.READ,
            due=of_events,
        ),
    ),
    public_ways=(
        PublicEntry(
            line="awareness",
            label=pgettext_lazy("awareness", "Events"),
            says=_("Webinars, meetings and festivals. Free, and without an account."),
            url_name="events:coming",
        ),
    ),
    measures=MEASURES,
    figures=FIGURES,
    indicators=INDICATORS,
    retention=RULES,
    schedule=SCHEDULE,
    grants=GRANTS,
    demonstration=fill,
)
