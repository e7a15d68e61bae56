"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _

from balise.awareness.network.campaigns import access
from balise.awareness.network.campaigns.demonstration import fill
from balise.awareness.network.campaigns.grants import GRANTS
from balise.awareness.network.campaigns.indicators import INDICATORS
from balise.awareness.network.campaigns.measures import MEASURES
from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import StaffEntry

_ALL = (access.READ, access.WRITE)

MODULE = Module(
    indicators=INDICATORS,
    staff=(Mount("awareness/campaigns/", "campaigns"),),
    abilities={"editor": (access.READ,), "coordinator": _ALL, "awareness_lead": _ALL},
    ways=(
        StaffEntry(
            line="awareness",
            label=_("Campaigns"),
            says=_("Their dates, media plans, and what carried their codes."),
            url_name="staff:campaigns:list",
            icon="flag",
            ability=access.READ,
        ),
    ),
    measures=MEASURES,
    grants=GRANTS,
    demonstration=fill,
)
