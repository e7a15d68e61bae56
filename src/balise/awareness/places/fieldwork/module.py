"""The card of this module: what the rest of Balise reads of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _, ngettext_lazy, pgettext_lazy

from balise.awareness.places.fieldwork import access, events
from balise.awareness.places.fieldwork.actions import asking
from balise.awareness.places.fieldwork.demonstration import fill
from balise.awareness.places.fieldwork.figures import FIGURES
from balise.awareness.places.fieldwork.models import Contact, Intervention
from balise.awareness.places.fieldwork.queries.again import schools_again
from balise.awareness.places.fieldwork.rules.visits import Line
from balise.awareness.places.fieldwork.rules.workshops import Band
from balise.awareness.places.fieldwork.web import parts
from balise.awareness.places.fieldwork.web.due import of_field
from balise.awareness.places.fieldwork.web.workshop import SHELL
from balise.foundation.actors import SYSTEM
from balise.foundation.grants import PUBLIC, Declared, Grant, Tells
from balise.foundation.modules import Module, Mount
from balise.foundation.retention.rules import Rule
from balise.foundation.statistics.indicators import (
    Counts,
    Flow,
    Indicator,
    IndicatorKind,
    Method,
    Recorded,
    Version,
)
from balise.foundation.statistics.measures import Measure
from balise.foundation.web.navigation import PublicEntry, StaffEntry

# The figures of the field that a committee speaks of, defined.


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


# What is counted in the field. A correction is counted as what it adds, or takes.


MEASURES = (
    Measure(
        "awareness.workshops",
        counts=events.WorkshopCounted,
        by=("kit", "method"),
        day="day",
        amount="amount",
    ),
    Measure(
        "awareness.people",
        counts=events.PeopleMet,
        by=("band", "campaign"),
        day="day",
        amount="amount",
    ),
    Measure(
        "awareness.interventions",
        counts=events.InterventionMet,
        by=("host_line",),
        day="day",
        amount="amount",
    ),
    Measure(
        "awareness.groups",
        counts=events.GroupMet,
        by=("group",),
        day="day",
        amount="amount",
    ),
    Measure("awareness.asked", counts=events.InterventionAsked, by=("is_again",)),
)


# What is forgotten of who asked for an intervention, and when.


AFTER: Final = timedelta(days=90)  # what it was for is over, and the answer is given
LONGEST: Final = timedelta(days=730)


def contacts_due(at: datetime) -> "QuerySet[Contact, UUID]":
    """Return contacts of what ended 90 days ago, and any that is two years old."""
    over = Intervention.objects.filter(ended_at__lte=at - AFTER).order_by().values("id")
    found = Contact.objects.filter(Q(id__in=over) | Q(asked_at__lte=at - LONGEST))
    return found.values_list("id", flat=True)


def erase_contacts(contacts: Sequence[UUID]) -> int:
    """Destroy contacts with their keys; return how many."""
    return asking.erase_contacts(interventions=contacts, by=SYSTEM)


RULES = (
    Rule(
        name="awareness.intervention-contacts",
        forgets=Contact,
        says=_(
            "Who asked for an intervention, and what they wrote, is deleted 90 days after it, "
            "and after two years in any case. Numbers stay."
        ),
        due=contacts_due,
        erase=erase_contacts,
    ),
)


# What the public door may do here: declare a workshop, ask for a visit, say how it was.


GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("network_fieldwork_workshop",),
        to=(PUBLIC,),
        why=(
            "A structure declares a workshop, once; pages of kits and of structures tell how many "
            "there were, and which are planned."
        ),
        read=(
            *("id", "key", "structure", "state", "day", "setting", "area", "kit", "edition"),
            *("kit_was_withdrawn", "heads", "people"),
        ),
        add=True,
    ),
    Grant(
        on=("network_fieldwork_venue",),
        to=(PUBLIC,),
        why="A school that asks for a visit is known again, by its code or its name.",
        read=("id", "known_as", "code", "named"),
        add=True,
    ),
    Grant(
        on=("network_fieldwork_intervention",),
        to=(PUBLIC,),
        why="A school asks for a visit, and is told apart from one that was met before.",
        read=("id", "venue_id", "state", "met_on"),
        add=True,
    ),
    Grant(
        on=("network_fieldwork_contact",),
        to=(PUBLIC,),
        why="Who asks leaves a contact, sealed, which is never read here.",
        add=True,
    ),
    Grant(
        on=("network_fieldwork_opinion",),
        to=(PUBLIC,),
        why="The person who asked says how it was, once; the page knows whether they did.",
        read=("id",),
        add=True,
    ),
    Tells(
        facts=(
            *("awareness.workshop.declared", "awareness.workshop.counted"),
            *("awareness.people.met", "awareness.intervention.asked"),
            "awareness.intervention.rated",
        ),
        by=(PUBLIC,),
    ),
)


MODULE = Module(
    public=(Mount(namespace="fieldwork"),),
    staff=(Mount("awareness/fieldwork/", "fieldwork"),),
    abilities={
        "coordinator": (access.READ, access.CHANGE),
        "awareness_lead": (access.READ, access.CHANGE),
    },
    ways=(
        StaffEntry(
            line="awareness",
            label=pgettext_lazy("fieldwork", "Field"),
            says=_("Visits and workshops: asked for, planned, held, with people counted."),
            url_name="staff:fieldwork:requests",
            icon="users",
            ability=access.READ,
            due=of_field,
        ),
    ),
    public_ways=(
        PublicEntry(
            line="awareness",
            label=_("Ask for a visit to a school"),
            says=_("Someone trained comes and talks with the pupils."),
            url_name="fieldwork:ask",
        ),
    ),
    keeps=(SHELL,),
    measures=MEASURES,
    figures=FIGURES,
    indicators=INDICATORS,
    retention=RULES,
    grants=GRANTS,
    parts={"publications.page": parts.kit, "structure.workshops": parts.structure},
    demonstration=fill,
)
