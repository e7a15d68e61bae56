"""The staff door: blocks that hold, agreed to by a second person, or lifted."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from balise.foundation.web.attempts import attempt
from balise.foundation.web.doors import Request, staff
from balise.helpline.contacts import queries
from balise.helpline.contacts.actions import blocking


@staff.get
def blocks(request: Request) -> HttpResponse:
    """Show the blocks that hold, and those that wait for a second person."""
    context = {"blocks": queries.blocks(seen_by=request.actor)}
    return render(request, "helpline/contacts/blocks.html", context)


@staff.post
def agree(request: Request, block_id: UUID) -> HttpResponse:
    """Agree, as a second person, that a block lasts its week."""
    with attempt(request, said=_("Confirmed: the block lasts 7 days.")):
        blocking.confirm(block_id=block_id, by=request.actor)
    return redirect("staff:contacts:blocks")


@staff.post
def lift(request: Request, block_id: UUID) -> HttpResponse:
    """End a block at once."""
    blocking.lift(block_id=block_id, by=request.actor)
    messages.success(request, _("Unblocked: this person can reach us again."))
    return redirect("staff:contacts:blocks")
