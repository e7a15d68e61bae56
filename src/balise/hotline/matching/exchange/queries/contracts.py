"""Whether a partner may do what it asks for now."""

from uuid import UUID

from django.utils.translation import gettext as _

from balise.foundation import clock
from balise.foundation.refusals import Refused
from balise.hotline.matching.exchange.models import Contract


class NoContract(Refused, code="no-contract"):
    """There is no contract with this partner, or not for this."""


class IsCutOff(Refused, code="cut-off"):
    """The partner was cut off: a person has to open it again."""


def open_contract(partner_id: UUID, *, holds: bool | None = None) -> Contract:
    """Return a partner's contract, locked. Refuses NoContract and IsCutOff."""
    one = Contract.objects.select_for_update().filter(id=partner_id).first()
    is_over = one is not None and one.ends_on is not None and one.ends_on < clock.today()
    if one is None or is_over or (holds is not None and one.holds is not holds):
        raise NoContract(_("No contract covers this."))
    if one.cut_off_at is not None:
        raise IsCutOff(_("You were cut off. Write to the centre."))
    return one
