"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _

from balise.awareness.network.orders import access
from balise.awareness.network.orders.demonstration import fill
from balise.awareness.network.orders.figures import FIGURES
from balise.awareness.network.orders.grants import GRANTS
from balise.awareness.network.orders.indicators import INDICATORS
from balise.awareness.network.orders.measures import MEASURES
from balise.awareness.network.orders.queries import waiting
from balise.awareness.network.orders.retention import RULES
from balise.awareness.network.orders.web.due import of_orders
from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import PublicEntry, StaffEntry

_ALL = (access.READ, access.KEEP)

MODULE = Module(
    public=(Mount(namespace="orders"),),
    staff=(Mount("awareness/orders/", "orders"),),
    abilities={"editor": (access.READ,), "coordinator": _ALL, "awareness_lead": _ALL},
    ways=(
        StaffEntry(
            line="awareness",
            label=_("Printed kits"),
            says=_("Stock, orders of schools, deliveries, and where each kit is."),
            url_name="staff:orders:stock",
            icon="inbox",
            ability=access.READ,
            count=waiting,
            due=of_orders,
        ),
    ),
    public_ways=(
        PublicEntry(
            line="awareness",
            label=_("Order printed kits"),
            says=_("For schools and organisations, without an account."),
            url_name="orders:order",
        ),
    ),
    measures=MEASURES,
    figures=FIGURES,
    indicators=INDICATORS,
    retention=RULES,
    grants=GRANTS,
    demonstration=fill,
)
