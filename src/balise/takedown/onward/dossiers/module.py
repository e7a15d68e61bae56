"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import StaffEntry
from balise.takedown.onward.dossiers import access
from balise.takedown.onward.dossiers.measures import MEASURES
from balise.takedown.onward.dossiers.queries import open_count, to_approve
from balise.takedown.onward.dossiers.retention import RULES
from balise.takedown.onward.dossiers.tasks import SCHEDULE
from balise.takedown.onward.dossiers.web.due import of_dossiers
from balise.takedown.onward.dossiers.web.search import SEARCHES

MODULE = Module(
    staff=(Mount("takedown/dossiers/", "dossiers"),),
    abilities={
        "analyst": (access.READ, access.DRAFT, access.APPROVE, access.HAND_OVER, access.RECORD),
        "listener": (access.BRING,),
    },
    searches=SEARCHES,
    ways=(
        StaffEntry(
            line="hotline",
            label=_("Police"),
            says=_("Police dossiers and their answers."),
            url_name="staff:dossiers:dossiers",
            icon="shield",
            ability=access.READ,
            count=open_count,
            tabs="hotline",
            late=to_approve,
            late_says=pgettext_lazy("tab", "to approve"),
            due=of_dossiers,
        ),
    ),
    measures=MEASURES,
    retention=RULES,
    schedule=SCHEDULE,
)
