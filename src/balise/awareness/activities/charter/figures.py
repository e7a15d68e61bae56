"""The figures of charters, in words."""

from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.awareness.activities.charter.rules.bank import Band, bank
from balise.awareness.activities.charter.rules.charter import SEVERAL
from balise.awareness.activities.charter.rules.words import Of, What, several
from balise.foundation.statistics.boards import Figure, Form

_FAMILIES = ngettext_lazy("%(many)s family", "%(many)s families", "count")


def _bands() -> Mapping[str, object]:
    return {**dict(Band.choices), SEVERAL: several()}


def _practices() -> Mapping[str, object]:
    return {each.code: each.says for each in bank(settings.COUNTRY).practices}


FIGURES = (
    Figure(
        board="awareness",
        code="charters",
        measure="awareness.charters",
        title=_("Family charters, where the family agrees to be counted"),
        counted=_FAMILIES,
        form=Form.CODES,
        by="what",
        labels=lambda: dict(What.choices),
        in_given_order=True,
        sums=True,
    ),
    Figure(
        board="awareness",
        code="charter-rules",
        measure="awareness.charter-rules",
        title=_("Rules of charters: chosen, and kept"),
        counted=_FAMILIES,
        form=Form.CODES,
        by="of",
        labels=lambda: dict(Of.choices),
        in_given_order=True,
        sums=True,
    ),
)
