"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _

from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import StaffEntry
from balise.takedown.statements import access
from balise.takedown.statements.retention import RULES

MODULE = Module(
    staff=(Mount("takedown/statements/", "statements"),),
    abilities={
        "analyst": (access.READ, access.COMPARE),
        "hotline_lead": (access.REPORT,),
        "steering": (access.REPORT,),
    },
    ways=(
        StaffEntry(
            line="hotline",
            label=_("Platform statements"),
            says=_("Compare their statements of reasons with our notices: do they match?"),
            url_name="staff:statements:overview",
            icon="book",
            ability=access.READ,
        ),
        StaffEntry(
            line="steering",
            label=_("Trusted flagger"),
            says=_("The yearly report required by the DSA, on screen and as a file."),
            url_name="staff:statements:report",
            icon="file",
            ability=access.REPORT,
        ),
    ),
    retention=RULES,
)
