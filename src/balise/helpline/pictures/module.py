"""The card of this module, which a centre turns on once counsel has answered (decision 67)."""

from django.utils.translation import gettext_lazy as _

from balise.foundation.budgets.rules import GIB, MIB, Budget
from balise.foundation.journal.book import subscribe
from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import Pulse, StaffEntry
from balise.helpline.conversations.events import ConversationErased
from balise.helpline.pictures import access, tasks
from balise.helpline.pictures.actions import looking, sealing
from balise.helpline.pictures.events import PictureErased, PictureKept
from balise.helpline.pictures.figures import FIGURES
from balise.helpline.pictures.grants import GRANTS
from balise.helpline.pictures.measures import MEASURES
from balise.helpline.pictures.retention import RULES
from balise.helpline.pictures.web import parts
from balise.helpline.vault import ports as vaults


def connect() -> None:
    """Plug what the vault asks of pictures, and register the subscribers of events."""
    vaults.draw.plug(looking.look_at)
    vaults.veil.plug(parts.veiled)
    vaults.close.plug(sealing.take_in)
    subscribe("pictures.kept", tasks.move_kept, PictureKept)
    subscribe("pictures.erased", tasks.forget_erased, PictureErased)
    subscribe("pictures.conversations", tasks.erase_with, ConversationErased)


MODULE = Module(
    budgets=(
        # The chat goes on without.
        Budget("helpline.pictures", near=512 * MIB, each=8_000_000, in_all=20 * GIB),
    ),
    public=(Mount(namespace="picture"),),
    staff=(Mount("helpline/pictures/", "pictures"),),
    abilities={"listener": (access.SEE,), "helpline_lead": (access.DECIDE,)},
    ways=(
        StaffEntry(
            line="helpline",
            label=_("Closed pictures"),
            says=_("Pictures that should not be here: one supervisor decides."),
            url_name="staff:pictures:sealed",
            icon="lock",
            ability=access.DECIDE,
        ),
    ),
    pulses=(Pulse(ability=access.DECIDE, url_name="staff:pictures:pulse"),),
    measures=MEASURES,
    figures=FIGURES,
    retention=RULES,
    grants=GRANTS,
    parts={
        "talk.room": parts.room,
        "talk.composer": parts.composer,
        "talk.pane": parts.pane,
        "cases.case": parts.case,
    },
    connect=connect,
)
