"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _

from balise.foundation.budgets.rules import Budget
from balise.foundation.modules import Module, Mount
from balise.foundation.statistics.boards import Board
from balise.foundation.web.navigation import PublicEntry, StaffEntry
from balise.helpline.removals import access
from balise.helpline.removals.demonstration import fill
from balise.helpline.removals.figures import FIGURES
from balise.helpline.removals.grants import GRANTS
from balise.helpline.removals.indicators import INDICATORS
from balise.helpline.removals.measures import MEASURES
from balise.helpline.removals.retention import RULES
from balise.helpline.removals.tasks import SCHEDULE
from balise.helpline.removals.web.codes import CODE
from balise.helpline.removals.web.due import of_desk
from balise.helpline.removals.web.public import WAY

MODULE = Module(
    budgets=(Budget("helpline.removals", in_all=0, comes_first=True),),
    public=(Mount(namespace="removals"),),
    staff=(Mount("helpline/removals/", "removals"),),
    abilities={"listener": (access.READ, access.WORK), "helpline_lead": (access.COMPLAIN,)},
    public_ways=(
        PublicEntry(
            line="helpline",
            label=_("Follow my removal request"),
            says=_("Check whether the request was sent, received or completed."),
            url_name="removals:follow",
        ),
    ),
    ways=(
        StaffEntry(
            line="helpline",
            label=_("Removals"),
            says=_("Removal requests to platforms, and their times."),
            url_name="staff:removals:desk",
            icon="send",
            ability=access.READ,
            due=of_desk,
        ),
    ),
    content_page={"helpline": "staff:removals:item"},
    keeps=CODE.kept,
    opens=(WAY,),
    measures=MEASURES,
    figures=FIGURES,
    indicators=INDICATORS,
    boards=(Board(code="platforms", line="helpline", title=_("Removal request figures")),),
    retention=RULES,
    schedule=SCHEDULE,
    grants=GRANTS,
    demonstration=fill,
)
