"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _

from balise.foundation.modules import Module, Mount
from balise.foundation.oversight import access
from balise.foundation.oversight.retention import RULES
from balise.foundation.oversight.web.due import of_retention, of_tasks
from balise.foundation.web.navigation import StaffEntry

MODULE = Module(
    staff=(Mount("oversight/", "oversight"),),
    abilities={
        "accounts_admin": (access.MANAGE_TASKS,),
        "data_protection": (access.READ_JOURNAL, access.READ_RETENTION),
    },
    ways=(
        StaffEntry(
            line="house",
            label=_("Audit log"),
            says=_("Actions, people and times."),
            url_name="staff:oversight:journal",
            icon="book",
            ability=access.READ_JOURNAL,
        ),
        StaffEntry(
            line="house",
            label=_("Data retention"),
            says=_("Deletion rules, and results of the last nights."),
            url_name="staff:oversight:retention",
            icon="clock",
            ability=access.READ_RETENTION,
            due=of_retention,
        ),
        StaffEntry(
            line="house",
            label=_("Tasks"),
            says=_("Automatic tasks, and those that failed."),
            url_name="staff:oversight:tasks",
            icon="refresh",
            ability=access.MANAGE_TASKS,
            due=of_tasks,
        ),
    ),
    retention=RULES,
)
