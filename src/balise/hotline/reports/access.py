"""Who may do what with reports and contents."""

from uuid import UUID

from django.core.exceptions import PermissionDenied

from balise.foundation import access
from balise.foundation.actors import Actor, ActorKind

READ = "hotline.reports.read"
ASSESS = "hotline.reports.assess"
CONFIRM = "hotline.reports.confirm"
ANSWER = "hotline.reports.answer"
CLOSE_MANY = "hotline.reports.close-many"
RELEASE_OTHERS = "hotline.reports.release-others"
SUBMIT = "hotline.reports.submit"
FOLLOW_OWN = "hotline.reports.follow-own"
IMPORT = "hotline.reports.import"
TAKE_FILE = "hotline.reports.take-file"
FINGERPRINT = "hotline.reports.fingerprint"  # a partner's token: what it says of hashes is taken

require = access.require


def partner_of(actor: Actor) -> UUID | None:
    """Return the organisation that an actor reports for: by its token, or as one of its people."""
    if actor.kind is ActorKind.PARTNER:
        return UUID(actor.key)
    return actor.organisation


def require_partner(actor: Actor, ability: str) -> UUID:
    """Return the organisation that an actor reports for; refuse who has none, or may not."""
    require(actor, ability)
    partner = partner_of(actor)
    if partner is None:
        raise PermissionDenied(ability)
    return partner
