"""Hotlines of the network: their cards, our own, and who approved them."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from balise.foundation.finding import there
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff
from balise.takedown.onward.exchange import access
from balise.takedown.onward.exchange.actions import approving
from balise.takedown.onward.exchange.queries import peers as queries
from balise.takedown.onward.exchange.web.forms import CardForm, PeerForm

PEERS = "takedown/exchange/peers.html"
PEER = "takedown/exchange/peer.html"


@staff.form
def peers(request: Request) -> HttpResponse:
    """List the hotlines that letters go to, show our own card, and add one."""
    form = PeerForm(posted(request))
    if form.is_valid():
        said = _("Added. A second person must compare and approve.")
        with attempt(request, form, said=said, at="card_text"):
            peer_id = approving.add_peer(by=request.actor, **form.cleaned_data)
            return redirect("staff:exchange:peer", peer_id)
    context = {
        "peers": queries.peers(seen_by=request.actor),
        "own": queries.own_card(),
        "form": form,
        "may_propose": request.actor.may(access.PROPOSE),
    }
    return render(request, PEERS, context, status=status_of(form))


@staff.form
def peer(request: Request, peer_id: UUID) -> HttpResponse:
    """Show one hotline and its cards; bring a new card."""
    found = there(queries.peer(peer_id, seen_by=request.actor))
    form = CardForm(posted(request))
    if form.is_valid():
        said = _("Added. A second person must compare and approve.")
        with attempt(request, form, said=said, at="card_text"):
            approving.propose_card(peer_id=peer_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:exchange:peer", peer_id)
    context = {
        "peer": found,
        "form": form,
        "may_propose": request.actor.may(access.PROPOSE),
        "may_approve": request.actor.may(access.APPROVE),
    }
    return render(request, PEER, context, status=status_of(form))


@staff.post
def approve(request: Request, peer_id: UUID, card_id: UUID) -> HttpResponse:
    """Agree to a card, as a second person."""
    with attempt(request, said=_("Approved: letters are sent there from now on.")):
        approving.approve_card(card_id=card_id, by=request.actor)
    return redirect("staff:exchange:peer", peer_id)


@staff.post
def retire(request: Request, peer_id: UUID, card_id: UUID) -> HttpResponse:
    """End a card."""
    with attempt(request, said=_("Retired: its signatures are no longer valid.")):
        approving.retire_card(card_id=card_id, by=request.actor)
    return redirect("staff:exchange:peer", peer_id)


@staff.post
def block(request: Request, peer_id: UUID) -> HttpResponse:
    """Let nothing pass to and from a hotline."""
    with attempt(request, said=_("Blocked: nothing is sent there or accepted from there.")):
        approving.block_peer(peer_id=peer_id, by=request.actor)
    return redirect("staff:exchange:peer", peer_id)


@staff.post
def unblock(request: Request, peer_id: UUID) -> HttpResponse:
    """Let letters pass again."""
    with attempt(request, said=_("Unblocked.")):
        approving.unblock_peer(peer_id=peer_id, by=request.actor)
    return redirect("staff:exchange:peer", peer_id)
