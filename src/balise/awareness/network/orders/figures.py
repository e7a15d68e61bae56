"""The figures of printed kits, in words."""

from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.awareness.network.orders.rules.words import Requester
from balise.awareness.network.structures.queries.places import home
from balise.foundation.statistics.boards import Figure, Form

_KITS = ngettext_lazy("%(many)s kit", "%(many)s kits", "count")
_ORDERS = ngettext_lazy("%(many)s order of kits", "%(many)s orders of kits", "count")

FIGURES = (
    Figure(
        board="awareness",
        code="kits",
        measure="awareness.kits",
        title=_("Printed kits delivered"),
        counted=_KITS,
        form=Form.DAYS,
        sums=True,
        is_key=True,
    ),
    Figure(
        board="awareness",
        code="kits-area",
        measure="awareness.kits",
        title=_("Printed kits delivered, by département"),
        counted=_KITS,
        form=Form.CODES,
        by="area",
        labels=lambda: {code: area.name for code, area in home().areas.items()},
        sums=True,
    ),
    Figure(
        board="awareness",
        code="kits-requester",
        measure="awareness.kits",
        title=_("Printed kits delivered, by kind of school"),
        counted=_KITS,
        form=Form.CODES,
        by="requester",
        labels=lambda: dict(Requester.choices),
        sums=True,
    ),
    Figure(
        board="awareness",
        code="kits-campaign",
        measure="awareness.kits",
        title=_("Printed kits delivered, by campaign"),
        counted=_KITS,
        form=Form.CODES,
        by="campaign",
        sums=True,
    ),
    Figure(
        board="awareness",
        code="kit-orders",
        measure="awareness.kit-orders",
        title=_("Orders of printed kits"),
        counted=_ORDERS,
        form=Form.DAYS,
    ),
)
