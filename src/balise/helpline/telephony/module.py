"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _

from balise.foundation.budgets.rules import Budget
from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import PublicEntry, StaffEntry
from balise.helpline.telephony import access
from balise.helpline.telephony.figures import FIGURES
from balise.helpline.telephony.grants import GRANTS
from balise.helpline.telephony.indicators import INDICATORS
from balise.helpline.telephony.measures import MEASURES
from balise.helpline.telephony.retention import RULES
from balise.helpline.telephony.tasks import SCHEDULE
from balise.helpline.telephony.web.due import of_call_backs

MODULE = Module(
    budgets=(Budget("helpline.telephony", in_all=0, comes_first=True),),
    public=(Mount(namespace="telephony"),),
    staff=(Mount("telephony/", "telephony"),),
    machines=True,
    abilities={"listener": (access.READ, access.WORK), "helpline_lead": (access.UNSEAL,)},
    public_ways=(
        PublicEntry(
            line="helpline",
            label=_("Call %(number)s"),
            number="helpline",
            icon="phone",
        ),
        PublicEntry(
            line="helpline",
            label=_("Ask us to call you"),
            says=_("Choose a safe time, and what we say if someone else answers."),
            url_name="telephony:ask",
        ),
    ),
    ways=(
        StaffEntry(
            line="helpline",
            label=_("Calls today"),
            says=_("Calls, answers and waiting times."),
            url_name="staff:telephony:calls",
            icon="chart",
            ability=access.READ,
        ),
        StaffEntry(
            line="helpline",
            label=_("Call-backs"),
            says=_("People to call back, at a time that is safe for them."),
            url_name="staff:telephony:call-backs",
            icon="clock",
            ability=access.READ,
            due=of_call_backs,
        ),
    ),
    measures=MEASURES,
    figures=FIGURES,
    indicators=INDICATORS,
    retention=RULES,
    schedule=SCHEDULE,
    grants=GRANTS,
)
