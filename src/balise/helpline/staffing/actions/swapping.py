"""Offer a shift, take it back, take a colleague's: within the same rules as the rota."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.foundation.finding import find
from balise.foundation.journal.book import record
from balise.helpline.staffing import access
from balise.helpline.staffing.events import ShiftOffered, ShiftTaken
from balise.helpline.staffing.models import Shift
from balise.helpline.staffing.queries import history, members, rotas
from balise.helpline.staffing.rules import rota as rules
from balise.helpline.staffing.rules.states import RotaState, ShiftNotOffered


def offer_shift(*, shift_id: UUID, by: Actor) -> None:
    """Offer a shift of one's own to the others, or take it back if it is offered."""
    access.require(by, access.OWN)
    with transaction.atomic():
        one = _locked(shift_id)
        if one.account != by.key:
            raise ShiftNotOffered(_("This shift is not yours."))
        one.is_offered = not one.is_offered
        one.save(update_fields=("is_offered",))
        if one.is_offered:
            record(ShiftOffered(subject=one.id), by=by)


def take_shift(*, shift_id: UUID, by: Actor) -> None:
    """Take a shift that a colleague offers; refused (RotaWrong) where rest or hours forbid it."""
    access.require(by, access.OWN)
    with transaction.atomic():
        one = _locked(shift_id)
        if not one.is_offered or one.account == by.key:
            raise ShiftNotOffered(_("This shift is no longer offered."))
        giver = one.account
        if Shift.objects.filter(rota=one.rota, account=by.key, day=one.day).exists():
            raise rules.RotaWrong(_("You already work on this day."))
        one.account, one.is_offered = by.key, False
        one.save(update_fields=("account", "is_offered"))
        team = members.members_of(one.rota.monday)
        taken = (one.day - one.rota.monday).days
        away = {by.key: members.away_in(one.rota).get(by.key, set()) - {taken}}
        own = [shift for shift in rotas.shifts_in(one.rota) if shift.key == by.key]
        own = rules.worked(own, away)
        found = rules.breaches(own, team, one.rota.needs, history.plan())
        if found:
            reason = found[0][1].label
            raise rules.RotaWrong(
                _("You cannot take this shift: it breaks a rule (%(reason)s).") % {"reason": reason}
            )
        record(ShiftTaken(subject=one.id, giver=UUID(giver), taker=UUID(by.key)), by=by)


def _locked(shift_id: UUID) -> Shift:
    found = Shift.objects.select_for_update().select_related("rota")
    return find(found, id=shift_id, rota__state=RotaState.PUBLISHED, day__gte=today())
