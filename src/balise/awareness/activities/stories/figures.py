"""The figures of stories, in words."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.awareness.activities.stories.queries import catalogue
from balise.awareness.activities.stories.rules.words import Mode, ending_code
from balise.foundation.statistics.boards import Figure, Form

_STORIES = ngettext_lazy("%(many)s story", "%(many)s stories", "count")


def _titles() -> Mapping[str, object]:
    return {each.slug: each.about.title for each in catalogue()}


def _endings() -> Mapping[str, object]:
    return {
        ending_code(each.slug, ending.code): f"{each.about.title} – {ending.title}"
        for each in catalogue()
        for ending in each.about.endings
    }


FIGURES = (
    Figure(
        board="awareness",
        code="stories-begun",
        measure="awareness.stories.begun",
        title=_("Stories begun"),
        counted=_STORIES,
        form=Form.CODES,
        by="story",
        labels=_titles,
        sums=True,
    ),
    Figure(
        board="awareness",
        code="stories-mode",
        measure="awareness.stories.begun",
        title=_("Stories begun, by mode"),
        counted=_STORIES,
        form=Form.CODES,
        by="mode",
        labels=lambda: dict(Mode.choices),
        in_given_order=True,
        sums=True,
    ),
    Figure(
        board="awareness",
        code="stories-ended",
        measure="awareness.stories.ended",
        title=_("Stories finished, by ending"),
        counted=_STORIES,
        form=Form.CODES,
        by="ending",
        labels=_endings,
        in_given_order=True,
        sums=True,
    ),
)
