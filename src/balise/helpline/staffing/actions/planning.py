"""Ask for the shifts of a week, keep what the solver found, publish it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.clock import now
from balise.foundation.journal.book import record
from balise.helpline.staffing import access
from balise.helpline.staffing.events import RotaAsked, RotaDrafted, RotaFailed, RotaPublished
from balise.helpline.staffing.models import Rota, Shift
from balise.helpline.staffing.queries import history, members, rotas
from balise.helpline.staffing.rules import rota as rules
from balise.helpline.staffing.rules.forecast import monday_of
from balise.helpline.staffing.rules.states import GIVEN_UP_AFTER, RotaState, RotaUnready

_IN_THE_MAKING = (RotaState.ASKED, RotaState.DRAFT, RotaState.FAILED)


def ask_rota(*, monday: date, by: Actor) -> UUID:
    """Ask for the shifts of a week, from its forecast; a draft of before goes. Returns the rota.

    The rota in force stays until another is published. Refuses (RotaUnready) where nobody is to be
    planned, or where the past says nothing yet.
    """
    access.require(by, access.PLAN)
    monday = monday_of(monday)
    needs = rotas.needs_of(monday)
    team = members.members_of(monday)
    if not team:
        raise RotaUnready(_("Nobody has a contract yet: enter weekly hours first."))
    if not any(need for day in needs for need in day):
        raise RotaUnready(_("Not enough history yet: there is no forecast to plan from."))
    with transaction.atomic():
        Rota.objects.filter(monday=monday, state__in=_IN_THE_MAKING).delete()
        one = Rota.objects.create(
            id=uuid4(),
            monday=monday,
            needs=needs,
            members=[members.plain(member) for member in team],
            asked_by=by.key,
            asked_at=now(),
        )
        record(RotaAsked(subject=one.id, monday=monday, members=len(team)), by=by)
    return one.id


def keep_draft(*, rota_id: UUID, answer: Mapping[str, Any], by: Actor = SYSTEM) -> None:
    """Save what the solver found, unless the week was asked for again meanwhile.

    What breaks a rule is refused (RotaWrong), from the solver or from a person.
    """
    with transaction.atomic():
        one = Rota.objects.select_for_update().filter(id=rota_id, state=RotaState.ASKED).first()
        if one is None:
            return
        team = members.members_in(one)
        shifts = rules.read_answer(answer, team)
        if rules.breaches(shifts, team, one.needs, history.plan()):
            raise rules.RotaWrong(_("These shifts break a rule of rest or hours."))
        Shift.objects.bulk_create(
            Shift(
                id=uuid4(),
                rota=one,
                account=shift.key,
                day=one.monday + timedelta(days=shift.day),
                begins=shift.begins,
                ends=shift.ends,
                break_at=shift.break_at,
            )
            for shift in shifts
        )
        one.state, one.drafted_at = RotaState.DRAFT, now()
        one.is_best = bool(answer["is_best"])
        one.save(update_fields=("state", "drafted_at", "is_best"))
        fact = RotaDrafted(
            subject=one.id,
            monday=one.monday,
            shifts=len(shifts),
            short=rotas.short_of(one),
            best=one.is_best,
        )
        record(fact, by=by)


def fail(*, rota_id: UUID, by: Actor = SYSTEM) -> None:
    """Note that there was no answer; a lead may ask again."""
    with transaction.atomic():
        one = Rota.objects.select_for_update().filter(id=rota_id, state=RotaState.ASKED).first()
        if one is None:
            return
        one.state = RotaState.FAILED
        one.save(update_fields=("state",))
        record(RotaFailed(subject=one.id, monday=one.monday), by=by)


def fail_forgotten(*, by: Actor = SYSTEM) -> int:
    """Note the same of each rota whose solver has died; return how many."""
    old = Rota.objects.filter(state=RotaState.ASKED, asked_at__lt=now() - GIVEN_UP_AFTER)
    gone = list(old.values_list("id", flat=True))
    for rota_id in gone:
        fail(rota_id=rota_id, by=by)
    return len(gone)


def publish_rota(*, rota_id: UUID, by: Actor) -> None:
    """Publish a rota, in place of the one before: all see their week.

    Rules are checked again with absences and contracts as they are now (RotaWrong).
    """
    access.require(by, access.PLAN)
    with transaction.atomic():
        one = Rota.locked(rota_id)
        if one.state != RotaState.DRAFT:
            raise RotaUnready(_("No draft to publish."))
        team = members.members_of(one.monday)
        found = rules.breaches(rotas.shifts_in(one), team, one.needs, history.plan())
        if found:
            raise rules.RotaWrong(
                _("Something has changed since the calculation: recalculate, then publish.")
            )
        Rota.objects.filter(monday=one.monday, state=RotaState.PUBLISHED).update(
            state=RotaState.REPLACED
        )
        one.state, one.published_by, one.published_at = RotaState.PUBLISHED, by.key, now()
        one.save(update_fields=("state", "published_by", "published_at"))
        record(RotaPublished(subject=one.id, monday=one.monday, short=rotas.short_of(one)), by=by)
