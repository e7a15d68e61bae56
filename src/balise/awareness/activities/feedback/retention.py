"""What is deleted of feedback, and when. No row here says who someone is."""

from django.utils.translation import gettext_lazy as _

from balise.awareness.activities.feedback.actions import MARKED
from balise.awareness.activities.feedback.models import Once
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import dropped, past

RULES = (
    Rule(
        name="awareness.feedback-marks",
        forgets=Once,
        says=_("The mark by which an opinion on a session counts once is deleted after 30 days."),
        due=past(Once, "at", MARKED),
        erase=dropped(Once),
    ),
)
