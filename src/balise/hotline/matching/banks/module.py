"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _

from balise.foundation.accounts.roles import Scope
from balise.foundation.budgets.rules import GIB, Budget
from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import StaffEntry
from balise.hotline.matching.banks import access
from balise.hotline.matching.banks.demonstration import fill
from balise.hotline.matching.banks.grants import GRANTS
from balise.hotline.matching.banks.retention import RULES
from balise.hotline.matching.banks.tasks import SCHEDULE

MODULE = Module(
    budgets=(Budget("hotline.matching.banks", in_all=10 * GIB),),
    partners="matching",
    staff=(Mount("hotline/banks/", "banks"),),
    abilities={
        "analyst": (access.READ, access.LOOK_UP, access.KEEP),
        "hotline_lead": (access.MANAGE, access.EXPORT),
    },
    scopes=(Scope(access.LOOK_UP, _("Ask whether a fingerprint is known")),),
    ways=(
        StaffEntry(
            line="hotline",
            label=_("Banks of fingerprints"),
            says=_("Fingerprints of known content: look one up, or see why one matched."),
            url_name="staff:banks:banks",
            icon="fingerprint",
            ability=access.READ,
        ),
    ),
    retention=RULES,
    schedule=SCHEDULE,
    key_line="hotline",
    grants=GRANTS,
    demonstration=fill,
)
