"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import StaffEntry
from balise.steering.diary import access
from balise.steering.diary.demonstration import fill

MODULE = Module(
    staff=(Mount("steering/diary/", "diary"),),
    abilities={
        "steering": (access.READ,),
        "steering_office": (access.READ, access.WRITE),
    },
    ways=(
        StaffEntry(
            line="steering",
            label=pgettext_lazy("steering", "Diary"),
            says=_("What the centre did: meetings, partnerships, visits, campaigns."),
            url_name="staff:diary:list",
            icon="calendar",
            ability=access.READ,
        ),
    ),
    demonstration=fill,
)
