"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _

from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import StaffEntry
from balise.helpline.staffing import access
from balise.helpline.staffing.indicators import INDICATORS
from balise.helpline.staffing.retention import RULES
from balise.helpline.staffing.tasks import SCHEDULE
from balise.helpline.staffing.web.due import of_my_week, of_rota

MODULE = Module(
    staff=(Mount("helpline/staffing/", "staffing"),),
    abilities={"listener": (access.OWN,), "helpline_lead": (access.PLAN,)},
    ways=(
        StaffEntry(
            line="helpline",
            label=_("My week"),
            says=_("Your shifts, wishes and days off."),
            url_name="staff:staffing:my-week",
            icon="calendar",
            ability=access.OWN,
            due=of_my_week,
        ),
        StaffEntry(
            line="helpline",
            label=_("Staffing"),
            says=_("Expected contacts, positions needed, and planned shifts."),
            url_name="staff:staffing:forecast",
            icon="users",
            ability=access.PLAN,
            due=of_rota,
        ),
    ),
    indicators=INDICATORS,
    retention=RULES,
    schedule=SCHEDULE,
)
