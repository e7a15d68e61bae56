"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _

from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import PublicEntry

MODULE = Module(
    public=(
        Mount(namespace="app"),
        Mount(listed="plain", plain=True),
    ),
    public_ways=(
        PublicEntry(
            line="helpline",
            label=_("Contacting us, step by step"),
            says=_("Four steps: from a first word to what comes after."),
            url_name="app:happens",
        ),
    ),
)
