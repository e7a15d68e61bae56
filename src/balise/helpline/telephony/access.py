"""Who may do what with calls."""

from django.core.exceptions import PermissionDenied

from balise.foundation.actors import Actor

READ = "helpline.telephony.read"
WORK = "helpline.telephony.work"
# Agree that whoever asked for a number reads it.
UNSEAL = "helpline.telephony.unseal"
# What an exchange may: tell of its calls.
TELL = "helpline.telephony.tell"


def require(actor: Actor, ability: str) -> None:
    """Refuse an actor who lacks the ability."""
    if not actor.may(ability):
        raise PermissionDenied(ability)
