"""The figures of structures, in words. The register's own page says how many are open today."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _, ngettext_lazy, pgettext_lazy

from balise.awareness.network.structures.rules.kinds import StructureKind
from balise.awareness.network.structures.rules.places import ABROAD, Zone
from balise.foundation.statistics.boards import Figure, Form

_JOINED = ngettext_lazy(
    "%(many)s organisation that joined", "%(many)s organisations that joined", "count"
)
_LEFT = ngettext_lazy(
    "%(many)s organisation that left", "%(many)s organisations that left", "count"
)


def _zones() -> Mapping[str, object]:
    return {
        Zone.METRO.value: pgettext_lazy("territory", "Mainland"),
        Zone.DROM.value: _("Overseas département"),
        Zone.COM.value: _("Overseas collectivity"),
        ABROAD: pgettext_lazy("territory", "Abroad"),
    }


FIGURES = (
    Figure(
        board="awareness",
        code="structures-kind",
        measure="awareness.structures-joined",
        title=_("Organisations that joined the network, by kind"),
        counted=_JOINED,
        form=Form.CODES,
        by="kind",
        labels=lambda: dict(StructureKind.choices),
        in_given_order=True,
    ),
    Figure(
        board="awareness",
        code="structures-zone",
        measure="awareness.structures-joined",
        title=_("Organisations that joined the network, by territory"),
        counted=_JOINED,
        form=Form.CODES,
        by="zone",
        labels=_zones,
        in_given_order=True,
    ),
    Figure(
        board="awareness",
        code="structures-left",
        measure="awareness.structures-left",
        title=_("Organisations that left the network"),
        counted=_LEFT,
        form=Form.NUMBER,
    ),
)
