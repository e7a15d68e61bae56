"""What is deleted of quizzes, and when. No row here says who someone is."""

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from balise.awareness.activities.quizzes.models import Once, Pair
from balise.awareness.activities.quizzes.rules.paths import PAIRED
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, dropped, past

MARKED: Final = timedelta(days=60)


RULES = (
    Rule(
        name="awareness.quiz-pairs",
        forgets=Pair,
        says=_(
            "How many answers were right the first time waits 60 days for the second time, under "
            "six words and without any name; it is deleted once it is counted."
        ),
        due=past(Pair, "at", PAIRED),
        erase=deleted(Pair),
    ),
    Rule(
        name="awareness.quiz-marks",
        forgets=Once,
        says=_("The mark by which the end of a quiz is counted once is deleted after 60 days."),
        due=past(Once, "at", MARKED),
        erase=dropped(Once),
    ),
)
