"""Who looks and is counted, each for themselves; and who may see what the team bears together."""

from uuid import UUID

from django.core.exceptions import PermissionDenied

from balise.foundation import access
from balise.foundation.actors import Actor, ActorKind

LOOK = "hotline.welfare.look"
READ_TEAM = "hotline.welfare.read-team"

require = access.require


def require_person(actor: Actor) -> UUID:
    """Return the account of the person who looks; refuse who may not, and who is no person."""
    require(actor, LOOK)
    if actor.kind is not ActorKind.STAFF:
        raise PermissionDenied(LOOK)
    return UUID(actor.key)
