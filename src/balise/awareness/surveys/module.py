"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _

from balise.awareness.surveys import access
from balise.awareness.surveys.demonstration import fill
from balise.awareness.surveys.figures import FIGURES
from balise.awareness.surveys.grants import GRANTS
from balise.awareness.surveys.indicators import INDICATORS
from balise.awareness.surveys.measures import MEASURES
from balise.awareness.surveys.models import LINE
from balise.awareness.surveys.retention import RULES
from balise.awareness.surveys.tasks import SCHEDULE
from balise.awareness.surveys.web.due import of_surveys
from balise.foundation.budgets.rules import GIB, MIB, Budget
from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import PublicEntry, StaffEntry

_LEAD = (
    access.READ,
    access.WRITE,
    access.OPEN,
    access.INVITE,
    access.TEXTS,
    access.PUBLISH_RESULTS,
)

MODULE = Module(
    budgets=(Budget("awareness.surveys", near=128 * MIB, in_all=5 * GIB),),
    public=(Mount(namespace="surveys"),),
    staff=(Mount("awareness/surveys/", "surveys"),),
    abilities={
        "editor": (access.READ, access.WRITE),
        "coordinator": (access.READ, access.INVITE),
        "awareness_lead": _LEAD,
        "steering": (access.RESULTS,),
    },
    ways=(
        StaffEntry(
            line="awareness",
            label=_("Surveys"),
            says=_("Questionnaires, what is open, links for schools, texts to read."),
            url_name="staff:surveys:surveys",
            icon="file",
            ability=access.READ,
            due=of_surveys,
        ),
        StaffEntry(
            line="awareness",
            label=_("Survey results"),
            says=_("Results of surveys as they were published, and the next edition."),
            url_name="staff:surveys:results_board",
            icon="chart",
            ability=access.READ,
        ),
        StaffEntry(
            line="steering",
            label=_("Survey results"),
            says=_("Results of surveys as they were published."),
            url_name="staff:surveys:results_board",
            icon="chart",
            ability=access.RESULTS,
        ),
    ),
    public_ways=(
        PublicEntry(
            line="awareness",
            label=_("Surveys"),
            says=_("Answer without a name, read the results and how they were made."),
            url_name="surveys:list",
        ),
    ),
    measures=MEASURES,
    figures=FIGURES,
    indicators=INDICATORS,
    key_line=LINE,
    retention=RULES,
    schedule=SCHEDULE,
    grants=GRANTS,
    demonstration=fill,
)
