"""A conversation's place in the line, inside an action's transaction."""

from balise.foundation.actors import Actor
from balise.helpline.queue.actions import waiting
from balise.helpline.queue.queries.rows import ItemRow
from balise.helpline.queue.rules import Reason


def leave_line(*, place: ItemRow | None, reason: Reason = Reason.LEFT, by: Actor) -> None:
    """Leave the line if one still waits in it. A person who is with a listener stays with them."""
    if place is not None and place.waits:
        waiting.withdraw(item_id=place.id, reason=reason, by=by)
