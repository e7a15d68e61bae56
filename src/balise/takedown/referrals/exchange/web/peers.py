"""Hotlines of the network: their cards, our own, and who approved them."""

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from balise.foundation.finding import there
from balise.foundation.web.attempts import attempt
from balise.foundation.web.doors import Request, staff
from balise.takedown.referrals.exchange import access
from balise.takedown.referrals.exchange.actions import approving
from balise.takedown.referrals.exchange.queries import peers as queries
from balise.takedown.referrals.exchange.web.forms import CardForm, PeerForm

PEERS = "takedown/exchange/peers.html"
PEER = "takedown/exchange/peer.html"


@staff
@require_http_methods(["GET", "POST"])
def peers(request: Request) -> HttpResponse:
    """List the hotlines that letters go to, show our own card, and add one."""
    form = PeerForm(request.POST or None)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            with attempt(
                request,
                form,
                said=_("Added. A second person must compare and approve."),
                at="card_text",
            ):
                peer_id = approving.add_peer(by=request.actor, **form.cleaned_data)
                return redirect("staff:exchange:peer", peer_id)
    context = {
        "peers": queries.peers(seen_by=request.actor),
        "own": queries.own_card(),
        "form": form,
        "may_propose": request.actor.may(access.PROPOSE),
    }
    return render(request, PEERS, context, status=status)


@staff
@require_http_methods(["GET", "POST"])
def peer(request: Request, peer_id: UUID) -> HttpResponse:
    """Show one hotline and its cards; bring a new card."""
    found = there(queries.peer(peer_id, seen_by=request.actor))
    form = CardForm(request.POST or None)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            with attempt(
                request,
                form,
                said=_("Added. A second person must compare and approve."),
                at="card_text",
            ):
                approving.propose_card(peer_id=peer_id, by=request.actor, **form.cleaned_data)
                return redirect("staff:exchange:peer", peer_id)
    context = {
        "peer": found,
        "form": form,
        "may_propose": request.actor.may(access.PROPOSE),
        "may_approve": request.actor.may(access.APPROVE),
    }
    return render(request, PEER, context, status=status)


@staff
@require_POST
def approve(request: Request, peer_id: UUID, card_id: UUID) -> HttpResponse:
    """Agree to a card, as a second person."""
    return _act(
        request,
        peer_id,
        lambda: approving.approve_card(card_id=card_id, by=request.actor),
        _("Approved: letters are sent there from now on."),
    )


@staff
@require_POST
def retire(request: Request, peer_id: UUID, card_id: UUID) -> HttpResponse:
    """End a card."""
    return _act(
        request,
        peer_id,
        lambda: approving.retire_card(card_id=card_id, by=request.actor),
        _("Retired: its signatures are no longer valid."),
    )


@staff
@require_POST
def block(request: Request, peer_id: UUID) -> HttpResponse:
    """Let nothing pass to and from a hotline."""
    return _act(
        request,
        peer_id,
        lambda: approving.block_peer(peer_id=peer_id, by=request.actor),
        _("Blocked: nothing is sent there or accepted from there."),
    )


@staff
@require_POST
def unblock(request: Request, peer_id: UUID) -> HttpResponse:
    """Let letters pass again."""
    return _act(
        request,
        peer_id,
        lambda: approving.unblock_peer(peer_id=peer_id, by=request.actor),
        _("Unblocked."),
    )


def _act(request: Request, peer_id: UUID, act: Callable[[], None], said: str) -> HttpResponse:
    if queries.peer(peer_id, seen_by=request.actor) is None:
        raise Http404
    with attempt(request, said=said):
        act()
    return redirect("staff:exchange:peer", peer_id)
