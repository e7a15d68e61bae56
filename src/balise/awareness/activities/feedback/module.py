"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _

from balise.awareness.activities.feedback import access
from balise.awareness.activities.feedback.demonstration import fill
from balise.awareness.activities.feedback.figures import FIGURES
from balise.awareness.activities.feedback.grants import GRANTS
from balise.awareness.activities.feedback.measures import MEASURES
from balise.awareness.activities.feedback.retention import RULES
from balise.awareness.activities.feedback.tasks import SCHEDULE
from balise.awareness.activities.feedback.web.public import of_a_kit
from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import StaffEntry

MODULE = Module(
    public=(Mount(namespace="feedback"),),
    staff=(Mount("awareness/feedback/", "feedback"),),
    abilities={"editor": (access.READ,), "coordinator": (access.READ,)},
    ways=(
        StaffEntry(
            line="awareness",
            label=_("After sessions"),
            says=_("What educators say of sessions with a kit."),
            url_name="staff:feedback:board",
            icon="chat",
            ability=access.READ,
        ),
    ),
    measures=MEASURES,
    figures=FIGURES,
    retention=RULES,
    schedule=SCHEDULE,
    grants=GRANTS,
    parts={"publications.page": of_a_kit},
    demonstration=fill,
)
