"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _

from balise.awareness.activities.charter import access
from balise.awareness.activities.charter.demonstration import fill
from balise.awareness.activities.charter.figures import FIGURES
from balise.awareness.activities.charter.grants import GRANTS
from balise.awareness.activities.charter.indicators import INDICATORS
from balise.awareness.activities.charter.measures import MEASURES
from balise.awareness.activities.charter.models import LINE
from balise.awareness.activities.charter.retention import RULES
from balise.awareness.activities.charter.tasks import SCHEDULE
from balise.awareness.activities.charter.web.public import KEPT
from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import PublicEntry, StaffEntry

MODULE = Module(
    public=(Mount(namespace="charter"),),
    staff=(Mount("awareness/charter/", "charter"),),
    abilities={
        "editor": (access.READ, access.WRITE),
        "awareness_lead": (access.READ, access.WRITE),
    },
    ways=(
        StaffEntry(
            line="awareness",
            label=_("Family charter"),
            says=_("Charters made, rules chosen and kept, of families that agree to be counted."),
            url_name="staff:charter:board",
            icon="home",
            ability=access.READ,
        ),
    ),
    public_ways=(
        PublicEntry(
            line="awareness",
            label=_("The family charter"),
            says=_("Five rules that you choose together, and look at again."),
            url_name="charter:start",
        ),
    ),
    keeps=KEPT,
    retention=RULES,
    key_line=LINE,
    measures=MEASURES,
    figures=FIGURES,
    indicators=INDICATORS,
    schedule=SCHEDULE,
    grants=GRANTS,
    demonstration=fill,
)
