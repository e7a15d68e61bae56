"""Who may bring in label packs. The law and the classes are data, for anyone to read."""

from django.core.exceptions import PermissionDenied

from balise.foundation.actors import Actor

IMPORT_LABELS = "takedown.law.import-labels"


def require(actor: Actor, ability: str) -> None:
    """Refuse an actor who lacks the ability."""
    if not actor.may(ability):
        raise PermissionDenied(ability)
