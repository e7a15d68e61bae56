"""The card of this module: what the rest of Balise reads of it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.awareness.places.orders import access, actions
from balise.awareness.places.orders.demonstration import fill
from balise.awareness.places.orders.events import KitsMoved, OrderAsked
from balise.awareness.places.orders.models import Order
from balise.awareness.places.orders.queries import waiting
from balise.awareness.places.orders.rules import LedgerKind, Requester
from balise.awareness.places.orders.web.due import of_orders
from balise.awareness.places.structures.queries.register import home
from balise.foundation.actors import SYSTEM
from balise.foundation.grants import PUBLIC, STAFF, WORKER, Declared, Grant, Kept, Tells
from balise.foundation.modules import Module, Mount
from balise.foundation.retention.rules import Rule
from balise.foundation.statistics.boards import Figure, Form
from balise.foundation.statistics.indicators import Counts, Flow, Indicator
from balise.foundation.statistics.measures import Measure
from balise.foundation.web.navigation import PublicEntry, StaffEntry

# The figures of printed kits, in words.


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


# The figures of printed kits that a committee speaks of, defined.


INDICATORS = (
    Indicator(
        code="KIT-PRINT",
        line="awareness",
        name=_("Printed kits delivered"),
        definition=_(
            "A printed kit counts on the day of its delivery note; one that comes back is "
            "taken away on that day. Downloads are counted apart."
        ),
        unit=ngettext_lazy("%(many)s kit", "%(many)s kits", "count"),
        source=Flow(Counts("awareness.kits", sums=True)),
        owner=_("Network: delivery notes"),
        by="campaign",
    ),
    Indicator(
        code="KIT-ASK",
        line="awareness",
        name=_("Printed kits ordered"),
        definition=_("The kits of each order, on the day it is made, delivered or not."),
        unit=ngettext_lazy("%(many)s kit", "%(many)s kits", "count"),
        source=Flow(Counts("awareness.kit-orders", sums=True)),
        owner=_("Network: orders"),
    ),
)


# What is counted of printed kits, from the ledger's own events.


MEASURES = (
    # A delivery that is reversed takes its kits away again, on the day of the correction.
    Measure(
        "awareness.kits",
        counts=KitsMoved,
        by=("area", "requester", "campaign"),
        amount="number",
        only=(("kind", LedgerKind.DELIVERED.value),),
    ),
    Measure("awareness.kit-orders", counts=OrderAsked, by=("area",), amount="number"),
)


# When the contact of an order is forgotten; the order and its deliveries stay.


ENDED: Final = timedelta(days=183)  # time for what comes back, and for a question
ASKED: Final = timedelta(days=365)
_AT_ONCE: Final = 1_000


def contacts_due(at: datetime) -> Iterable[UUID]:
    """Return orders that ended six months ago, and those that are not after a year."""
    found = Order.objects.filter(Q(ended_at__lte=at - ENDED) | Q(asked_at__lte=at - ASKED))
    return found.exclude(sealed=b"").values_list("id", flat=True)[:_AT_ONCE]


def forget_contacts(orders: Sequence[UUID]) -> int:
    """Destroy contacts with their keys; return how many."""
    return actions.forget_contacts(orders=orders, by=SYSTEM)


RULES = (
    Rule(
        name="awareness.kit-orders",
        forgets=Order,
        says=_(
            "The contact of an order of printed kits is deleted six months after its last "
            "delivery or its refusal, a year after it was asked at the latest."
        ),
        due=contacts_due,
        erase=forget_contacts,
    ),
)


# What the public door may do: see which kits can be ordered, and leave an order, sealed.


GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("network_orders_printed",),
        to=(PUBLIC,),
        why="Anyone sees which kits can be ordered; how many are in stock is not read.",
        read=("id", "name", "campaign", "is_offered"),
    ),
    Grant(
        on=("network_orders_order",),
        to=(PUBLIC,),
        why="A school leaves an order, its contact sealed; none is read here.",
        add=True,
    ),
    Kept(
        on=("network_orders_entry",),
        from_=(STAFF, WORKER),
        rights=("UPDATE", "DELETE"),
        why="A wrong entry of the stock is put right by another, never rewritten.",
    ),
    Tells(facts=("awareness.order.asked",), by=(PUBLIC,)),
)


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
