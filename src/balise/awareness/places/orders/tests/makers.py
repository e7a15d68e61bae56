"""Printed kits and orders, made the way the programme makes them."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from balise.awareness.places.orders import actions
from balise.awareness.places.orders.actions import Asked, Contact
from balise.awareness.places.orders.models import Entry, Order, Printed
from balise.awareness.places.orders.rules import Requester
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import ANYONE
from balise.foundation.clock import today

CONTACT = Contact(
    name="Camille Exemple",
    email="accueil@college.example",
    telephone="0262000000",
    street="1 rue des Écoles",
)


def make_kit(*, copies: int = 0, mark: str = "6E", **facts: Any) -> UUID:
    """Return a printed kit, so many copies of it in stock."""
    by = make_actor("coordinator")
    kit = actions.add_kit(by=by, mark=mark, **{"name": "Bienvenue les 6e", **facts})
    if copies:
        actions.print_run(kit_id=kit, number=copies, printed_on=today(), by=by)
    return kit


def make_order(kit: UUID, number: int = 30, *, order_id: UUID | None = None, **facts: Any) -> UUID:
    """Return an order that waits: of a middle school in La Réunion unless said otherwise."""
    order = order_id or uuid4()
    asked = {
        "requester": Requester.MIDDLE,
        "place": "Collège des Filaos",
        "commune": "Saint-Denis",
        "postcode": "97400",
        **facts,
    }
    actions.ask(
        order_id=order,
        kit_id=kit,
        asked=Asked(number=number, **asked),
        contact=CONTACT,
        language="fr",
        by=ANYONE,
    )
    return order


def make_accepted(kit: UUID, number: int = 30, **facts: Any) -> UUID:
    """Return an order that is accepted in full."""
    order = make_order(kit, number, **facts)
    actions.accept(order_id=order, number=number, by=make_actor("coordinator"))
    return order


def deliver(order: UUID, number: int | None = None, *, day: date | None = None) -> UUID:
    """Deliver what is left of an order, or so many; return the note."""
    return actions.deliver(
        order_id=order,
        number=number or Order.objects.get(id=order).remaining,
        day=day or today(),
        by=make_actor("coordinator"),
    )


def stock_of(kit: UUID) -> int:
    """Return the stock of a kit: the column, which the ledger and the shelf must come to."""
    row = Printed.objects.get(id=kit)
    moved = sum(entry.change for entry in row.entries.all())
    stands = sum(each.range.size for each in row.shelf.all())
    assert row.stock == moved == stands
    return row.stock


def the_entry() -> int:
    """Return the last entry of the ledger."""
    return Entry.objects.latest("id").id


def typed(kit_id: object, **facts: object) -> dict[str, object]:
    """Return what a school types on the public form, with what it types otherwise."""
    return {
        "order": str(uuid4()),
        "kit": str(kit_id),
        "number": 120,
        "requester": "middle",
        "place": "Collège des Filaos",
        "street": "1 rue des Écoles",
        "postcode": "97 400",
        "commune": "Saint-Denis",
        "name": "Camille Exemple",
        "email": "accueil@college.example",
        **facts,
    }
