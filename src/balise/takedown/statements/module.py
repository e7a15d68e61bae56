"""The card of this module: what the rest of Balise reads of it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from balise.foundation.modules import Module, Mount
from balise.foundation.packs import PackFaulty
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted
from balise.foundation.web.navigation import StaffEntry
from balise.takedown.statements import access
from balise.takedown.statements.models import Statement
from balise.takedown.statements.rules.layout import layout
from balise.takedown.statements.rules.settling import MatchState

# Retention of statements. They are public; what is no longer needed is deleted.


_UNMATCHED = timedelta(days=365)


def statements_due(at: datetime) -> QuerySet[Statement]:
    """Return the statements that answered no notice of ours within a year."""
    old = Statement.objects.filter(applied_on__lte=(at - _UNMATCHED).date())
    return old.exclude(matches__state=MatchState.CONFIRMED.value)


RULES = (
    Rule(
        name="takedown.statements",
        forgets=Statement,
        says=_("A platform’s statement that answers no notice of ours: one year after its day"),
        due=statements_due,
        erase=deleted(Statement),
    ),
)


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


# A faulty layout is told before the first request.


@register()
def check_layout(**_options: Any) -> Iterable[CheckMessage]:
    """Refuse a layout of the yearly report that does not say what it must."""
    try:
        layout(settings.COUNTRY)
    except PackFaulty as fault:
        yield Error(str(fault), id="balise.E451", hint="See takedown/statements/packs.")
