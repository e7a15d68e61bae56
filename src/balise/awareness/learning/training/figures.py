"""The figures of training, in words."""

from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.awareness.learning.training.rules.audiences import audiences
from balise.awareness.learning.training.rules.words import Way, What
from balise.foundation.statistics.boards import Figure, Form

_PATHS = ngettext_lazy("%(many)s time", "%(many)s times", "count")
_BADGES = ngettext_lazy("%(many)s badge", "%(many)s badges", "count")


def _audiences() -> Mapping[str, object]:
    return {each.code: each.label for each in audiences(settings.COUNTRY).every}


def _areas() -> Mapping[str, object]:
    return audiences(settings.COUNTRY).areas


FIGURES = (
    Figure(
        board="awareness",
        code="module",
        measure="awareness.module",
        title=_("Online module for adults"),
        counted=_PATHS,
        form=Form.CODES,
        by="what",
        labels=lambda: dict(What.choices),
        in_given_order=True,
        sums=True,
    ),
    Figure(
        board="awareness",
        code="badges",
        measure="awareness.badges",
        title=_("Badges given, by audience"),
        counted=_BADGES,
        form=Form.CODES,
        by="audience",
        labels=_audiences,
    ),
    Figure(
        board="awareness",
        code="badges-area",
        measure="awareness.badges",
        title=_("Badges given, by academy"),
        counted=_BADGES,
        form=Form.CODES,
        by="area",
        labels=_areas,
    ),
    Figure(
        board="awareness",
        code="badges-way",
        measure="awareness.badges",
        title=_("Badges given, by way"),
        counted=_BADGES,
        form=Form.CODES,
        by="way",
        labels=lambda: dict(Way.choices),
        in_given_order=True,
    ),
)
