"""The card of this module: what the rest of Balise reads of it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.awareness.partnership.trends import access
from balise.awareness.partnership.trends.actions import readers
from balise.awareness.partnership.trends.demonstration import fill
from balise.awareness.partnership.trends.events import BriefingSent, UseNoticed
from balise.awareness.partnership.trends.models import Reader
from balise.awareness.partnership.trends.rules.topics import topics
from balise.foundation.actors import SYSTEM
from balise.foundation.budgets.rules import Budget
from balise.foundation.grants import ALL, PUBLIC, Declared, Grant, Tells
from balise.foundation.mail import subscribers
from balise.foundation.modules import Module, Mount
from balise.foundation.retention.rules import Rule
from balise.foundation.statistics.boards import Figure, Form
from balise.foundation.statistics.measures import Measure
from balise.foundation.web.navigation import StaffEntry

# The figures of the notebook, in words.


FIGURES = (
    Figure(
        board="awareness",
        code="trends",
        measure="awareness.trends.noticed",
        title=_("Emerging uses noticed, by topic"),
        counted=ngettext_lazy("%(many)s emerging use", "%(many)s emerging uses", "count"),
        form=Form.CODES,
        by="topic",
        labels=lambda: dict(topics(settings.COUNTRY)),
    ),
    Figure(
        board="awareness",
        code="briefings",
        measure="awareness.trends.briefings",
        title=_("Briefings sent to partners"),
        counted=ngettext_lazy("%(many)s briefing", "%(many)s briefings", "count"),
        form=Form.NUMBER,
    ),
)


# What is counted of the notebook.


MEASURES = (
    Measure("awareness.trends.noticed", counts=UseNoticed, by=("topic",)),
    Measure("awareness.trends.briefings", counts=BriefingSent),
)


# What is forgotten of those who receive briefings, and when.


def readers_due(at: datetime) -> Iterable[UUID]:
    """Return who confirmed 24 months ago, and who did not within a week."""
    return subscribers.due(Reader, at)


def erase_readers(found: Sequence[UUID]) -> int:
    """Destroy addresses with their keys; return how many."""
    return readers.erase(readers=found, by=SYSTEM)


RULES = (
    Rule(
        name="awareness.readers",
        forgets=Reader,
        says=_(
            "The address of a partner’s contact who receives briefings is deleted when they leave, "
            "or after 24 months; after a week if they did not confirm it."
        ),
        due=readers_due,
        erase=erase_readers,
    ),
)


# What the public door may do: show an edition to who has its link, hear who confirms or leaves.


GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("network_trends_briefing",),
        to=(PUBLIC,),
        why="Who has the link of an edition reads it, and whether another corrects it.",
        read=ALL,
    ),
    Tells(
        facts=("awareness.reader.confirmed", "awareness.reader.left"),
        by=(PUBLIC,),
    ),
)


MODULE = Module(
    budgets=(Budget("awareness.partnership.trends"),),
    public=(Mount(namespace="trends"),),
    staff=(Mount("awareness/trends/", "trends"),),
    abilities={
        "coordinator": (access.READ, access.WRITE),
        "awareness_lead": (access.READ, access.WRITE),
        "editor": (access.READ,),
    },
    ways=(
        StaffEntry(
            line="awareness",
            label=_("Trends"),
            says=_("Emerging uses, what rises this month, briefings to partners."),
            url_name="staff:trends:notebook",
            icon="eye",
            ability=access.READ,
        ),
    ),
    measures=MEASURES,
    figures=FIGURES,
    retention=RULES,
    grants=GRANTS,
    demonstration=fill,
)
