"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _

from balise.awareness.network.structures import access
from balise.awareness.network.structures.demonstration import fill
from balise.awareness.network.structures.figures import FIGURES
from balise.awareness.network.structures.grants import GRANTS
from balise.awareness.network.structures.indicators import INDICATORS
from balise.awareness.network.structures.measures import MEASURES
from balise.awareness.network.structures.models import LINE
from balise.awareness.network.structures.retention import RULES
from balise.awareness.network.structures.tasks import SCHEDULE
from balise.awareness.network.structures.web.due import of_network
from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import PublicEntry, StaffEntry

MODULE = Module(
    public=(Mount(namespace="structures"),),
    staff=(Mount("awareness/structures/", "structures"),),
    abilities={
        "coordinator": (access.READ, access.WRITE),
        "awareness_lead": (access.READ, access.WRITE),
    },
    ways=(
        StaffEntry(
            line="awareness",
            label=_("Network organisations"),
            says=_("Who carries our resources to the young: where, since when, how to reach them."),
            url_name="staff:structures:listed",
            icon="users",
            ability=access.READ,
        ),
        StaffEntry(
            line="awareness",
            label=_("Due in the network"),
            says=_("Conventions to renew, pages to confirm, missing attestations, duplicates."),
            url_name="staff:structures:due",
            icon="clock",
            ability=access.READ,
            due=of_network,
        ),
    ),
    public_ways=(
        PublicEntry(
            line="awareness",
            label=_("Near me"),
            says=_("Organisations of our network: workshops for families, schools and the young."),
            url_name="structures:near",
        ),
    ),
    retention=RULES,
    schedule=SCHEDULE,
    key_line=LINE,
    measures=MEASURES,
    figures=FIGURES,
    indicators=INDICATORS,
    grants=GRANTS,
    demonstration=fill,
)
