"""The figures of the notebook, in words."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.awareness.network.trends.rules.topics import topics
from balise.foundation.statistics.boards import Figure, Form

FIGURES = (
    Figure(
        board="awareness",
        code="trends",
        measure="awareness.trends.noticed",
        title=_("Emerging uses noticed, by topic"),
        counted=ngettext_lazy("%(many)s emerging use", "%(many)s emerging uses", "count"),
        form=Form.CODES,
        by="topic",
        labels=lambda: dict(topics(settings.COUNTRY)),
    ),
    Figure(
        board="awareness",
        code="briefings",
        measure="awareness.trends.briefings",
        title=_("Briefings sent to partners"),
        counted=ngettext_lazy("%(many)s briefing", "%(many)s briefings", "count"),
        form=Form.NUMBER,
    ),
)
