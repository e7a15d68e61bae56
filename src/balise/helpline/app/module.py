"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _

from balise.foundation.modules import Module, Mount
from balise.foundation.web.keeping import Kept, Where
from balise.foundation.web.navigation import PublicEntry, StaffEntry
from balise.helpline.app import access
from balise.helpline.app.demonstration import fill
from balise.helpline.app.figures import FIGURES
from balise.helpline.app.grants import GRANTS
from balise.helpline.app.indicators import INDICATORS
from balise.helpline.app.measures import MEASURES
from balise.helpline.app.tasks import SCHEDULE

MODULE = Module(
    public=(Mount(namespace="app"), Mount(listed="plain", plain=True)),
    staff=(Mount("helpline/app/", "app"),),
    own=(Mount(listed="own", plain=True),),
    abilities={"listener": (access.WORDS,), "helpline_lead": (access.SITES, access.WORDS)},
    ways=(
        StaffEntry(
            line="helpline",
            label=_("Sites with our button"),
            says=_("Who shows the button to the app; a public list, signed."),
            url_name="staff:app:sites",
            icon="link",
            ability=access.SITES,
        ),
        StaffEntry(
            line="helpline",
            label=_("Words about danger"),
            says=_("The quiz, its ways to help, the leaflet, the plan; whether they are signed."),
            url_name="staff:app:words",
            icon="shield",
            ability=access.WORDS,
        ),
    ),
    public_ways=(
        PublicEntry(
            line="helpline",
            label=_("Contacting us, step by step"),
            says=_("Four steps: from a first word to what comes after."),
            url_name="app:happens",
            is_own=True,
        ),
        PublicEntry(
            line="helpline",
            label=_("Our button on your site"),
            says=_("For platforms and sites that young people use."),
            url_name="app:button",
        ),
    ),
    keeps=(Kept(Where.SESSION, "app-from"),),
    measures=MEASURES,
    figures=FIGURES,
    indicators=INDICATORS,
    schedule=SCHEDULE,
    grants=GRANTS,
    demonstration=fill,
)
