"""Who may use the desk: a partner's people for their partner, analysts for what partners ask."""

from uuid import UUID

from django.core.exceptions import PermissionDenied

from balise.foundation import access
from balise.foundation.actors import Actor
from balise.hotline.reports import access as reports

USE = "hotline.desk.use"
ANSWER = "hotline.desk.answer"

require = access.require


def require_member(actor: Actor) -> UUID:
    """Return the partner that a person uses the desk for; refuse everyone else."""
    require(actor, USE)
    partner = reports.partner_of(actor)
    if partner is None:
        raise PermissionDenied(USE)
    return partner
