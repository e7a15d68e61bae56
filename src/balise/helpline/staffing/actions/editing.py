"""Change someone's day in a rota by hand, within the same rules as the solver."""

from datetime import date, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.foundation.journal.book import record
from balise.helpline.staffing import access
from balise.helpline.staffing.events import ShiftCleared, ShiftSet
from balise.helpline.staffing.models import Rota, Shift
from balise.helpline.staffing.queries import history, members, rotas
from balise.helpline.staffing.rules import rota as rules
from balise.helpline.staffing.rules.states import DaysWrong, RotaState, RotaUnready


def set_shift(
    *, rota_id: UUID, account: UUID, day: date, begins: int, halves: int, by: Actor
) -> None:
    """Give someone a shift in a rota, from a half hour (from 00:00) for so many, break included.

    It replaces what they had that day.

    Where it breaks a rule of rest, hours or opening: RotaWrong, which says each, and nothing
    changes.
    """
    with transaction.atomic():
        one = _changing(rota_id, day, by)
        one.shifts.filter(account=str(account), day=day).delete()
        plan, place = history.plan(), (day - one.monday).days
        made = rules.by_hand(
            str(account), day=place, begins=begins, ends=begins + halves, rules=plan
        )
        own = [shift for shift in rotas.shifts_in(one) if shift.key == made.key]
        own = rules.worked(own, members.away_in(one))
        found = rules.breaches([*own, made], members.members_of(one.monday), one.needs, plan)
        if found:
            reasons = ", ".join(str(reason.label) for _key, reason in found)
            raise rules.RotaWrong(_("It breaks a rule: %(reasons)s.") % {"reasons": reasons})
        Shift.objects.create(
            id=uuid4(),
            rota=one,
            account=made.key,
            day=day,
            begins=made.begins,
            ends=made.ends,
            break_at=made.break_at,
        )
        event = ShiftSet(
            subject=one.id, account=account, day=day, begins=made.begins, ends=made.ends
        )
        record(event, by=by)


def clear_shift(*, rota_id: UUID, account: UUID, day: date, by: Actor) -> None:
    """Remove someone's shift of a day; nothing is recorded where they had none."""
    with transaction.atomic():
        one = _changing(rota_id, day, by)
        gone, _of_each = one.shifts.filter(account=str(account), day=day).delete()
        if gone:
            record(ShiftCleared(subject=one.id, account=account, day=day), by=by)


def _changing(rota_id: UUID, day: date, by: Actor) -> Rota:
    access.require(by, access.PLAN)
    one = Rota.locked(rota_id)
    if one.state not in {RotaState.DRAFT, RotaState.PUBLISHED}:
        raise RotaUnready(_("This rota cannot be changed."))
    if day < today():
        raise DaysWrong(_("These days are in the past."))
    if not one.monday <= day < one.monday + timedelta(weeks=1):
        raise DaysWrong(_("This day is in another week."))
    return one
