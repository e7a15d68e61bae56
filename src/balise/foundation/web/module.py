"""What this module brings to the house."""

from django.utils.translation import gettext_lazy as _

from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import StaffEntry

MODULE = Module(
    public=(Mount(kept={"home": 5}),),
    staff=(Mount(),),
    ways=(
        StaffEntry(
            line="house",
            label=_("The design"),
            says=_("All components of our pages."),
            url_name="staff:design",
            icon="compass",
        ),
    ),
)
