"""Let the exchange hold, resume or transfer a call that one has; the caller is never lost by it."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import key_of_line
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.helpline.queue import queries as queue
from balise.helpline.telephony import access
from balise.helpline.telephony.actions.telling import tell_own
from balise.helpline.telephony.events import CallCommanded, CallNotCommanded, ExtensionGiven
from balise.helpline.telephony.models import LINE, REF, Call, Extension
from balise.helpline.telephony.queries import key_of_ref
from balise.helpline.telephony.rules.call_backs import ExtensionWrong, read_extension
from balise.helpline.telephony.rules.calls import CallState
from balise.helpline.telephony.rules.commands import (
    Command,
    Failure,
    check_command,
    failure_of,
    told_by_success,
)


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
