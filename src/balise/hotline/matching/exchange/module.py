"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _

from balise.foundation.accounts.roles import Scope
from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import StaffEntry
from balise.hotline.matching.exchange import access
from balise.hotline.matching.exchange.demonstration import fill
from balise.hotline.matching.exchange.grants import GRANTS
from balise.hotline.matching.exchange.retention import RULES
from balise.hotline.matching.exchange.tasks import fetching, handing, voting
from balise.hotline.matching.exchange.web.due import of_exchange

MODULE = Module(
    staff=(Mount("hotline/hashes/", "hashes"),),
    partners="hotline/hashes",
    abilities={"analyst": (access.READ,), "hotline_lead": (access.MANAGE,)},
    scopes=(
        Scope(access.PULL, _("Hold a bank of fingerprints")),
        Scope(access.ASK, _("Ask about fingerprints, without a bank")),
    ),
    ways=(
        StaffEntry(
            line="hotline",
            label=_("Fingerprint exchange"),
            says=_("Lists of known content shared with us, and partners that block what we found."),
            url_name="staff:hashes:exchange",
            icon="refresh",
            ability=access.READ,
            due=of_exchange,
        ),
    ),
    retention=RULES,
    schedule=(*fetching.SCHEDULE, *handing.SCHEDULE, *voting.SCHEDULE),
    grants=GRANTS,
    demonstration=fill,
)
