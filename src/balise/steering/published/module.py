"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _

from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import PublicEntry

MODULE = Module(
    public=(
        Mount(namespace="published", kept={"figures": 5}),
        Mount(listed="plain", plain=True),
    ),
    public_ways=(
        PublicEntry(
            line="awareness",
            label=_("Public figures"),
            says=_("What the centre counts, and how."),
            url_name="published:figures",
        ),
    ),
)
