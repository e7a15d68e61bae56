"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _

from balise.awareness.activities.stories import access
from balise.awareness.activities.stories.demonstration import played
from balise.awareness.activities.stories.figures import FIGURES
from balise.awareness.activities.stories.grants import GRANTS
from balise.awareness.activities.stories.indicators import INDICATORS
from balise.awareness.activities.stories.measures import MEASURES
from balise.awareness.activities.stories.models import LINE
from balise.awareness.activities.stories.retention import RULES
from balise.awareness.activities.stories.rules.sounds import HEARD
from balise.awareness.activities.stories.tasks import SCHEDULE
from balise.foundation.modules import Module, Mount
from balise.foundation.web.keeping import Kept, Where
from balise.foundation.web.navigation import PublicEntry, StaffEntry

MODULE = Module(
    public=(Mount(namespace="stories", sources=dict.fromkeys(("play", "class_play"), HEARD)),),
    staff=(Mount("awareness/stories/", "stories"),),
    abilities={
        "editor": (access.READ, access.WRITE),
        "awareness_lead": (access.PUBLISH,),
        "coordinator": (access.READ,),
    },
    ways=(
        StaffEntry(
            line="awareness",
            label=_("Stories"),
            says=_("Interactive stories: brought in, checked, published, withdrawn."),
            url_name="staff:stories:stories",
            icon="file",
            ability=access.READ,
        ),
        StaffEntry(
            line="awareness",
            label=_("Figures of stories"),
            says=_("How often each story is begun and finished, with which endings and choices."),
            url_name="staff:stories:figures",
            icon="chart",
            ability=access.READ,
        ),
    ),
    public_ways=(
        PublicEntry(
            line="awareness",
            label=_("Interactive stories"),
            says=_("An inquiry where each choice counts, alone or with a class. No account."),
            url_name="stories:catalogue",
        ),
    ),
    keeps=(Kept(Where.LOCAL, "story-*"), Kept(Where.SESSION, "story-here")),
    measures=MEASURES,
    figures=FIGURES,
    indicators=INDICATORS,
    retention=RULES,
    schedule=SCHEDULE,
    key_line=LINE,
    grants=GRANTS,
    demonstration=played,
)
