"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _

from balise.foundation.budgets.rules import Budget
from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import PublicEntry
from balise.helpline.conversations import access
from balise.helpline.conversations.figures import FIGURES
from balise.helpline.conversations.grants import GRANTS
from balise.helpline.conversations.measures import MEASURES
from balise.helpline.conversations.retention import RULES
from balise.helpline.conversations.streams.admitting import KEPT
from balise.helpline.conversations.tasks import SCHEDULE
from balise.helpline.conversations.web.home import elsewhere, opening
from balise.helpline.conversations.web.talk import WAY

MODULE = Module(
    budgets=(
        Budget("helpline.conversations", near=0, in_all=0, comes_first=True),
        Budget("helpline.conversations.begun", in_all=0, comes_first=True),
    ),
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
