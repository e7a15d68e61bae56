"""The figures of quizzes that a committee speaks of, defined."""

from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.awareness.activities.quizzes.rules.words import What
from balise.foundation.statistics.indicators import Counts, Flow, Indicator

INDICATORS = (
    Indicator(
        code="QUIZ-N",
        line="awareness",
        name=_("Quizzes finished"),
        definition=_(
            "A quiz counts on the day its last question is answered, alone or by a class; "
            "a class counts once."
        ),
        unit=ngettext_lazy("%(many)s quiz", "%(many)s quizzes", "count"),
        source=Flow(
            Counts("awareness.quizzes", only=(("what", (What.FINISHED.value,)),), sums=True)
        ),
        owner=_("Quizzes"),
    ),
)
