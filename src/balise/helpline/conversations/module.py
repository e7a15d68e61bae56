"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _

from balise.foundation.budgets.measuring import octets_of
from balise.foundation.budgets.rules import MIB, Budget
from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import PublicEntry
from balise.helpline.conversations import access
from balise.helpline.conversations.figures import FIGURES
from balise.helpline.conversations.grants import GRANTS
from balise.helpline.conversations.measures import MEASURES
from balise.helpline.conversations.models import Conversation, Said
from balise.helpline.conversations.retention import RULES
from balise.helpline.conversations.streams.admitting import KEPT
from balise.helpline.conversations.tasks import SCHEDULE
from balise.helpline.conversations.web.home import elsewhere, opening
from balise.helpline.conversations.web.talk import WAY

BUDGETS = (
    Budget(
        name="helpline.conversations",
        says=_("A chat that has begun."),
        stored=octets_of(Said),
        comes_first=True,
    ),
    Budget(
        name="helpline.chats-begun",
        says=_("Chats that begin."),
        stored=octets_of(Conversation),
        near=64 * MIB,
        comes_first=True,
    ),
)

MODULE = Module(
    budgets=BUDGETS,
    public=(Mount(namespace="talk"),),
    staff=(Mount("helpline/", "talk"),),
    abilities={"listener": (access.TALK,), "helpline_lead": (access.READ_ALONG,)},
    public_ways=(
        PublicEntry(
            line="helpline",
            label=_("Chat"),
            says=_(
                "Bullying, blackmail, a picture shared without consent: we listen and help you act."
            ),
            url_name="talk:start",
            icon="chat",
        ),
    ),
    keeps=KEPT,
    opens=(WAY,),
    measures=MEASURES,
    figures=FIGURES,
    retention=RULES,
    schedule=SCHEDULE,
    grants=GRANTS,
    parts={"home.helpline": opening, "home.elsewhere": elsewhere},
)
