"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _

from balise.foundation.budgets.rules import MIB, Budget
from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import PublicEntry
from balise.helpline.channels import access
from balise.helpline.channels.figures import FIGURES
from balise.helpline.channels.grants import GRANTS
from balise.helpline.channels.measures import MEASURES
from balise.helpline.channels.retention import RULES
from balise.helpline.channels.tasks import SCHEDULE
from balise.helpline.channels.web.codes import CODE
from balise.helpline.channels.web.public import WAY

MODULE = Module(
    budgets=(Budget("helpline.channels", near=256 * MIB, in_all=0, comes_first=True),),
    public=(Mount(namespace="write"),),
    machines=True,
    abilities={"listener": (access.READ, access.WORK)},
    public_ways=(
        PublicEntry(
            line="helpline",
            label=_("Write to us"),
            says=_("Write at any time and read the answer later. No name, no account."),
            url_name="write:start",
        ),
    ),
    keeps=CODE.kept,
    opens=(WAY,),
    measures=MEASURES,
    figures=FIGURES,
    retention=RULES,
    schedule=SCHEDULE,
    grants=GRANTS,
)
