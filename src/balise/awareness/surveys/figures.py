"""The figures of surveys, in words."""

from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.foundation.statistics.boards import Figure, Form

FIGURES = (
    Figure(
        board="awareness",
        code="survey-answers",
        measure="awareness.survey-answers",
        title=_("Answers to surveys, by day of storing"),
        counted=ngettext_lazy("%(many)s answer stored", "%(many)s answers stored", "count"),
        form=Form.DAYS,
        sums=True,
    ),
)
