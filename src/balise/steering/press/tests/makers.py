"""Press items, entered the way the steering office enters them."""

from datetime import date
from typing import Any
from uuid import UUID

from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.clock import today
from balise.steering.press import actions
from balise.steering.press.rules.files import ItemTold
from balise.steering.press.rules.syndication import Medium


def told(title: str = "Des écrans et des liens", **more: Any) -> ItemTold:
    """Return an item as it is entered: today, online, in an invented newspaper."""
    said: dict[str, Any] = {"day": today(), "outlet": "Le Quotidien", "medium": Medium.ONLINE}
    return ItemTold(**{**said, "title": title, **more})


def make_item(title: str = "Des écrans et des liens", **more: Any) -> UUID:
    """Return an item."""
    return actions.note(told=told(title, **more), by=make_actor("steering_office"))


def make_dispatch(day: date) -> list[UUID]:
    """Return one article that five outlets print under five titles."""
    summary = "Le centre ouvre sa ligne tous les jours et répond aux familles jusqu’à 23 heures"
    titles = (
        "La ligne d’écoute ouvre tous les jours",
        "Tous les jours, la ligne d’écoute répond aux familles",
        "Une ligne d’écoute ouverte tous les jours",
        "Familles : la ligne d’écoute est ouverte tous les jours",
        "Jusqu’à 23 heures, la ligne répond chaque jour aux familles",
    )
    return [
        make_item(title, outlet=f"La Gazette {at}", summary=summary, day=day)
        for at, title in enumerate(titles)
    ]
