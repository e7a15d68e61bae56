"""An immediate danger at the console: one key declares it, the steps are kept, the number asked."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.journal.book import record
from balise.helpline.console import access
from balise.helpline.console.events import DangerAnswered
from balise.helpline.console.queries.dangers import answers_of, danger_read
from balise.helpline.console.rules import (
    ChecklistChanged,
    Question,
    is_imminent,
    merged,
    not_held,
    read_answers,
    read_text,
)
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import dangers, waiting
from balise.helpline.queue.rules import Risk, WaitKind
from balise.helpline.queue.rules.dangers import NoDanger
from balise.helpline.telephony.actions import numbers
from balise.helpline.telephony.rules.numbers import HeldFor, Need, NumberGone


def life_danger(*, item_id: UUID, by: Actor) -> None:
    """Declare immediate danger: risk A, supervisors are notified, the checklist opens.

    For the listener who has the item, and for supervisors. The number of a call outlives it for a
    day. A second time changes nothing, but for one whose end was proposed, which goes on.
    """
    access.require(by, access.WORK)
    with transaction.atomic():
        item = queue.item(item_id, seen_by=by)
        if item.held_by != by.key and not by.may(access.SUPERVISE):
            raise not_held(item.held_by)
        waiting.judge_risk(item_id=item_id, risk=Risk.A, by=by)
        if item.kind == WaitKind.CALL:
            _hold_number(item.subject, by)


def keep_checklist(
    *, item_id: UUID, answers: Mapping[str, str], shown: Mapping[str, str], by: Actor
) -> None:
    """Seal the steps that were typed since they were `shown`; the others stay as they are.

    For people who may read it (`check_may_read`). Refuses (ChecklistChanged) to overwrite a step
    that someone else changed meanwhile, once the other steps are saved.
    """
    access.require(by, access.WORK)
    typed, before = read_answers(answers), {code: read_text(shown[code]) for code in shown}
    theirs: dict[str, str] = {}

    def change(stored: Mapping[str, str]) -> Mapping[str, str]:
        words, others = merged(stored, shown=before, typed=typed)
        theirs.update(others)
        return words if words != dict.fromkeys(Question.values, "") | dict(stored) else stored

    with transaction.atomic():
        if dangers.keep_steps(item_id=item_id, change=change, by=by):
            words = answers_of(item_id)
            record(DangerAnswered(subject=item_id, imminent=is_imminent(words)), by=by)
    if theirs:
        raise ChecklistChanged(theirs)


def ask_number(*, item_id: UUID, by: Actor) -> UUID:
    """Ask for the number of someone in danger; a second person must agree before it opens.

    Of a call, and of someone who writes by messaging. For people who may read the checklist, until
    it is over.
    """
    access.require(by, access.WORK)
    with transaction.atomic():
        one = danger_read(item_id, seen_by=by)
        if not one.is_on:
            raise NoDanger(_("Ended."))
        if one.kind == WaitKind.CALL:
            return numbers.ask_number(call_id=one.subject, need=Need.LIFE_DANGER, by=by)
        if one.kind == WaitKind.MESSAGE:
            return numbers.ask_number(thread_id=one.subject, need=Need.LIFE_DANGER, by=by)
        raise NumberGone(_("No number: this is not a call."))


def _hold_number(call_id: UUID, by: Actor) -> None:
    try:
        numbers.hold_number(call_id=call_id, reason=HeldFor.LIFE_DANGER, by=by)
    except NumberGone:
        return  # withheld: there is nothing to hold
