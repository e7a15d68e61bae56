"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _

from balise.awareness.network.training import access
from balise.awareness.network.training.demonstration import fill
from balise.awareness.network.training.figures import FIGURES
from balise.awareness.network.training.grants import GRANTS
from balise.awareness.network.training.indicators import INDICATORS
from balise.awareness.network.training.measures import MEASURES
from balise.awareness.network.training.models import LINE
from balise.awareness.network.training.retention import RULES
from balise.awareness.network.training.tasks import SCHEDULE
from balise.awareness.network.training.web.sessions import offered
from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import PublicEntry, StaffEntry

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
