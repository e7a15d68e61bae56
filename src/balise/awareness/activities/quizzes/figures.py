"""The figures of quizzes, in words."""

from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.awareness.activities.quizzes.rules.words import Audience, What
from balise.foundation.statistics.boards import Figure, Form

_TIMES = ngettext_lazy("%(many)s time", "%(many)s times", "count")

FIGURES = (
    Figure(
        board="awareness",
        code="quizzes",
        measure="awareness.quizzes",
        title=_("Quizzes"),
        counted=_TIMES,
        form=Form.CODES,
        by="what",
        labels=lambda: dict(What.choices),
        in_given_order=True,
        sums=True,
    ),
    Figure(
        board="awareness",
        code="quizzes-audience",
        measure="awareness.quizzes-finished",
        title=_("Quizzes finished, by age"),
        counted=_TIMES,
        form=Form.CODES,
        by="audience",
        labels=lambda: dict(Audience.choices),
        in_given_order=True,
        sums=True,
    ),
)
