"""The card of this module: what the rest of Balise reads of it."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from balise.foundation.modules import Module, Mount
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, past
from balise.foundation.web.navigation import Pulse, StaffEntry
from balise.helpline.console import access
from balise.helpline.console.demonstration import fill
from balise.helpline.console.models import Brief, Hand
from balise.helpline.console.web.due import of_console, of_wallboard, of_words

# What is deleted of the console, and when.


# By then, those who needed a brief have read it.
_BRIEFS_KEPT = timedelta(days=1)
_HANDS_KEPT = timedelta(days=30)

RULES = (
    Rule(
        name="helpline.briefs",
        forgets=Brief,
        says=_("A private message to the next listener is deleted after one day."),
        due=past(Brief, "at", _BRIEFS_KEPT),
        erase=deleted(Brief),
    ),
    Rule(
        name="helpline.hands",
        forgets=Hand,
        says=_("The fact that a listener called for help is deleted after one month."),
        due=past(Hand, "raised_at", _HANDS_KEPT),
        erase=deleted(Hand),
    ),
)


MODULE = Module(
    staff=(Mount("helpline/", "console"),),
    abilities={"listener": (access.WORK,), "helpline_lead": (access.SUPERVISE,)},
    ways=(
        StaffEntry(
            line="helpline",
            label=_("My console"),
            says=_("The person with you, and the next one."),
            url_name="staff:console:console",
            icon="heart",
            ability=access.WORK,
            key="s",
            due=of_console,
        ),
        StaffEntry(
            line="helpline",
            label=_("Wallboard"),
            says=_("People waiting, listeners on duty, and alerts."),
            url_name="staff:console:wallboard",
            icon="chart",
            ability=access.WORK,
            key="b",
            due=of_wallboard,
        ),
        StaffEntry(
            line="helpline",
            label=_("Words of danger"),
            says=_("Propose other words, see what they would change, and decide."),
            url_name="staff:console:words",
            icon="shield",
            ability=access.SUPERVISE,
            due=of_words,
        ),
    ),
    pulses=(Pulse(ability=access.WORK, url_name="staff:console:pulse"),),
    retention=RULES,
    demonstration=fill,
)
