"""The stock of printed kits: what there is, what comes in, what is lost, what was entered wrong."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from balise.awareness.network.orders import access, queries
from balise.awareness.network.orders.actions import stock as keeping
from balise.awareness.network.orders.queries.trace import trace as traced
from balise.awareness.network.orders.rules.words import kits_said
from balise.awareness.network.orders.web.forms import CopiesForm, KitForm, RunForm, TraceForm
from balise.foundation.clock import today
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff


@staff.get
def stock(request: Request) -> HttpResponse:
    """List the kits with their stock."""
    shown = {
        "kits": queries.stock(seen_by=request.actor),
        "waiting": queries.waiting(request.actor),
        "may_keep": request.actor.may(access.KEEP),
    }
    return render(request, "orders/stock.html", shown)


@staff.form
def add(request: Request) -> HttpResponse:
    """Add a printed kit."""
    access.require(request.actor, access.KEEP)
    form = KitForm(posted(request))
    if form.is_valid():
        with attempt(request, form, said=_("The kit is added.")):
            said = {**form.cleaned_data, "page": form.cleaned_data["page"] or None}
            return redirect("staff:orders:kit", keeping.add_kit(by=request.actor, **said))
    return render(request, "orders/add.html", {"form": form}, status=status_of(form))


@staff.form
def kit(request: Request, kit_id: UUID) -> HttpResponse:
    """Show a kit and its ledger; enter a print run, or what is lost."""
    found = queries.kit(kit_id, seen_by=request.actor)
    mark = found.kept.kit.mark
    is_lost = "numbers" in request.POST
    run = RunForm(None if is_lost else posted(request), initial={"printed_on": today()})
    lost = CopiesForm(posted(request) if is_lost else None, mark=mark)
    if is_lost and lost.is_valid():
        with attempt(request, lost, said=_("Entered.")):
            keeping.lose(kit_id=kit_id, kits=lost.cleaned_data["numbers"], by=request.actor)
            return redirect("staff:orders:kit", kit_id)
    if not is_lost and run.is_valid():
        with attempt(request, run, said=_("Entered.")):
            keeping.print_run(kit_id=kit_id, by=request.actor, **run.cleaned_data)
            return redirect("staff:orders:kit", kit_id)
    shown = {
        "found": found,
        "shelf": [kits_said(mark, each) for each in found.shelf],
        "run_form": run,
        "lost_form": lost,
        "may_keep": request.actor.may(access.KEEP),
    }
    return render(request, "orders/kit.html", shown, status=status_of(run, lost))


@staff.post
def offer(request: Request, kit_id: UUID) -> HttpResponse:
    """Let a kit be ordered on the public page, or no longer."""
    is_offered = request.POST.get("offered") == "yes"
    keeping.offer(kit_id=kit_id, is_offered=is_offered, by=request.actor)
    return redirect("staff:orders:kit", kit_id)


@staff.post
def reverse(request: Request, kit_id: UUID, entry_id: int) -> HttpResponse:
    """Put a wrong entry right."""
    with attempt(request, said=_("The entry is reversed. Both stay.")):
        keeping.reverse(entry_id=entry_id, by=request.actor)
    return redirect("staff:orders:kit", kit_id)


@staff.get
def trace(request: Request) -> HttpResponse:
    """Say where kits come from and where they went."""
    access.require(request.actor, access.READ)
    form = TraceForm(request.GET or None)
    found = None
    if form.is_valid():
        with attempt(request, form, at="q"):
            found = traced(form.cleaned_data["q"], seen_by=request.actor)
    shown = {
        "form": form,
        "found": found,
        "named": [kits_said(found.kit.mark, each) for each in found.ranges] if found else [],
        "in_stock": [kits_said(found.kit.mark, each) for each in found.in_stock] if found else [],
    }
    return render(request, "orders/trace.html", shown, status=status_of(form))
