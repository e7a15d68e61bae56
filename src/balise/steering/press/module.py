"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import StaffEntry
from balise.steering.press import access
from balise.steering.press.demonstration import fill
from balise.steering.press.indicators import INDICATORS
from balise.steering.press.measures import MEASURES

MODULE = Module(
    staff=(Mount("steering/press/", "press"),),
    abilities={
        "steering": (access.READ,),
        "steering_office": (access.READ, access.WRITE),
    },
    ways=(
        StaffEntry(
            line="steering",
            label=pgettext_lazy("steering", "Press"),
            says=_("What the press said of the centre: items, audience, same articles."),
            url_name="staff:press:list",
            icon="file",
            ability=access.READ,
        ),
    ),
    measures=MEASURES,
    indicators=INDICATORS,
    demonstration=fill,
)
