"""The card of this module: what the rest of Balise reads of it."""

from balise.foundation.modules import Module, Mount
from balise.foundation.web.keeping import Kept, Where
from balise.helpline.vault import access
from balise.helpline.vault.demonstration import fill
from balise.helpline.vault.grants import GRANTS
from balise.helpline.vault.retention import RULES
from balise.helpline.vault.web import parts
from balise.helpline.vault.web.page import WAY

# What is opened on the device is shown from memory, on the vault's own page alone.
SHOWN = {"img-src": ("blob:",), "media-src": ("blob:",)}

# What another app shared before there was a vault (`early.js`). The vault itself stays.
EARLY = Kept(Where.DATABASE, "passing")

MODULE = Module(
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
