"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _

from balise.foundation.accounts.roles import Scope
from balise.foundation.modules import Module
from balise.hotline.matching.banks import access
from balise.hotline.matching.banks.grants import GRANTS
from balise.hotline.matching.banks.retention import RULES
from balise.hotline.matching.banks.tasks import SCHEDULE

MODULE = Module(
    partners="matching",
    abilities={
        "analyst": (access.READ, access.LOOK_UP, access.KEEP),
        "hotline_lead": (access.MANAGE, access.EXPORT),
    },
    scopes=(Scope(access.LOOK_UP, _("Ask whether a fingerprint is known")),),
    retention=RULES,
    schedule=SCHEDULE,
    key_line="hotline",
    grants=GRANTS,
)
