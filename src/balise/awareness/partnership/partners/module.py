"""The card of this module: what the rest of Balise reads of it."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.awareness.partnership.partners import access
from balise.awareness.partnership.partners.actions import groups
from balise.awareness.partnership.partners.demonstration import fill
from balise.awareness.partnership.partners.events import (
    AgreementSigned,
    MeetingHeld,
    OpinionPublished,
    RecommendationMoved,
)
from balise.awareness.partnership.partners.models import Interest, Member
from balise.awareness.partnership.partners.queries import held
from balise.awareness.partnership.partners.rules.advice import RecommendationState
from balise.awareness.partnership.partners.rules.groups import KEPT, GroupKind
from balise.awareness.partnership.partners.rules.mandates import AgreementKind
from balise.awareness.partnership.partners.tasks import SCHEDULE
from balise.foundation.actors import SYSTEM
from balise.foundation.grants import ALL, PUBLIC, Declared, Grant
from balise.foundation.modules import Module, Mount
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, past
from balise.foundation.statistics.boards import Figure, Form
from balise.foundation.statistics.indicators import Counts, Flow, Indicator, IndicatorKind, Recorded
from balise.foundation.statistics.measures import Measure
from balise.foundation.web.navigation import PublicEntry, StaffEntry

# The figures of partners and working groups, in words.
#
# How many partners are in force is a stock: it is read for a day on the page of partners, and no
# figure of a period is a sum of it.


FIGURES = (
    Figure(
        board="awareness",
        code="agreements",
        measure="awareness.partners.agreements",
        title=_("Agreements signed with partners, by kind"),
        counted=ngettext_lazy("%(many)s agreement", "%(many)s agreements", "count"),
        form=Form.CODES,
        by="kind",
        labels=lambda: dict(AgreementKind.choices),
        in_given_order=True,
    ),
    Figure(
        board="awareness",
        code="meetings",
        measure="awareness.groups.meetings",
        title=_("Meetings of working groups, by kind"),
        counted=ngettext_lazy("%(many)s meeting", "%(many)s meetings", "count"),
        form=Form.CODES,
        by="kind",
        labels=lambda: dict(GroupKind.choices),
        in_given_order=True,
    ),
    Figure(
        board="awareness",
        code="youth-panel",
        measure="awareness.groups.youth",
        title=_("Young people at sessions of the youth panel"),
        counted=ngettext_lazy(
            "%(many)s young person present", "%(many)s young people present", "count"
        ),
        form=Form.NUMBER,
        sums=True,
    ),
    Figure(
        board="awareness",
        code="opinions",
        measure="awareness.groups.opinions",
        title=_("Opinions published, by kind of group"),
        counted=ngettext_lazy("%(many)s opinion", "%(many)s opinions", "count"),
        form=Form.CODES,
        by="kind",
        labels=lambda: dict(GroupKind.choices),
        in_given_order=True,
    ),
    Figure(
        board="awareness",
        code="recommendations",
        measure="awareness.groups.recommendations",
        title=_("Recommendations to companies, by outcome"),
        counted=ngettext_lazy("%(many)s step", "%(many)s steps", "count"),
        form=Form.CODES,
        by="state",
        labels=lambda: dict(RecommendationState.choices),
        in_given_order=True,
    ),
)


# The figures of partners and groups that a committee speaks of, defined.


INDICATORS = (
    Indicator(
        code="NET-N",
        line="awareness",
        name=_("Countries of our networks"),
        definition=_(
            "A country counts once where it was a member of one of the networks in our "
            "register on the last day of the period, as far as that was entered by then."
        ),
        unit=ngettext_lazy("%(many)s country", "%(many)s countries", "count"),
        source=Recorded(held.countries, IndicatorKind.STOCK),
        owner=_("Partners: mandates"),
    ),
    Indicator(
        code="PLAT-N",
        line="helpline",
        name=_("Platforms with an agreement on removals"),
        definition=_(
            "An organisation counts once where an agreement on removals with it was in force "
            "on the last day of the period, as far as that was entered by then. We may ask "
            "others to remove content too: they are not in it."
        ),
        unit=ngettext_lazy("%(many)s platform", "%(many)s platforms", "count"),
        source=Recorded(held.with_removals, IndicatorKind.STOCK),
        owner=_("Partners: agreements"),
    ),
    Indicator(
        code="YOUTH-P",
        line="awareness",
        name=_("Young people at panels"),
        definition=_(
            "The young people present at each meeting of a youth panel. One who comes to "
            "three meetings counts three times."
        ),
        unit=ngettext_lazy("%(many)s presence", "%(many)s presences", "count"),
        source=Flow(Counts("awareness.groups.youth", sums=True), overlaps=True),
        owner=_("Partners: working groups"),
    ),
)


# What is counted of partners, working groups and their advice.


MEASURES = (
    Measure("awareness.partners.agreements", counts=AgreementSigned, by=("kind",), day="day"),
    Measure("awareness.groups.meetings", counts=MeetingHeld, by=("kind",), day="day"),
    Measure(
        "awareness.groups.youth",
        counts=MeetingHeld,
        day="day",
        amount="present",
        only=(("kind", "youth"),),
    ),
    Measure("awareness.groups.opinions", counts=OpinionPublished, by=("kind",)),
    Measure(
        "awareness.groups.recommendations",
        counts=RecommendationMoved,
        by=("state",),
        day="day",
    ),
)


# What is forgotten of members of working groups, and when.


def erase_members(members: Sequence[UUID]) -> int:
    """Destroy the names of members with their keys; their roles stay."""
    return groups.erase_members(members=members, by=SYSTEM)


RULES = (
    Rule(
        name="awareness.members",
        forgets=Member,
        says=_("The name of a member of a working group is deleted 24 months after they left."),
        due=past(Member, "left_at", KEPT, holding="sealed"),
        erase=erase_members,
    ),
    Rule(
        name="awareness.interests",
        forgets=Interest,
        says=_(
            "An interest that a member of a working group declared is deleted 24 months after "
            "they left."
        ),
        due=past(Interest, "member__left_at", KEPT),
        erase=deleted(Interest),
    ),
)


# What the public door may do with the register of partners: read what its page shows.


GRANTS: tuple[Declared, ...] = (
    Grant(
        on=(
            "network_partners_organisation",
            "network_partners_mandate",
            "network_partners_agreement",
        ),
        to=(PUBLIC,),
        why="Everyone reads who our partners are, since when, and which mandates are held.",
        read=ALL,
    ),
    Grant(
        on=(
            "network_partners_group",
            "network_partners_meeting",
            "network_partners_opinion",
            "network_partners_recommendation",
            "network_partners_step",
        ),
        to=(PUBLIC,),
        why="Everyone reads the opinions that are public, and what became of recommendations.",
        read=ALL,
    ),
    Grant(
        on=("network_partners_member",),
        to=(PUBLIC,),
        why="Beside an opinion stand the members who agreed to be named; nothing encrypted.",
        read=("id", "group_id", "role", "public_name"),
    ),
)


MODULE = Module(
    public=(Mount(namespace="partners"),),
    staff=(Mount("awareness/partners/", "partners"),),
    abilities={
        "coordinator": (access.READ, access.WRITE),
        "awareness_lead": (access.READ, access.WRITE),
        "editor": (access.READ,),
    },
    ways=(
        StaffEntry(
            line="awareness",
            label=_("Partners and mandates"),
            says=_("Organisations, agreements, who holds which mandate on a day."),
            url_name="staff:partners:register",
            icon="users",
            ability=access.READ,
        ),
        StaffEntry(
            line="awareness",
            label=_("Working groups"),
            says=_("Experts, the youth panel, dialogue with industry: what they advise."),
            url_name="staff:partners:groups",
            icon="chat",
            ability=access.READ,
        ),
    ),
    public_ways=(
        PublicEntry(
            line="awareness",
            label=_("Partners of the centre"),
            url_name="partners:partners",
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
