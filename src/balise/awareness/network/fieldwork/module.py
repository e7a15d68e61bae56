"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.awareness.network.fieldwork import access
from balise.awareness.network.fieldwork.demonstration import fill
from balise.awareness.network.fieldwork.figures import FIGURES
from balise.awareness.network.fieldwork.grants import GRANTS
from balise.awareness.network.fieldwork.indicators import INDICATORS
from balise.awareness.network.fieldwork.measures import MEASURES
from balise.awareness.network.fieldwork.retention import RULES
from balise.awareness.network.fieldwork.web import parts
from balise.awareness.network.fieldwork.web.due import of_field
from balise.awareness.network.fieldwork.web.workshop import SHELL
from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import PublicEntry, StaffEntry

MODULE = Module(
    public=(Mount(namespace="fieldwork"),),
    staff=(Mount("awareness/fieldwork/", "fieldwork"),),
    abilities={
        "coordinator": (access.READ, access.CHANGE),
        "awareness_lead": (access.READ, access.CHANGE),
    },
    ways=(
        StaffEntry(
            line="awareness",
            label=pgettext_lazy("fieldwork", "Field"),
            says=_("Visits and workshops: asked for, planned, held, with people counted."),
            url_name="staff:fieldwork:requests",
            icon="users",
            ability=access.READ,
            due=of_field,
        ),
    ),
    public_ways=(
        PublicEntry(
            line="awareness",
            label=_("Ask for a visit to a school"),
            says=_("Someone trained comes and talks with the pupils."),
            url_name="fieldwork:ask",
        ),
    ),
    keeps=(SHELL,),
    measures=MEASURES,
    figures=FIGURES,
    indicators=INDICATORS,
    retention=RULES,
    grants=GRANTS,
    parts={"publications.page": parts.kit, "structure.workshops": parts.structure},
    demonstration=fill,
)
