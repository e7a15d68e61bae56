"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _

from balise.awareness.usage import access
from balise.awareness.usage.figures import FIGURES
from balise.awareness.usage.grants import GRANTS
from balise.awareness.usage.indicators import INDICATORS
from balise.awareness.usage.measures import MEASURES
from balise.awareness.usage.tasks import SCHEDULE
from balise.foundation.modules import Module, Mount
from balise.foundation.statistics.boards import Board
from balise.foundation.web.navigation import StaffEntry

MODULE = Module(
    public=(
        Mount(namespace="usage"),
        Mount(listed="plain", plain=True),
    ),
    staff=(Mount("awareness/usage/", "usage"),),
    abilities={
        "editor": (access.READ, access.LINK),
        "awareness_lead": (access.CLOSE,),
    },
    ways=(
        StaffEntry(
            line="awareness",
            label=_("Use of resources"),
            says=_("Views, downloads, prints and short links. Nobody is recognised."),
            url_name="staff:usage:board",
            icon="chart",
            ability=access.READ,
        ),
    ),
    measures=MEASURES,
    figures=FIGURES,
    indicators=INDICATORS,
    boards=(Board(code="awareness", line="awareness", title=_("Awareness figures")),),
    schedule=SCHEDULE,
    grants=GRANTS,
)
