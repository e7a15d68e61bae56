"""Who may do what with people and partners."""

from django.core.exceptions import PermissionDenied

from balise.foundation.actors import Actor

READ_PEOPLE = "accounts.people.read"
PROPOSE = "accounts.people.propose"
CONFIRM = "accounts.people.confirm"
WITHOUT_SECOND_PERSON = "accounts.people.open"  # no role holds it: the server's operator
DISABLE = "accounts.people.disable"
READ_PARTNERS = "accounts.partners.read"
MANAGE_PARTNERS = "accounts.partners.manage"
CONFIRM_TOKENS = "accounts.partners.confirm"


def require(actor: Actor, ability: str) -> None:
    """Refuse an actor who lacks the ability."""
    if not actor.may(ability):
        raise PermissionDenied(ability)
