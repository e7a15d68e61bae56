"""Who may do what with referrals."""

from django.core.exceptions import PermissionDenied

from balise.foundation.actors import Actor

READ = "helpline.cases.read"
WORK = "helpline.cases.work"
GIVE_BACK_OTHERS = "helpline.cases.give-back-others"


def require(actor: Actor, ability: str) -> None:
    """Refuse an actor who lacks the ability."""
    if not actor.may(ability):
        raise PermissionDenied(ability)
