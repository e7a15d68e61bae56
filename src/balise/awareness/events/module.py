"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.awareness.events import access
from balise.awareness.events.demonstration import fill
from balise.awareness.events.figures import FIGURES
from balise.awareness.events.grants import GRANTS
from balise.awareness.events.indicators import INDICATORS
from balise.awareness.events.measures import MEASURES
from balise.awareness.events.retention import RULES
from balise.awareness.events.tasks import SCHEDULE
from balise.awareness.events.web.due import of_events
from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import PublicEntry, StaffEntry

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
