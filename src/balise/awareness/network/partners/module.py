"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _

from balise.awareness.network.partners import access
from balise.awareness.network.partners.demonstration import fill
from balise.awareness.network.partners.figures import FIGURES
from balise.awareness.network.partners.grants import GRANTS
from balise.awareness.network.partners.indicators import INDICATORS
from balise.awareness.network.partners.measures import MEASURES
from balise.awareness.network.partners.retention import RULES
from balise.awareness.network.partners.tasks import SCHEDULE
from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import PublicEntry, StaffEntry

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
