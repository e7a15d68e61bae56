"""Who may write CyberTips. A dossier's own rights come first: its line's people alone read it."""

from django.core.exceptions import PermissionDenied

from balise.foundation.actors import Actor

EXPORT = "takedown.cybertips.export"


def require(actor: Actor, ability: str) -> None:
    """Refuse an actor who lacks the ability."""
    if not actor.may(ability):
        raise PermissionDenied(ability)
