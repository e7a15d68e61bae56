"""Orders that wait for an answer, for the home of who keeps the stock."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from balise.awareness.places.orders import queries
from balise.awareness.places.orders.rules import OrderState
from balise.foundation.actors import Actor
from balise.foundation.web.navigation import Due


def of_orders(actor: Actor) -> Iterable[Due]:
    """Return the orders to answer, and those accepted that have not left."""
    for says, state in (
        (_("Kit orders to answer"), OrderState.WAITING),
        (_("Kit orders to send"), OrderState.ACCEPTED),
    ):
        rows = queries.orders(state=state, seen_by=actor)
        first = rows.first()
        yield Due(
            says=says,
            count=rows.count(),
            since=first.asked_at if first else None,
            url=f"{reverse('staff:orders:orders')}?state={state.value}",
        )
