"""The card of this module: what the rest of Balise reads of it."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from balise.foundation.mail.models import SetAside
from balise.foundation.modules import Module, Mount
from balise.foundation.oversight import access
from balise.foundation.oversight.web.due import of_retention, of_tasks
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, past
from balise.foundation.tasks.models import DeadLetter
from balise.foundation.web.navigation import StaffEntry

# What oversight itself deletes. A mail that was set aside stays marked in its mailbox.


_KEPT = timedelta(days=90)

RULES = (
    Rule(
        name="oversight.letters",
        forgets=DeadLetter,
        says=_("An abandoned task: three months later"),
        due=past(DeadLetter, "died_at", _KEPT),
        erase=deleted(DeadLetter),
    ),
    Rule(
        name="oversight.mails",
        forgets=SetAside,
        says=_("The fact that an e-mail could not be read: three months later"),
        due=past(SetAside, "at", _KEPT),
        erase=deleted(SetAside),
    ),
)


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
