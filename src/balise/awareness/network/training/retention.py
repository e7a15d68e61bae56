"""What is deleted of training, and when. No row here says who someone is."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from balise.awareness.network.training.actions.counting import MARKED
from balise.awareness.network.training.models import Badge, KeptPath, Once
from balise.awareness.network.training.rules.paths import KEPT
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, dropped, past

AFTER = timedelta(days=365)  # its place in the list of revoked ones is free from then on


RULES = (
    Rule(
        name="awareness.module-paths",
        forgets=KeptPath,
        says=_("Progress kept under six words is deleted 180 days after the last answer."),
        due=past(KeptPath, "changed_at", KEPT),
        erase=deleted(KeptPath),
    ),
    Rule(
        name="awareness.module-marks",
        forgets=Once,
        says=_("The mark by which the module counts a person once is deleted after 180 days."),
        due=past(Once, "at", MARKED),
        erase=dropped(Once),
    ),
    Rule(
        name="awareness.badges",
        forgets=Badge,
        says=_("A badge, which names nobody, is deleted a year after its last day."),
        due=past(Badge, "until", AFTER),
        erase=deleted(Badge),
    ),
)
