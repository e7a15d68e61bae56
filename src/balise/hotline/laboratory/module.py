"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _

from balise.foundation.budgets.rules import Budget
from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import PublicEntry, StaffEntry
from balise.hotline.laboratory import access
from balise.hotline.laboratory.demonstration import fill
from balise.hotline.laboratory.figures import FIGURES
from balise.hotline.laboratory.grants import GRANTS
from balise.hotline.laboratory.indicators import INDICATORS
from balise.hotline.laboratory.measures import MEASURES
from balise.hotline.laboratory.queries.cases import waiting
from balise.hotline.laboratory.retention import RULES
from balise.hotline.laboratory.tasks import SCHEDULE
from balise.hotline.laboratory.web.public import WAY
from balise.hotline.laboratory.web.tickets import CODE

# A clip is opened in memory, to draw a frame a second; nothing else may be.
_FILMS = {"media-src": ("blob:",)}

MODULE = Module(
    budgets=(Budget("hotline.laboratory", in_all=0, comes_first=True),),
    public=(Mount(namespace="laboratory", sources={"choose": _FILMS, "send": _FILMS}),),
    staff=(Mount("hotline/", "laboratory"),),
    abilities={"analyst": (access.LOOK,), "hotline_lead": (access.LOOK, access.DECIDE)},
    public_ways=(
        PublicEntry(
            line="hotline",
            label=_("Stop an intimate image"),
            says=_("Without showing it: only a fingerprint leaves the device."),
            url_name="laboratory:start",
        ),
    ),
    ways=(
        StaffEntry(
            line="hotline",
            label=_("Laboratory"),
            says=_("Fingerprints of victims: disputes to decide, cases. No picture is here."),
            url_name="staff:laboratory:disputes",
            icon="fingerprint",
            ability=access.LOOK,
            count=waiting,
        ),
    ),
    keeps=CODE.kept,
    opens=(WAY,),
    measures=MEASURES,
    figures=FIGURES,
    indicators=INDICATORS,
    retention=RULES,
    schedule=SCHEDULE,
    grants=GRANTS,
    demonstration=fill,
)
