"""A listener's call and its exchange: hold, resume, transfer."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from balise.foundation.web.attempts import attempt
from balise.foundation.web.doors import Request, staff
from balise.helpline.console.web.line_forms import CommandForm, transfer_form
from balise.helpline.console.web.person import held, show
from balise.helpline.telephony.actions import commanding
from balise.helpline.telephony.rules.commands import Command


@staff.get
def line(request: Request, item_id: UUID) -> HttpResponse:
    """Show what the exchange does with one's call: a page asks while it is under way."""
    context = {"item": held(request, item_id)}
    return render(request, "helpline/console/parts/line.html", context)


@staff.post
def command(request: Request, item_id: UUID) -> HttpResponse:
    """Ask the exchange to hold, resume or transfer one's call."""
    one = held(request, item_id)
    asked = CommandForm(request.POST)
    if not asked.is_valid():
        return redirect("staff:console:person", item_id)
    what, form = asked.cleaned_data["command"], None
    if what is Command.TRANSFER:
        form = transfer_form(one, seen_by=request.actor, given=request.POST)
        if form is None:  # the call ended meanwhile: its page says so
            return redirect("staff:console:person", item_id)
        if not form.is_valid():
            return show(request, item_id, transfer_form=form)
    to = form.cleaned_data if form else {}
    with attempt(request, form):
        commanding.command(call_id=one.subject, command=what, by=request.actor, **to)
        return redirect("staff:console:person", item_id)
    if form is not None:
        return show(request, item_id, transfer_form=form)
    return redirect("staff:console:person", item_id)
