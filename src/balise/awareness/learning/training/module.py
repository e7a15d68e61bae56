"""The card of this module: what the rest of Balise reads of it."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.awareness.learning.events.rules.facts import EventKind
from balise.awareness.learning.training import access
from balise.awareness.learning.training.actions import MARKED
from balise.awareness.learning.training.demonstration import fill
from balise.awareness.learning.training.events import BadgeGiven, ModuleCounted
from balise.awareness.learning.training.figures import FIGURES
from balise.awareness.learning.training.models import LINE, Badge, KeptPath, Once
from balise.awareness.learning.training.rules.paths import KEPT
from balise.awareness.learning.training.rules.words import Way, What
from balise.awareness.learning.training.tasks import SCHEDULE
from balise.awareness.learning.training.web.staff import offered
from balise.foundation.grants import ALL, PUBLIC, Declared, Grant, Tells
from balise.foundation.modules import Module, Mount
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, dropped, past
from balise.foundation.statistics.indicators import Counts, Ever, Flow, Indicator, Level, Version
from balise.foundation.statistics.measures import Measure
from balise.foundation.web.navigation import PublicEntry, StaffEntry

# The figures of training that a committee speaks of, defined.


_PATHS = ngettext_lazy("%(many)s path", "%(many)s paths", "count")
_MODULE = "awareness.module"

INDICATORS = (
    Indicator(
        code="MOOC-START",
        line="awareness",
        name=_("Online module: started"),
        definition=_(
            "A path through the online module counts on the day it begins. Nobody has an "
            "account: who begins twice counts twice."
        ),
        unit=_PATHS,
        source=Flow(Counts(_MODULE, only=(("what", (What.STARTED.value,)),), sums=True)),
        owner=_("Training: the online module"),
    ),
    Indicator(
        code="MOOC-END",
        line="awareness",
        name=_("Online module: finished"),
        definition=_("A path counts on the day its last chapter is done."),
        unit=_PATHS,
        source=Flow(Counts(_MODULE, only=(("what", (What.FINISHED.value,)),), sums=True)),
        owner=_("Training: the online module"),
    ),
    Indicator(
        code="TRN-P",
        line="awareness",
        name=_("Professionals trained"),
        definition=_(
            "Someone who passed the final test of the online module, or who came to a "
            "training session, counts from that day, with a badge or without. Nobody has an "
            "account: who did both, or one of them twice, counts twice. These are trainings, "
            "not different people."
        ),
        unit=ngettext_lazy("%(many)s person trained", "%(many)s people trained", "count"),
        source=Ever(
            (
                (
                    Way.ONLINE.value,
                    Counts(_MODULE, only=(("what", (What.PASSED.value,)),), sums=True),
                ),
                (
                    Way.SESSION.value,
                    Counts(
                        "awareness.attended",
                        only=(("kind", (EventKind.TRAINING.value,)),),
                        sums=True,
                    ),
                ),
            )
        ),
        owner=_("Training: the online module and sessions"),
        labels=lambda: dict(Way.choices),
        versions=(Version(2, None, ""),),  # of badges, first; all of the past is counted anew
    ),
    Indicator(
        code="TRN-BADGE",
        line="awareness",
        name=_("Badges given"),
        definition=_(
            "A badge counts from the day it is given, for the online module or for a "
            "session. It is what was ever given: one person may have several, and who was "
            "trained without asking for a badge is not in it."
        ),
        unit=ngettext_lazy("%(many)s badge", "%(many)s badges", "count"),
        source=Level(Counts("awareness.badges")),
        owner=_("Training: badges"),
        by="way",
        labels=lambda: dict(Way.choices),
    ),
)


# What is counted of training.


MEASURES = (
    Measure(
        "awareness.module",
        counts=ModuleCounted,
        by=("what",),
        day="day",
        amount="times",
    ),
    Measure("awareness.badges", counts=BadgeGiven, by=("audience", "area", "way")),
)


# What is deleted of training, and when. No row here says who someone is.


AFTER = timedelta(days=365)  # its place in the list of revoked ones is free from then on


RULES = (
    Rule(
        name="awareness.module-paths",
        forgets=KeptPath,
        says=_("Progress kept under six words is deleted 180 days after the last answer."),
        due=past(KeptPath, "changed_at", KEPT),
        erase=deleted(KeptPath),
    ),
    Rule(
        name="awareness.module-marks",
        forgets=Once,
        says=_("The mark by which the module counts a person once is deleted after 180 days."),
        due=past(Once, "at", MARKED),
        erase=dropped(Once),
    ),
    Rule(
        name="awareness.badges",
        forgets=Badge,
        says=_("A badge, which names nobody, is deleted a year after its last day."),
        due=past(Badge, "until", AFTER),
        erase=deleted(Badge),
    ),
)


# What the public door may do: follow the module and count it.


GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("network_training_keptpath",),
        to=(PUBLIC,),
        why="Six words open a path, which each answer changes. Nothing in it says who it is.",
        read=("id", "index", "told", "changed_at"),
        add=True,
        change=("index", "told", "changed_at"),
    ),
    Grant(
        on=("network_training_once",),
        to=(PUBLIC,),
        why="What is counted of a path is counted once.",
        read=("mark",),
        add=True,
    ),
    Grant(
        on=("network_training_daytally",),
        to=(PUBLIC,),
        why="It adds one to the tally of a day.",
        read=("id", "day", "what", "times", "total"),
        add=True,
        change=("times", "total"),
    ),
    Grant(
        on=("network_training_badge",),
        to=(PUBLIC,),
        why="Someone asks for a badge, and whoever has its address sees it; a worker signs it.",
        read=ALL,
        add=True,
    ),
    Grant(
        on=("network_training_standing",),
        to=(PUBLIC,),
        why="Anyone reads which badges are revoked.",
        read=ALL,
    ),
    Tells(facts=("awareness.badge.asked",), by=(PUBLIC,)),
)


_ABILITIES = (access.READ, access.REVOKE)

MODULE = Module(
    public=(Mount(namespace="training"), Mount(listed="plain", plain=True)),
    staff=(Mount("awareness/training/", "training"),),
    abilities={"coordinator": _ABILITIES, "awareness_lead": _ABILITIES},
    ways=(
        StaffEntry(
            line="awareness",
            label=_("Training and badges"),
            says=_("The online module, its figures, badges given and revoked."),
            url_name="staff:training:board",
            icon="check-circle",
            ability=access.READ,
        ),
    ),
    public_ways=(
        PublicEntry(
            line="awareness",
            label=_("Training for adults"),
            says=_("Lead a session, receive what a child says: an hour and a half, free."),
            url_name="training:module",
        ),
    ),
    measures=MEASURES,
    figures=FIGURES,
    indicators=INDICATORS,
    retention=RULES,
    schedule=SCHEDULE,
    key_line=LINE,
    grants=GRANTS,
    parts={"events.mine": offered},
    demonstration=fill,
)
