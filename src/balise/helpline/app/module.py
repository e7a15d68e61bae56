"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _

from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import PublicEntry
from balise.helpline.app.demonstration import fill
from balise.helpline.app.figures import FIGURES
from balise.helpline.app.grants import GRANTS
from balise.helpline.app.indicators import INDICATORS
from balise.helpline.app.measures import MEASURES
from balise.helpline.app.tasks import SCHEDULE

MODULE = Module(
    public=(Mount(namespace="app"), Mount(listed="plain", plain=True)),
    public_ways=(
        PublicEntry(
            line="helpline",
            label=_("Contacting us, step by step"),
            says=_("Four steps: from a first word to what comes after."),
            url_name="app:happens",
        ),
    ),
    measures=MEASURES,
    figures=FIGURES,
    indicators=INDICATORS,
    schedule=SCHEDULE,
    grants=GRANTS,
    demonstration=fill,
)
