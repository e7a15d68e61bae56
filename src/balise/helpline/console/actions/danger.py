"""An immediate danger: one key declares it, and supervisors join."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import keep, key_of_line, new_key
from balise.foundation.journal.book import record
from balise.helpline.console import access
from balise.helpline.console.events import (
    DangerAnswered,
    DangerDeclared,
    DangerEnded,
    DangerJoined,
)
from balise.helpline.console.models import ANSWERED, LINE, Danger
from balise.helpline.console.queries.dangers import (
    answers_of,
    check_may_read,
    is_in_danger,
    over,
)
from balise.helpline.console.rules import (
    ChecklistChanged,
    DangerOver,
    NoDanger,
    is_imminent,
    merged,
    not_held,
    read_answers,
    read_text,
)
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import waiting
from balise.helpline.queue.rules import Kind, Risk
from balise.helpline.telephony.actions import numbers
from balise.helpline.telephony.rules.numbers import HeldFor, Need, NumberGone


def life_danger(*, item_id: UUID, by: Actor) -> None:
    """Declare immediate danger: risk A, supervisors are notified, the checklist opens.

    For the listener who has the item, and for supervisors. The number of a call outlives it for a
    day. A second time changes nothing.
    """
    access.require(by, access.WORK)
    with transaction.atomic():
        item = queue.item(item_id, seen_by=by)
        if item.held_by != by.key and not by.may(access.SUPERVISE):
            raise not_held(item.held_by)
        was_paged = item.risk == Risk.A
        waiting.judge_risk(item_id=item_id, risk=Risk.A, by=by)
        if Danger.objects.filter(item=item_id).exists():
            return
        key = new_key(LINE, uuid4())
        Danger.objects.create(id=key.record, item=item_id, declared_by=by.key, declared_at=now())
        keep(key)
        record(DangerDeclared(subject=item_id, paged=was_paged), by=by)
        if item.kind == Kind.CALL:
            _hold_number(item.subject, by)


def join_danger(*, item_id: UUID, by: Actor) -> None:
    """Join an immediate danger as a supervisor; the first one counts.

    Where only the young person said it (risk A), this declares it: the checklist opens.
    """
    access.require(by, access.SUPERVISE)
    moment = now()
    with transaction.atomic():
        if not Danger.objects.filter(item=item_id).exists() and is_in_danger(item_id):
            life_danger(item_id=item_id, by=by)
        one = _danger(item_id)
        if one.joined_at is not None:
            return
        one.joined_by, one.joined_at = by.key, moment
        one.save(update_fields=("joined_by", "joined_at"))
        record(DangerJoined(subject=item_id, seconds=_since(one, moment)), by=by)


def keep_checklist(
    *, item_id: UUID, answers: Mapping[str, str], shown: Mapping[str, str], by: Actor
) -> None:
    """Seal the steps that were typed since they were `shown`; the others stay as they are.

    For people who may read it (`check_may_read`). Refuses (ChecklistChanged) to overwrite a step
    that someone else changed meanwhile, once the other steps are saved.
    """
    access.require(by, access.WORK)
    typed, before = read_answers(answers), {code: read_text(shown[code]) for code in shown}
    with transaction.atomic():
        one = _danger(item_id)
        check_may_read(queue.item(item_id, seen_by=by), seen_by=by)
        stored = answers_of(one)
        words, theirs = merged(stored, shown=before, typed=typed)
        if words != stored:
            key = key_of_line(LINE, one.id)
            one.sealed = key.seal(dict(words), where=ANSWERED, row=one.id)
            one.save(update_fields=("sealed",))
            record(DangerAnswered(subject=item_id, imminent=is_imminent(words)), by=by)
    if theirs:
        raise ChecklistChanged(theirs)


def end_danger(*, item_id: UUID, by: Actor) -> None:
    """End an immediate danger, as a supervisor who has spoken with the listener about it.

    Refuses (DangerOver) a second end, with the name of who ended it.
    """
    access.require(by, access.SUPERVISE)
    moment = now()
    with transaction.atomic():
        one = _danger(item_id)
        if one.ended_at is not None:
            raise DangerOver(over(one))
        one.ended_by, one.ended_at = by.key, moment
        one.save(update_fields=("ended_by", "ended_at"))
        record(DangerEnded(subject=item_id, seconds=_since(one, moment)), by=by)


def ask_number(*, item_id: UUID, by: Actor) -> UUID:
    """Ask for the number of someone in danger; a second person must agree before it opens.

    Of a call, and of someone who writes by messaging. For people who may read the checklist, until
    it is over.
    """
    access.require(by, access.WORK)
    with transaction.atomic():
        item = queue.item(item_id, seen_by=by)
        check_may_read(item, seen_by=by)
        if _danger(item_id).ended_at is not None:
            raise NoDanger(_("Ended."))
        if item.kind == Kind.CALL:
            return numbers.ask_number(call_id=item.subject, need=Need.LIFE_DANGER, by=by)
        if item.kind == Kind.MESSAGE:
            return numbers.ask_number(thread_id=item.subject, need=Need.LIFE_DANGER, by=by)
        raise NumberGone(_("No number: this is not a call."))


def _danger(item_id: UUID) -> Danger:
    try:
        return Danger.locked(item_id)
    except Danger.DoesNotExist:
        raise NoDanger(_("No immediate danger has been declared here.")) from None


def _hold_number(call_id: UUID, by: Actor) -> None:
    try:
        numbers.hold_number(call_id=call_id, reason=HeldFor.LIFE_DANGER, by=by)
    except NumberGone:
        return  # withheld: there is nothing to hold


def _since(one: Danger, moment: datetime) -> int:
    return max(int((moment - one.declared_at).total_seconds()), 0)
