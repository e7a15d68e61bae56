"""Who works how long, as what, at which time of day they would rather, and when they are away."""

from collections.abc import Collection
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction

from balise.foundation.accounts import queries as accounts
from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.foundation.finding import NotYours
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.helpline.queue.rules import Skill
from balise.helpline.staffing import access
from balise.helpline.staffing.events import AbsenceNoted, AbsenceWithdrawn, ContractSet, WishNoted
from balise.helpline.staffing.models import Absence, Contract
from balise.helpline.staffing.rules.rota import Wish
from balise.helpline.staffing.rules.states import check_days, check_hours


def set_contract(*, account: UUID, halves: int, skills: Collection[Skill], by: Actor) -> None:
    """Set how many half hours someone works each week, and as what; 0 ends their planning.

    For people who plan, and only about someone who may work at the helpline (PermissionDenied
    else).
    """
    access.require(by, access.PLAN)
    check_hours(halves)
    access.require_member(account in accounts.holders_of(access.OWN))
    codes = sorted(skills)
    with transaction.atomic():
        Contract.objects.update_or_create(
            account=str(account), defaults={"halves": halves, "skills": " ".join(codes)}
        )
        fact = ContractSet(subject=account, halves=halves, skills=Code("/".join(codes)))
        record(fact, by=by)


def note_wish(*, wish: Wish, by: Actor) -> None:
    """Save at which time of the day one prefers to work."""
    access.require(by, access.OWN)
    with transaction.atomic():
        found, _is_new = Contract.objects.select_for_update().get_or_create(
            account=by.key, defaults={"halves": 0}
        )
        if found.wish == wish:
            return
        found.wish = wish
        found.save(update_fields=("wish",))
        record(WishNoted(subject=UUID(by.key), wish=wish), by=by)


def note_absence(*, first: date, last: date, account: UUID | None = None, by: Actor) -> UUID:
    """Note days on which one is away, or another for who plans; return the absence."""
    whose = account or UUID(by.key)
    access.require(by, access.OWN if whose == UUID(by.key) else access.PLAN)
    check_days(first, last, today=today())
    with transaction.atomic():
        one = Absence.objects.create(id=uuid4(), account=str(whose), first=first, last=last)
        record(AbsenceNoted(subject=one.id, account=whose, first=first, last=last), by=by)
    return one.id


def withdraw_absence(*, absence_id: UUID, by: Actor) -> None:
    """Cancel an absence: one's own, or another's for people who plan. Raises NotHere."""
    access.require(by, access.OWN)
    with transaction.atomic():
        one = Absence.locked(absence_id)
        if one.account != by.key and not by.may(access.PLAN):
            raise NotYours(access.PLAN)
        one.delete()
        record(AbsenceWithdrawn(subject=absence_id, account=UUID(one.account)), by=by)
