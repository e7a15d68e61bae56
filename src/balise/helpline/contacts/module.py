"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _

from balise.foundation.budgets.rules import Budget
from balise.foundation.modules import Module, Mount
from balise.foundation.statistics.boards import Board
from balise.foundation.web.navigation import StaffEntry
from balise.helpline.contacts import access
from balise.helpline.contacts.figures import FIGURES
from balise.helpline.contacts.grants import GRANTS
from balise.helpline.contacts.indicators import INDICATORS
from balise.helpline.contacts.measures import MEASURES
from balise.helpline.contacts.retention import RULES
from balise.helpline.contacts.web.due import of_blocks

MODULE = Module(
    budgets=(Budget("helpline.contacts"),),
    public=(Mount(namespace="after"),),
    staff=(Mount("helpline/", "contacts"),),
    abilities={
        "listener": (access.READ, access.WORK, access.NOTES, access.BLOCK),
        "helpline_lead": (access.READ_OTHERS, access.CONFIRM_BLOCK, access.REPORT),
    },
    ways=(
        StaffEntry(
            line="helpline",
            label=_("Blocks"),
            says=_("Blocked people, and blocks waiting for a second person."),
            url_name="staff:contacts:blocks",
            icon="shield",
            ability=access.CONFIRM_BLOCK,
            due=of_blocks,
        ),
        StaffEntry(
            line="helpline",
            label=_("Network reports"),
            says=_("The figures for Insafe and for Child Helpline International, as files."),
            url_name="staff:contacts:reports",
            icon="file",
            ability=access.REPORT,
        ),
    ),
    measures=MEASURES,
    figures=FIGURES,
    indicators=INDICATORS,
    boards=(Board(code="helpline", line="helpline", title=_("Helpline figures")),),
    retention=RULES,
    grants=GRANTS,
)
