"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import StaffEntry
from balise.takedown.notices import access
from balise.takedown.notices.grants import GRANTS
from balise.takedown.notices.queries.desk import open_count, overdue_count
from balise.takedown.notices.retention import RULES
from balise.takedown.notices.tasks import SCHEDULE
from balise.takedown.notices.web.due import of_desk
from balise.takedown.notices.web.search import SEARCHES

MODULE = Module(
    public=(Mount(namespace="notices"),),
    staff=(Mount("takedown/notices/", "notices"),),
    abilities={
        "analyst": (access.READ, access.SEND, access.RECORD, access.JUDGE),
        "listener": (access.READ, access.SEND, access.RECORD),
        "hotline_lead": (access.SET_CUSTOMS,),
        "helpline_lead": (access.JUDGE,),
    },
    searches=SEARCHES,
    ways=(
        StaffEntry(
            line="hotline",
            label=_("Notices"),
            says=_("Notices to hosts and their outcome."),
            url_name="staff:notices:notices",
            icon="mail",
            ability=access.READ,
            beside="hotline.reports.read",
            key="n",
            count=open_count,
            tabs="hotline",
            late=overdue_count,
            late_says=pgettext_lazy("tab", "overdue"),
            due=of_desk,
        ),
    ),
    retention=RULES,
    schedule=SCHEDULE,
    grants=GRANTS,
)
