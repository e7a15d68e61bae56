"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _

from balise.awareness.activities.quizzes import access
from balise.awareness.activities.quizzes.demonstration import fill
from balise.awareness.activities.quizzes.figures import FIGURES
from balise.awareness.activities.quizzes.grants import GRANTS
from balise.awareness.activities.quizzes.indicators import INDICATORS
from balise.awareness.activities.quizzes.measures import MEASURES
from balise.awareness.activities.quizzes.models import LINE
from balise.awareness.activities.quizzes.retention import RULES
from balise.awareness.activities.quizzes.tasks import SCHEDULE
from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import PublicEntry, StaffEntry

MODULE = Module(
    public=(Mount(namespace="quizzes"),),
    staff=(Mount("awareness/quizzes/", "quizzes"),),
    abilities={
        "editor": (access.READ, access.WRITE),
        "awareness_lead": (access.READ, access.WRITE, access.PUBLISH),
        "coordinator": (access.READ,),
    },
    ways=(
        StaffEntry(
            line="awareness",
            label=_("Quizzes"),
            says=_("Quizzes that are public, those brought in, and what they change."),
            url_name="staff:quizzes:board",
            icon="help",
            ability=access.READ,
        ),
    ),
    public_ways=(
        PublicEntry(
            line="awareness",
            label=_("Quizzes"),
            says=_("Ten questions by age, explained. To answer alone, with a class or on paper."),
            url_name="quizzes:every",
        ),
    ),
    measures=MEASURES,
    figures=FIGURES,
    indicators=INDICATORS,
    retention=RULES,
    schedule=SCHEDULE,
    key_line=LINE,
    grants=GRANTS,
    demonstration=fill,
)
