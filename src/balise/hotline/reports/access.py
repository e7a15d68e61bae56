"""Who may do what with reports and contents."""

from django.core.exceptions import PermissionDenied

from balise.foundation.actors import Actor

READ = "hotline.reports.read"
ASSESS = "hotline.reports.assess"
CONFIRM = "hotline.reports.confirm"
ANSWER = "hotline.reports.answer"
CLOSE_MANY = "hotline.reports.close-many"
RELEASE_OTHERS = "hotline.reports.release-others"
SUBMIT = "hotline.reports.submit"
FOLLOW_OWN = "hotline.reports.follow-own"
IMPORT = "hotline.reports.import"


def require(actor: Actor, ability: str) -> None:
    """Refuse an actor who lacks the ability."""
    if not actor.may(ability):
        raise PermissionDenied(ability)
