"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _

from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import StaffEntry
from balise.hotline.welfare import access
from balise.hotline.welfare.demonstration import fill
from balise.hotline.welfare.retention import RULES
from balise.hotline.welfare.tasks import SCHEDULE

MODULE = Module(
    staff=(Mount("hotline/", "welfare"),),
    abilities={"analyst": (access.LOOK,), "hotline_lead": (access.READ_TEAM,)},
    ways=(
        StaffEntry(
            line="hotline",
            label=_("My day"),
            says=_("Content you viewed, your next break, and your viewing preferences."),
            url_name="staff:welfare:mine",
            icon="heart",
            ability=access.LOOK,
            key="d",
        ),
        StaffEntry(
            line="hotline",
            label=_("Team exposure"),
            says=_("Team totals by full week, without names."),
            url_name="staff:welfare:team",
            icon="users",
            ability=access.READ_TEAM,
        ),
    ),
    retention=RULES,
    schedule=SCHEDULE,
    demonstration=fill,
)
