"""Call back people who asked for it, when it is safe, a limited number of times."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import ANYONE, Actor, ActorKind
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import forget, keep, key_of_line, new_key
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import waiting
from balise.helpline.queue.queries import check_holds, risk_of_item, standing
from balise.helpline.queue.rules import ItemState, Reason, Risk, RiskFrom, WaitKind
from balise.helpline.queue.rules.danger_words import risk_of
from balise.helpline.telephony import access
from balise.helpline.telephony.actions.telling import tell_own
from balise.helpline.telephony.events import (
    CallBackAsked,
    CallBackDialled,
    CallBackNotDialled,
    CallBackOpened,
    CallBackTried,
    CallBackWithdrawn,
    CallCommanded,
    CallNotCommanded,
    ExtensionGiven,
)
from balise.helpline.telephony.models import ASKED, LINE, REF, Call, CallBack, Extension
from balise.helpline.telephony.queries import key_of_ref
from balise.helpline.telephony.rules.call_backs import (
    Attempt,
    CallBackState,
    ExtensionWrong,
    Script,
    check_is_safe,
    check_slot,
    check_waits,
    next_attempt,
    next_safe,
    read_extension,
    read_words,
)
from balise.helpline.telephony.rules.calls import (
    CallState,
    Command,
    Failure,
    check_command,
    failure_of,
    told_by_success,
)
from balise.helpline.telephony.rules.numbers import read_callable

# Let the exchange hold, resume or transfer a call that one has; the caller is never lost by it.


@dataclass(frozen=True, slots=True)
class Order:
    """What an exchange is to do: with which call of which exchange, to whom, and back to whom."""

    source: str
    ref: str
    command: Command
    to: str
    back: str


def command(*, call_id: UUID, command: Command, to: str = "", own: str = "", by: Actor) -> None:
    """Ask for something to be done with a call that one has.

    A transfer rings the extension `to`, and `own` again where nobody picks up there. Refuses what
    the state of the call does not allow, a second thing while the first is under way, an extension
    that is none, and (NotYours) the call of another.
    """
    access.require(by, access.WORK)
    with transaction.atomic():
        call = Call.locked(call_id)
        queue.check_holds(call.id, by=by)
        check_command(command, CallState(call.state), is_pending=_is_pending(call))
        call.command_to = ""
        if command is Command.TRANSFER:
            call.command_to = read_extension(to)
            if call.command_to == give_extension(number=own, by=by):
                raise ExtensionWrong(_("Enter the extension of a colleague, not your own."))
        call.command, call.command_at, call.command_failed = command, now(), ""
        call.save(update_fields=("command", "command_at", "command_to", "command_failed"))
        to_whom = Code(call.command_to or "none")
        record(CallCommanded(subject=call.id, command=command, to=to_whom), by=by)


def give_extension(*, number: str, by: Actor) -> str:
    """Save at which telephone one is rung, and return it. Refuses (ExtensionWrong) what is none."""
    access.require(by, access.WORK)
    given = read_extension(number)
    with transaction.atomic():
        one, is_new = Extension.objects.select_for_update().get_or_create(
            account=by.key, defaults={"number": given}
        )
        if is_new or one.number != given:
            one.number = given
            one.save(update_fields=("number",))
            record(ExtensionGiven(subject=UUID(by.key), extension=Code(given)), by=by)
    return given


def _is_pending(call: Call) -> bool:
    """Return whether the exchange is still within its time to do what it was asked."""
    failed = failure_of(call.command, call.command_failed, call.command_at, now=now())
    return bool(call.command) and not failed


def order_of(*, call_id: UUID, by: Actor) -> Order | None:
    """Return what the exchange is to do now with a call; None where its time is over."""
    access.require(by, access.TELL)
    call = Call.objects.filter(id=call_id).first()
    if call is None or not call.sealed_ref or not _is_pending(call):
        return None
    key = key_of_line(LINE, key_of_ref(call.id))
    ref = key.open(call.sealed_ref, where=REF, row=call.id)["ref"]
    known = Extension.objects.filter(account=call.listener).values_list("number", flat=True)
    return Order(call.source, ref, Command(call.command), call.command_to, known.first() or "")


def note_done(*, call_id: UUID, command: Command, by: Actor) -> None:
    """Note that the exchange took it: a hold is so at once, a transfer once someone picks up."""
    access.require(by, access.TELL)
    happening = told_by_success(command)
    if happening is not None:
        tell_own(call_id=call_id, happening=happening, by=by)


def note_not_done(*, call_id: UUID, failure: Failure, reason: str, by: Actor) -> None:
    """Note that the exchange did not do what it was asked last."""
    access.require(by, access.TELL)
    with transaction.atomic():
        call = Call.locked(call_id)
        if not call.command or call.command_failed:
            return
        call.command_failed = failure
        call.save(update_fields=("command_failed",))
        what, why = Command(call.command), Code(reason[:60])
        record(CallNotCommanded(subject=call.id, command=what, failure=failure, reason=why), by=by)


@dataclass(frozen=True, slots=True)
class Asked:
    """What someone who wants to be called back gave: a number, and perhaps a word."""

    number: str
    words: str


def ask_call_back(
    *,
    number: str,
    since: datetime,
    until: datetime,
    script: Script,
    words: str = "",
    call_back_id: UUID | None = None,
    by: Actor,
) -> UUID:
    """Save that someone wants to be called back at a safe time; return the call-back.

     Anyone may.

    The same `call_back_id` again is the same call-back. Refuses a number that nobody can be called
    at, a time that cannot be kept, and too many words.

    Words of danger raise its risk (decision 29), unless a listener wrote them down. Of risk A it is
    queued here where its time has come.
    """
    moment = now()
    asked = {"number": read_callable(number), "words": read_words(words)}
    is_theirs = by.kind is ActorKind.PUBLIC
    risk = risk_of(asked["words"], country=settings.COUNTRY) if is_theirs else Risk.F
    check_slot(since, until, now=moment)
    if call_back_id is not None and CallBack.objects.filter(id=call_back_id).exists():
        return call_back_id
    key = new_key(LINE, call_back_id or uuid4())
    try:
        with transaction.atomic():
            one = CallBack(
                id=key.record,
                sealed=key.seal(asked, where=ASKED, row=key.record),
                script=script,
                since=since,
                until=until,
                due_at=max(since, moment),
                risk=risk,
                risk_from="" if risk is Risk.F else RiskFrom.WORDS,
                asked_at=moment,
            )
            if risk is Risk.A and since <= moment:
                _queue(one, by)
            one.save(force_insert=True)
            keep(key)
            record(CallBackAsked(subject=key.record, script=script, risk=risk), by=by)
    except IntegrityError:  # the same page, sent twice at this very moment
        if not CallBack.objects.filter(id=key.record).exists():
            raise
    return key.record


def queue_due(*, by: Actor = ANYONE) -> int:
    """Queue the call-backs whose safe time has come; return how many.

    One that nobody took within it leaves the queue until the same hours of the next day.
    """
    _let_late_ones_go(by)
    queued = 0
    due = CallBack.objects.filter(state=CallBackState.WAITING, item=None, due_at__lte=now())
    for call_back_id in list(due.values_list("id", flat=True)[:100]):
        with transaction.atomic():
            one = CallBack.locked(call_back_id)
            if one.state != CallBackState.WAITING or one.item is not None:
                continue
            if _postpone(one):
                continue
            _queue(one, by)
            one.save(update_fields=("item",))
            queued += 1
    return queued


def open_call_back(*, call_back_id: UUID, by: Actor) -> Asked:
    """Return whom to call and what they wrote, to the listener who took it; written down first."""
    access.require(by, access.WORK)
    with transaction.atomic():
        one = CallBack.locked(call_back_id)
        check_waits(one.state)
        check_holds(one.id, by=by)
        check_is_safe(now(), since=one.since, until=one.until)
        record(CallBackOpened(subject=one.id), by=by)
    opened = key_of_line(LINE, one.id).open(one.sealed, where=ASKED, row=one.id)
    return Asked(str(opened["number"]), str(opened["words"]))


def dial(*, call_back_id: UUID, extension: str, by: Actor) -> None:
    """Make the exchange ring one's extension, then the number, as the listener who took it."""
    access.require(by, access.WORK)
    with transaction.atomic():
        own = give_extension(number=extension, by=by)
        one = CallBack.locked(call_back_id)
        check_waits(one.state)
        check_holds(one.id, by=by)
        check_is_safe(now(), since=one.since, until=one.until)
        record(CallBackDialled(subject=one.id, extension=Code(own)), by=by)


def number_to_dial(*, call_back_id: UUID, by: Actor) -> str:
    """Return the number for the exchange, which a listener has just asked to dial; "" if over."""
    access.require(by, access.TELL)
    one = CallBack.objects.filter(id=call_back_id, state=CallBackState.WAITING).first()
    if one is None or not one.sealed:
        return ""
    opened = key_of_line(LINE, one.id).open(one.sealed, where=ASKED, row=one.id)
    return str(opened["number"])


def note_not_dialled(*, call_back_id: UUID, reason: str, by: Actor) -> None:
    """Note that the exchange did not take it."""
    access.require(by, access.TELL)
    with transaction.atomic():
        record(CallBackNotDialled(subject=call_back_id, reason=Code(reason[:60])), by=by)


def note_attempt(*, call_back_id: UUID, attempt: Attempt, by: Actor) -> bool:
    """Note the outcome of an attempt, and return whether there will be another.

    Then it leaves the queue until its time; after the last one, or once reached, the number is
    gone.
    """
    access.require(by, access.WORK)
    moment = now()
    with transaction.atomic():
        one = CallBack.locked(call_back_id)
        check_waits(one.state)
        check_holds(one.id, by=by)
        one.attempts += 1
        record(CallBackTried(subject=one.id, attempt=attempt, attempts=one.attempts), by=by)
        again = next_attempt(
            attempt, attempts=one.attempts, now=moment, since=one.since, until=one.until
        )
        if again is not None:
            one.due_at = again
            _leave_queue(one, by)
            one.save(update_fields=("attempts", "due_at", "item", "risk", "risk_from"))
            return True
        reached = attempt is Attempt.REACHED
        _close(one, CallBackState.DONE if reached else CallBackState.GIVEN_UP, moment)
    return False


def withdraw_call_back(*, call_back_id: UUID, by: Actor) -> None:
    """Cancel a call-back that is no longer wanted; refuses (NotYours) one that another has now."""
    access.require(by, access.WORK)
    with transaction.atomic():
        one = CallBack.locked(call_back_id)
        check_waits(one.state)
        if one.item is not None and standing(one.item).state is ItemState.HELD:
            check_holds(one.id, by=by)
        _leave_queue(one, by)
        _close(one, CallBackState.WITHDRAWN, now())
        record(CallBackWithdrawn(subject=one.id), by=by)


def _let_late_ones_go(by: Actor) -> None:
    queued = CallBack.objects.filter(state=CallBackState.WAITING, item__isnull=False)
    for call_back_id in list(queued.values_list("id", flat=True)):
        with transaction.atomic():
            one = CallBack.locked(call_back_id)
            if one.item is None or standing(one.item).state is not ItemState.WAITING:
                continue
            if _postpone(one):
                _leave_queue(one, by)
                one.save(update_fields=("item", "risk", "risk_from"))


def _postpone(one: CallBack) -> bool:
    """Postpone a locked call-back until its safe time; return whether that is later."""
    moment = now()
    again = next_safe(moment, since=one.since, until=one.until)
    if again <= moment:
        return False
    one.due_at = again
    one.save(update_fields=("due_at",))
    return True


def _close(one: CallBack, state: CallBackState, moment: datetime) -> None:
    forget([one.id])
    one.state, one.ended_at, one.sealed = state, moment, b""
    one.save()


def _queue(one: CallBack, by: Actor) -> None:
    one.item = waiting.enqueue(kind=WaitKind.CALL_BACK, subject=one.id, by=by)
    if one.risk_from:
        how = RiskFrom(one.risk_from)
        waiting.raise_risk(item_id=one.item, risk=Risk(one.risk), how=how, by=by)


def _leave_queue(one: CallBack, by: Actor) -> None:
    """Let it wait for another time, at the risk that it has now."""
    if one.item is not None:
        one.risk, one.risk_from = risk_of_item(one.item)
        waiting.withdraw(item_id=one.item, reason=Reason.MOVED, by=by)
        one.item = None
