"""A print run of 100,000 kits in forty orders of all parts of the country; always the same."""

import random
from collections.abc import Mapping
from datetime import timedelta
from typing import Final
from uuid import UUID, uuid4

from balise.awareness.places.orders import actions
from balise.awareness.places.orders.actions import Asked, Contact
from balise.awareness.places.orders.models import Entry, Order
from balise.awareness.places.orders.rules import Because, Requester
from balise.foundation import clock
from balise.foundation.actors import ANYONE, Actor

COPIES: Final = 100_000
_DAYS: Final = 80
_ORDERS: Final = 36
_SEED: Final = 6
# Invented schools in real communes.
_PLACES: Final = (
    ("Collège des Tilleuls", "Lille", "59000"),
    ("Collège du Grand Pré", "Rennes", "35000"),
    ("École des Peupliers", "Limoges", "87000"),
    ("Collège des Filaos", "Saint-Denis", "97400"),
    ("Collège de l’Écluse", "Toulouse", "31000"),
    ("Maison des jeunes du Canal", "Dijon", "21000"),
    ("Collège du Belvédère", "Nice", "06000"),
    ("Collège des Mangroves", "Cayenne", "97300"),
    ("Collège du Maquis", "Ajaccio", "20000"),
    ("École de la Fontaine", "Clermont-Ferrand", "63000"),
    ("Collège des Vignes", "Reims", "51100"),
    ("Collège des Alizés", "Fort-de-France", "97200"),
)


def fill(people: Mapping[str, Actor]) -> None:
    """Print the kits, deliver to schools week by week, correct one delivery, let one order wait."""
    by, today = people["coordinator"], clock.today()
    chance = random.Random(_SEED)  # noqa: S311 - a sample, not a secret
    with clock.at(clock.ago(timedelta(days=_DAYS + 10))):
        kit = actions.add_kit(name="Bienvenue les 6e", mark="6E", campaign="SIXIEME-2026", by=by)
        actions.print_run(
            kit_id=kit,
            number=COPIES,
            printed_on=clock.today(),
            printer_note="Imprimerie des Trois Ponts, bon 4471",
            by=by,
        )
    for at in range(_ORDERS):
        with clock.at(clock.ago(timedelta(days=_DAYS - 2 * at))):
            order = _ask(kit, at, chance.choice((300, 900, 1_800, 4_000)))
            _deliver(order, by=by)
    with clock.at(clock.ago(timedelta(days=2))):
        refused = _ask(kit, 5, 60)
        actions.refuse(order_id=refused, because=Because.AUDIENCE, by=by)
    with clock.at(clock.ago(timedelta(days=1))):
        wrong = _ask(kit, 0, 150)
        note = _deliver(wrong, by=by)
        actions.reverse(entry_id=Entry.objects.get(note=note, reverses=None).id, by=by)
        actions.deliver(order_id=wrong, number=120, day=today - timedelta(days=1), by=by)
        actions.accept(order_id=wrong, number=120, by=by)  # nothing more will come
    _ask(kit, 3, 240)


def _ask(kit: UUID, at: int, number: int) -> UUID:
    place, commune, postcode = _PLACES[at % len(_PLACES)]
    order = uuid4()
    actions.ask(
        order_id=order,
        kit_id=kit,
        asked=Asked(
            requester=_of(place), place=place, commune=commune, postcode=postcode, number=number
        ),
        contact=Contact(
            name="Personne Exemple",
            email="accueil@ecole.example",
            telephone="",
            street="1 rue des Écoles",
        ),
        language="fr",
        by=ANYONE,
    )
    return order


def _of(place: str) -> Requester:
    if place.startswith("Collège"):
        return Requester.MIDDLE
    return Requester.PRIMARY if place.startswith("École") else Requester.STRUCTURE


def _deliver(order: UUID, *, by: Actor) -> UUID:
    wanted = Order.objects.only("wanted").get(id=order).wanted
    actions.accept(order_id=order, number=wanted, by=by)
    return actions.deliver(order_id=order, number=wanted, day=clock.today(), by=by)
