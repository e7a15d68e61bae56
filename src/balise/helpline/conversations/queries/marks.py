"""The messages that a listener marked: for the staff's side alone."""

from uuid import UUID

from balise.foundation.actors import Actor
from balise.helpline.conversations import access
from balise.helpline.conversations.models import Mark


def marked(conversation_id: UUID, *, seen_by: Actor) -> frozenset[int]:
    """Return the places of the messages that are marked."""
    access.require_staff(seen_by)
    return frozenset(
        Mark.objects.filter(conversation=conversation_id).values_list("seq", flat=True)
    )
