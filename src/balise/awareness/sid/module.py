"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _

from balise.awareness.sid import access
from balise.awareness.sid.demonstration import fill
from balise.awareness.sid.figures import FIGURES
from balise.awareness.sid.grants import GRANTS
from balise.awareness.sid.indicators import INDICATORS
from balise.awareness.sid.measures import MEASURES
from balise.awareness.sid.retention import RULES
from balise.awareness.sid.web.due import of_editions
from balise.awareness.sid.web.home import coming
from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import PublicEntry, StaffEntry

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
