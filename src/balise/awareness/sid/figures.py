"""The figures of the day, in words."""

from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.awareness.sid.rules.words import Band, channels
from balise.foundation.statistics.boards import Figure, Form


def _channels() -> Mapping[str, object]:
    return channels(settings.COUNTRY)


FIGURES = (
    Figure(
        board="awareness",
        code="sid-activities",
        measure="awareness.sid-activities",
        title=_("Safer Internet Day: activities declared, by programme"),
        counted=ngettext_lazy("%(many)s activity", "%(many)s activities", "count"),
        form=Form.CODES,
        by="channel",
        labels=_channels,
        in_given_order=True,
    ),
    Figure(
        board="awareness",
        code="sid-met",
        measure="awareness.sid-met",
        title=_("Safer Internet Day: people at activities, by age"),
        counted=ngettext_lazy("%(many)s attendance", "%(many)s attendances", "count"),
        form=Form.CODES,
        by="band",
        labels=lambda: dict(Band.choices),
        in_given_order=True,
        sums=True,
    ),
)
