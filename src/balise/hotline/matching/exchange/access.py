"""Who may do what with hashes of partners: the hotline's staff, and partners by their tokens."""

from uuid import UUID

from django.core.exceptions import PermissionDenied

from balise.foundation import access
from balise.foundation.actors import Actor, ActorKind

READ = "hotline.hashes.read"
MANAGE = "hotline.hashes.manage"
PULL = "hotline.hashes.pull"
ASK = "hotline.hashes.ask"

require = access.require


def partner_of(actor: Actor, *abilities: str) -> UUID:
    """Return the organisation whose token it is; refuse a token that has none of the scopes."""
    if actor.kind is not ActorKind.PARTNER or not any(map(actor.may, abilities)):
        raise PermissionDenied(abilities[0])
    return UUID(actor.key)
