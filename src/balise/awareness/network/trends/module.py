"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _

from balise.awareness.network.trends import access
from balise.awareness.network.trends.demonstration import fill
from balise.awareness.network.trends.figures import FIGURES
from balise.awareness.network.trends.grants import GRANTS
from balise.awareness.network.trends.measures import MEASURES
from balise.awareness.network.trends.retention import RULES
from balise.foundation.budgets.rules import Budget
from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import StaffEntry

MODULE = Module(
    budgets=(Budget("awareness.network.trends"),),
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
