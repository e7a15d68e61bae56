"""Orders and their deliveries, for those who answer them."""

from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from balise.awareness.places.orders import access, actions, queries
from balise.awareness.places.orders.documents import delivery_note
from balise.awareness.places.orders.rules import OrderState, area_said, note_number
from balise.awareness.places.orders.web.forms import (
    AcceptForm,
    CopiesForm,
    DeliverForm,
    RefuseForm,
    StateForm,
)
from balise.foundation.clock import today
from balise.foundation.limited.lanes import EXPORTS
from balise.foundation.tables import as_csv
from balise.foundation.web.attempts import attempt, check_sender, posted, status_of
from balise.foundation.web.doors import Request, staff

COLUMNS: Final = (
    *("note", "day", "kit", "mark", "kits", "place", "requester"),
    *("postcode", "commune", "area", "campaign", "order"),
)


@staff.get
def orders(request: Request) -> HttpResponse:
    """List the orders of one state: those that wait, unless another is asked for."""
    form = StateForm(request.GET)
    state = form.cleaned_data["state"] if form.is_valid() else OrderState.WAITING
    rows = queries.orders(state=state, seen_by=request.actor)
    tabs = [(each.label, f"?state={each.value}", each is state) for each in OrderState]
    shown = {"tabs": tabs, **_page_of(request, rows)}
    return render(request, "orders/orders.html", shown)


@staff.form
def order(request: Request, order_id: UUID) -> HttpResponse:
    """Show an order; accept it, refuse it, or deliver kits."""
    check_sender(request, access.KEEP)
    found = queries.order(order_id, seen_by=request.actor)
    row, act = found.row, request.POST.get("act", "")
    number = row.wanted if row.stands is OrderState.WAITING else row.granted
    leaves = {"number": row.remaining, "day": today()}
    accept = AcceptForm(
        posted(request) if act == "accept" else None,
        initial={"number": number},
        auto_id="accept_%s",
    )
    refuse = RefuseForm(posted(request) if act == "refuse" else None)
    deliver = DeliverForm(posted(request) if act == "deliver" else None, initial=leaves)
    done: dict[str, Any] = {"order_id": order_id, "by": request.actor}
    if accept.is_valid():
        with attempt(request, accept, said=_("The order is accepted."), conflict=True):
            actions.accept(**done, **accept.cleaned_data)
            return redirect("staff:orders:order", order_id)
    if refuse.is_valid():
        with attempt(request, refuse, said=_("The order is refused."), conflict=True):
            actions.refuse(**done, **refuse.cleaned_data)
            return redirect("staff:orders:order", order_id)
    if deliver.is_valid():
        with attempt(request, deliver, said=_("The delivery note is ready."), conflict=True):
            return redirect("staff:orders:note", actions.deliver(**done, **deliver.cleaned_data))
    shown = {
        "found": found,
        "accept_form": accept,
        "refuse_form": refuse,
        "deliver_form": deliver,
        "may_keep": request.actor.may(access.KEEP),
    }
    status = status_of(accept, refuse, deliver)
    return render(request, "orders/detail.html", shown, status=status)


@staff.get
def deliveries(request: Request) -> HttpResponse:
    """List the delivery notes, of one area if it is asked for."""
    area = request.GET.get("area", "")
    rows = queries.deliveries(area=area, seen_by=request.actor)
    shown = {"area": area, "area_said": area_said(area), **_page_of(request, rows)}
    return render(request, "orders/deliveries.html", shown)


@staff.get
@EXPORTS.turn()
def export(request: Request) -> HttpResponse:
    """Give the deliveries as a file, without a contact."""
    area = request.GET.get("area", "")
    rows: list[tuple[object, ...]] = [COLUMNS]
    for note in queries.deliveries(area=area, seen_by=request.actor).iterator():
        of = note.order
        rows.append(
            (
                *(note_number(note.number), note.day.isoformat(), of.kit.name, of.kit.mark),
                *(note.kits, of.place, of.requester, of.postcode),
                *(of.commune, of.area, of.campaign, of.reference),
            )
        )
    answer = HttpResponse(as_csv(rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="deliveries.csv"'
    return answer


@staff.get
def areas(request: Request) -> HttpResponse:
    """Show what each area asked for and got."""
    by = request.actor
    shown = {"areas": queries.areas(seen_by=by), "unserved": queries.unserved(seen_by=by)}
    return render(request, "orders/areas.html", shown)


@staff.form
def note(request: Request, note_id: UUID) -> HttpResponse:
    """Show a delivery note; enter what came back."""
    check_sender(request, access.KEEP)
    found = queries.note_shown(note_id, seen_by=request.actor)
    form = CopiesForm(posted(request), mark=found.row.order.kit.mark)
    if form.is_valid():
        with attempt(request, form, said=_("Entered.")):
            kits = form.cleaned_data["numbers"]
            actions.take_back(note_id=note_id, kits=kits, by=request.actor)
            return redirect("staff:orders:note", note_id)
    shown = {
        "found": found,
        "form": form,
        "trace": _trace_of(str(found.row)),
        "may_keep": request.actor.may(access.KEEP),
    }
    return render(request, "orders/note.html", shown, status=status_of(form))


@staff.get
def note_pdf(request: Request, note_id: UUID) -> HttpResponse:
    """Give a delivery note as PDF; its QR code leads to the trace."""
    access.require(request.actor, access.KEEP)
    found = queries.note_shown(note_id, seen_by=request.actor)
    address = request.build_absolute_uri(_trace_of(str(found.row)))
    answer = HttpResponse(delivery_note(found, address=address), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{found.row}.pdf"'
    return answer


def _trace_of(number: str) -> str:
    return f"{reverse('staff:orders:trace')}?{urlencode({'q': number})}"


def _page_of(request: Request, rows: Any) -> dict[str, object]:
    """Return a page of rows with the ways to those before and after."""
    page = Paginator(rows, queries.PAGE).get_page(request.GET.get("page"))
    asked = {name: request.GET[name] for name in ("state", "area") if name in request.GET}
    ways = {
        "newer": page.previous_page_number() if page.has_previous() else 0,
        "older": page.next_page_number() if page.has_next() else 0,
    }
    return {
        "rows": page,
        **{way: f"?{urlencode({**asked, 'page': at})}" if at else "" for way, at in ways.items()},
    }
