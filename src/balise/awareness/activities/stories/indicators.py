"""The figures of interactive stories that a committee speaks of, defined."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.awareness.activities.stories.queries import catalogue
from balise.foundation.statistics.indicators import Counts, Indicator, Level


def _titles() -> Mapping[str, object]:
    return {each.slug: each.about.title for each in catalogue()}


_PLAYS = ngettext_lazy("%(many)s play", "%(many)s plays", "count")

INDICATORS = (
    Indicator(
        code="GAME-PLAY",
        line="awareness",
        name=_("Stories begun"),
        definition=_(
            "A story counts each time it is begun, alone or by a class; a class counts "
            "once. All that were ever begun."
        ),
        unit=_PLAYS,
        source=Level(Counts("awareness.stories.begun", sums=True)),
        owner=_("Interactive stories"),
        by="story",
        labels=_titles,
    ),
    Indicator(
        code="GAME-END",
        line="awareness",
        name=_("Stories finished"),
        definition=_("A story counts each time an ending is reached. All that were ever finished."),
        unit=_PLAYS,
        source=Level(Counts("awareness.stories.ended", sums=True)),
        owner=_("Interactive stories"),
        by="story",
        labels=_titles,
    ),
)
