"""The card of this module: what the rest of Balise reads of it."""

from functools import partial

from balise.foundation.budgets.measuring import octets_of
from balise.foundation.budgets.rules import GIB, MIB, Budget
from balise.foundation.modules import Module, Mount
from balise.foundation.web.keeping import Kept, Where
from balise.helpline.vault import access, queries
from balise.helpline.vault.demonstration import fill
from balise.helpline.vault.grants import GRANTS
from balise.helpline.vault.retention import RULES
from balise.helpline.vault.rules.bounds import MOST_BODY, MOST_PIECES, PADDED
from balise.helpline.vault.web import parts
from balise.helpline.vault.web.page import WAY

# What is opened on the device is shown from memory, on the vault's own page alone; it asks the chat
# in a frame (`web/talk.py`).
SHOWN = {"img-src": ("blob:",), "media-src": ("blob:",), "frame-src": ("'self'",)}

# What another app shared before there was a vault (`early.js`). The vault itself stays.
EARLY = Kept(Where.DATABASE, "passing")
# That a vault may move, in one tab, for ten minutes (`moving.js`).
MOVES = Kept(Where.SESSION, "moves")

MODULE = Module(
    budgets=(
        Budget("helpline.vault", stored=partial(octets_of, ("helpline_vault_stamp",))),
        # Nothing evicts a backup: it has its year (decision 71). A class has one address.
        Budget(
            "helpline.vault.backups",
            near=512 * MIB,
            each=MOST_PIECES * PADDED[-1],
            in_all=50 * GIB,
            stored=queries.octets_kept,
        ),
        Budget(
            "helpline.vault.passing",
            near=256 * MIB,
            each=MOST_BODY,
            in_all=10 * GIB,
            stored=queries.octets_passing,
        ),
    ),
    public=(Mount(namespace="vault", sources={"vault": SHOWN}), Mount(listed="plain", plain=True)),
    staff=(Mount("helpline/vault/", "vault"),),
    own=(Mount(listed="called", plain=True),),
    abilities={"listener": (access.OPEN, access.HAND_OVER)},
    keeps=(EARLY, MOVES),
    retention=RULES,
    grants=GRANTS,
    opens=(WAY,),
    parts={"cases.case": parts.case, "talk.room": parts.room, "talk.pane": parts.pane},
    demonstration=fill,
)
