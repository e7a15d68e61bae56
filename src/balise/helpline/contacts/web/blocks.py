"""The staff door: blocks that hold, agreed to by a second person, or lifted."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from balise.foundation.refusals import Refused
from balise.foundation.web.doors import Request, staff
from balise.helpline.contacts import queries
from balise.helpline.contacts.actions import blocking


@staff
@require_GET
def blocks(request: Request) -> HttpResponse:
    """Show the blocks that hold, and those that wait for a second person."""
    context = {"blocks": queries.blocks(seen_by=request.actor)}
    return render(request, "helpline/contacts/blocks.html", context)


@staff
@require_POST
def agree(request: Request, block_id: UUID) -> HttpResponse:
    """Agree, as a second person, that a block lasts its week."""
    try:
        blocking.confirm(block_id=block_id, by=request.actor)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Confirmed: the block lasts 7 days."))
    return redirect("staff:contacts:blocks")


@staff
@require_POST
def lift(request: Request, block_id: UUID) -> HttpResponse:
    """End a block at once."""
    try:
        blocking.lift(block_id=block_id, by=request.actor)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    messages.success(request, _("Unblocked: this person can reach us again."))
    return redirect("staff:contacts:blocks")
