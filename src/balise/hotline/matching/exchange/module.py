"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _

from balise.foundation.accounts.roles import Scope
from balise.foundation.modules import Module
from balise.hotline.matching.exchange import access
from balise.hotline.matching.exchange.grants import GRANTS
from balise.hotline.matching.exchange.retention import RULES
from balise.hotline.matching.exchange.tasks import fetching, handing, voting

MODULE = Module(
    abilities={"analyst": (access.READ,), "hotline_lead": (access.MANAGE,)},
    scopes=(
        Scope(access.PULL, _("Hold a bank of hashes")),
        Scope(access.ASK, _("Ask about hashes, without a bank")),
    ),
    partners="hotline/hashes",
    retention=RULES,
    schedule=(*fetching.SCHEDULE, *handing.SCHEDULE, *voting.SCHEDULE),
    grants=GRANTS,
)
