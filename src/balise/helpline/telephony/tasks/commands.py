"""Ask Asterisk over its REST interface (ARI) to hold, resume or transfer a call."""

from collections.abc import Sequence
from urllib.parse import quote
from uuid import UUID

from django.conf import settings

from balise.foundation.actors import SYSTEM
from balise.foundation.journal.models import Entry
from balise.foundation.outgoing import NoAnswer
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.rules import Lane
from balise.helpline.telephony.actions import calling_back
from balise.helpline.telephony.actions.calling_back import Order
from balise.helpline.telephony.rules.calls import Command, Failure
from balise.helpline.telephony.rules.lines import Exchange, read_ari_url
from balise.helpline.telephony.tasks.dialling import ask

# The variable in which the exchange's plan reads whom to ring where nobody picks up.
BACK = "BALISE_BACK"


class NotDone(Exception):
    """The exchange did not do it. The message is a code."""

    def __init__(self, failure: Failure, reason: str) -> None:
        super().__init__(reason)
        self.failure = failure


def command_asked(entries: Sequence[Entry]) -> None:
    """Queue a job for each thing that listeners have just asked of the exchange."""
    for entry in entries:
        obey.later(call_id=entry.subject)


@job(attempts=1, outside=True, priority=90, lane=Lane.URGENT)
def obey(call_id: str) -> None:
    """Ask the exchange once. What is asked too late is not done: the listener goes on by hand."""
    name = UUID(call_id)
    order = calling_back.order_of(call_id=name, by=SYSTEM)
    if order is None:
        return
    try:
        carry_out(order)
    except NotDone as refusal:
        calling_back.note_not_done(
            call_id=name, failure=refusal.failure, reason=str(refusal), by=SYSTEM
        )
    else:
        calling_back.note_done(call_id=name, command=order.command, by=SYSTEM)


def carry_out(order: Order) -> None:
    """Make the exchange of the settings do it. Raises NotDone.

    A transfer goes on in the exchange's own plan (docs/operations/telephony.md), which rings the
    listener again; nothing has changed for the caller where that is refused.
    """
    exchange = read_ari_url(settings.ARI) if settings.ARI else None
    if exchange is None or exchange.source != order.source:
        raise NotDone(Failure.REFUSED, "another-exchange")
    channel = f"/channels/{quote(order.ref, safe='')}"
    if order.command is Command.HOLD:
        _ask(exchange, "POST", f"{channel}/hold")
    elif order.command is Command.RESUME:
        _ask(exchange, "DELETE", f"{channel}/hold")
    else:
        # Who leaves the application is still heard of, and rung back.
        subscription = f"/applications/{quote(exchange.app, safe='')}/subscription"
        _ask(exchange, "POST", subscription, {"eventSource": f"channel:{order.ref}"})
        _ask(exchange, "POST", f"{channel}/variable", {"variable": BACK, "value": order.back})
        plan = {"context": exchange.transfers, "extension": order.to, "priority": 1}
        _ask(exchange, "POST", f"{channel}/continue", plan)


def _ask(exchange: Exchange, method: str, path: str, body: dict[str, object] | None = None) -> None:
    try:
        answer = ask(exchange, method, path, body)
    except NoAnswer as error:
        late = "Timeout" in str(error)
        raise NotDone(Failure.LATE if late else Failure.AWAY, str(error)) from None
    if not answer.is_success:
        raise NotDone(Failure.REFUSED, f"exchange-{answer.status}")
