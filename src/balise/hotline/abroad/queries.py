"""What hotlines abroad were told, for the line that told them."""

from uuid import UUID

from balise.foundation.actors import SYSTEM
from balise.takedown.onward.exchange.queries import peers
from balise.takedown.onward.exchange.rules.words import Direction


def told_abroad(*, content: UUID) -> int:
    """Return how many hotlines abroad we told of a content; a number, whoever asks."""
    found = peers.about(line="hotline", subject=content, seen_by=SYSTEM)
    return sum(one.direction == Direction.OUT for one in found)
