"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.budgets.rules import Budget
from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import StaffEntry
from balise.helpline.cases import access
from balise.helpline.cases.demonstration import fill
from balise.helpline.cases.figures import FIGURES
from balise.helpline.cases.grants import GRANTS
from balise.helpline.cases.indicators import INDICATORS
from balise.helpline.cases.measures import MEASURES
from balise.helpline.cases.retention import RULES
from balise.helpline.cases.tasks import SCHEDULE
from balise.helpline.cases.web.due import of_cases, of_referrals
from balise.helpline.cases.web.opened import OPENED
from balise.helpline.cases.web.search import SEARCHES

MODULE = Module(
    budgets=(Budget("helpline.cases", in_all=0, comes_first=True),),
    public=(Mount(namespace="partner"),),
    staff=(
        Mount("helpline/", "helpline"),
        Mount("helpline/cases/", "cases", listed="case_files"),
    ),
    abilities={
        "listener": (access.READ, access.WORK, access.BREAK_GLASS),
        "helpline_lead": (access.GIVE_BACK_OTHERS, access.SUPERVISE),
    },
    ways=(
        StaffEntry(
            line="helpline",
            label=_("Referrals"),
            says=_("People referred by the hotline, with their consent."),
            url_name="staff:helpline:referrals",
            icon="heart",
            ability=access.READ,
            key="r",
            due=of_referrals,
        ),
        StaffEntry(
            line="helpline",
            label=pgettext_lazy("case", "Cases"),
            says=_("Cases assigned to you: people, facts, tasks, people told."),
            url_name="staff:cases:cases",
            icon="folder",
            ability=access.READ,
            key="l",
            due=of_cases,
        ),
        StaffEntry(
            line="helpline",
            label=_("Receivers"),
            says=_("Receivers of referrals, and contact persons."),
            url_name="staff:cases:directory",
            icon="compass",
            ability=access.READ,
        ),
    ),
    searches=SEARCHES,
    keeps=OPENED.kept,
    measures=MEASURES,
    figures=FIGURES,
    indicators=INDICATORS,
    retention=RULES,
    schedule=SCHEDULE,
    key_line="helpline",
    grants=GRANTS,
    demonstration=fill,
)
