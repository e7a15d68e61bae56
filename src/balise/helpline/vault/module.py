"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _

from balise.foundation.budgets.measuring import octets_of
from balise.foundation.budgets.rules import GIB, MIB, Budget
from balise.foundation.modules import Module, Mount
from balise.foundation.web.keeping import Kept, Where
from balise.helpline.vault import access, queries
from balise.helpline.vault.demonstration import fill
from balise.helpline.vault.grants import GRANTS
from balise.helpline.vault.models import Stamp
from balise.helpline.vault.retention import RULES
from balise.helpline.vault.rules.bounds import MOST_BODY, MOST_PIECES, PADDED
from balise.helpline.vault.web import parts
from balise.helpline.vault.web.page import WAY

# What is opened on the device is shown from memory, on the vault's own page alone.
SHOWN = {"img-src": ("blob:",), "media-src": ("blob:",)}

# What another app shared before there was a vault (`early.js`). The vault itself stays.
EARLY = Kept(Where.DATABASE, "passing")

BUDGETS = (
    Budget(
        name="helpline.vault-backups",
        says=_("Backups of vaults, kept a year since they were last used."),
        stored=queries.octets_kept,
        near=512 * MIB,
        each=MOST_PIECES * PADDED[-1],
        in_all=50 * GIB,
    ),
    Budget(
        name="helpline.vault-passing",
        says=_("Items shared from a vault, links, and what is on its way to them."),
        stored=queries.octets_passing,
        near=256 * MIB,
        each=MOST_BODY,
        in_all=10 * GIB,
    ),
    Budget(
        name="helpline.vault-asked",
        says=_("What a vault asks: words, timestamps, what became of a share."),
        stored=octets_of(Stamp),
        near=16 * MIB,
        in_all=GIB,
    ),
)

MODULE = Module(
    budgets=BUDGETS,
    public=(Mount(namespace="vault", sources={"vault": SHOWN}), Mount(listed="plain", plain=True)),
    staff=(Mount("helpline/vault/", "vault"),),
    abilities={"listener": (access.OPEN,)},
    keeps=(EARLY,),
    retention=RULES,
    grants=GRANTS,
    opens=(WAY,),
    parts={"cases.case": parts.case},
    demonstration=fill,
)
