"""What went to hotlines abroad and what came from them, for the people of the line."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from balise.foundation.finding import there
from balise.foundation.web.attempts import attempt, status_of
from balise.foundation.web.doors import Request, staff
from balise.takedown.onward.exchange import access
from balise.takedown.onward.exchange.actions import writing
from balise.takedown.onward.exchange.queries import peers
from balise.takedown.onward.exchange.rules.words import (
    Direction,
    Fault,
    Outcome,
    Reason,
    TransferState,
)
from balise.takedown.onward.exchange.web.forms import RefuseForm

TONES = {
    TransferState.QUEUED: "note",
    TransferState.SENT: "warn",
    TransferState.RECEIVED: "note",
    TransferState.ACCEPTED: "plain",
    TransferState.REFUSED: "warn",
    TransferState.CLOSED: "good",
    TransferState.FAILED: "danger",
    TransferState.WITHDRAWN: "plain",
}


@staff.get
def transfers(request: Request) -> HttpResponse:
    """List what was sent, or what was received."""
    shown = Direction.IN if request.GET.get("received") is not None else Direction.OUT
    found = peers.transfers(shown, seen_by=request.actor)
    here = reverse("staff:exchange:transfers")
    context = {
        "rows": [(one, TONES[one.stands]) for one in found],
        "is_received": shown is Direction.IN,
        "tabs": [
            (Direction.OUT.label, here, shown is Direction.OUT),
            (Direction.IN.label, f"{here}?received", shown is Direction.IN),
        ],
    }
    return render(request, "takedown/exchange/transfers.html", context)


@staff.get
def transfer(request: Request, transfer_id: UUID) -> HttpResponse:
    """Show one transfer: how it stands, its letters, what can be done."""
    return _show(request, transfer_id, RefuseForm())


@staff.post
def resend(request: Request, transfer_id: UUID) -> HttpResponse:
    """Try again what has not arrived."""
    with attempt(request, said=_("Being sent again.")):
        writing.resend(transfer_id=transfer_id, by=request.actor)
    return redirect("staff:exchange:transfer", transfer_id)


@staff.post
def withdraw(request: Request, transfer_id: UUID) -> HttpResponse:
    """Give up what has not left or not arrived."""
    with attempt(request, said=_("Cancelled.")):
        writing.withdraw(transfer_id=transfer_id, by=request.actor)
    return redirect("staff:exchange:transfer", transfer_id)


@staff.post
def refuse(request: Request, transfer_id: UUID) -> HttpResponse:
    """Turn away a content that came from another hotline."""
    form = RefuseForm(request.POST)
    if not form.is_valid():
        return _show(request, transfer_id, form)
    with attempt(request, said=_("Rejected; their hotline is told the reason.")):
        writing.refuse(transfer_id=transfer_id, by=request.actor, **form.cleaned_data)
    return redirect("staff:exchange:transfer", transfer_id)


def _show(request: Request, transfer_id: UUID, form: RefuseForm) -> HttpResponse:
    one = there(peers.transfer(transfer_id, seen_by=request.actor))
    may_send = request.actor.may(access.SEND)
    is_out = one.goes is Direction.OUT
    context = {
        "one": one,
        "tone": TONES[one.stands],
        "is_out": is_out,
        "content_url": (
            reverse("staff:hotline:content", args=[one.subject]) if one.line == "hotline" else ""
        ),
        "letters": peers.letters_of(one),
        "has_outcome": one.came_of_it is not Outcome.NONE,
        "has_reason": one.turned_away_for is not Reason.NONE,
        "has_fault": one.hindered_by is not Fault.NONE,
        "form": form,
        "may_resend": may_send
        and (one.stands is TransferState.FAILED if is_out else peers.has_given_up(one)),
        "may_withdraw": may_send
        and is_out
        and one.stands in {TransferState.QUEUED, TransferState.FAILED},
        "may_refuse": may_send and not is_out and one.stands is TransferState.ACCEPTED,
    }
    return render(request, "takedown/exchange/transfer.html", context, status=status_of(form))
