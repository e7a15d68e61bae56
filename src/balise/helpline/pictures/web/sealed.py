"""The staff door: one supervisor decides about a picture that should not be here."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from balise.foundation.accounts import visits
from balise.foundation.web.attempts import attempt, status_of
from balise.foundation.web.doors import Request, staff
from balise.helpline.pictures import access, queries
from balise.helpline.pictures.actions import sealing
from balise.helpline.pictures.web.public import OutcomeForm
from balise.helpline.pictures.web.staff import HEADERS


@staff.get
def listing(request: Request) -> HttpResponse:
    """List the pictures that wait for a decision; no word of anyone."""
    context = {"rows": queries.sealed(seen_by=request.actor)}
    return render(request, "helpline/pictures/sealed.html", context)


@staff.post
@visits.unattended
def pulse(request: Request) -> HttpResponse:
    """Tell supervisors, on whatever page, that a picture was closed and nobody has taken it."""
    nothing = HttpResponse(status=HTTPStatus.NO_CONTENT)
    if not request.actor.abilities:
        return nothing
    many = str(queries.unclaimed(seen_by=request.actor))
    if many == request.POST.get("shown", "0"):
        return nothing
    return render(request, "helpline/pictures/parts.html#pulse", {"many": int(many)})


@staff.get
def decide(request: Request, picture_id: UUID) -> HttpResponse:
    """Show what may be done with a closed picture; the picture itself is not there."""
    return _show(request, picture_id, OutcomeForm())


@staff.post
def take(request: Request, picture_id: UUID) -> HttpResponse:
    """Be the one supervisor who decides."""
    access.require(request.actor, access.DECIDE)
    with attempt(request):
        sealing.take(picture_id=picture_id, by=request.actor)
    return redirect("staff:pictures:decide", picture_id)


@staff.post
def open_once(request: Request, picture_id: UUID) -> HttpResponse:
    """Show the page on which the picture is drawn, the only time, under its veil."""
    row = queries.sealed_one(picture_id, seen_by=request.actor)
    if not row.is_mine or row.is_opened:
        return redirect("staff:pictures:decide", picture_id)
    return render(request, "helpline/pictures/opened.html", {"row": row})


@staff.get
def drawn_once(request: Request, picture_id: UUID) -> HttpResponse:
    """Return the picture itself to the supervisor who has it, once."""
    with attempt(request):
        octets = sealing.open_once(picture_id=picture_id, by=request.actor)
        return HttpResponse(octets, content_type="image/webp", headers=HEADERS)
    return HttpResponse(status=HTTPStatus.CONFLICT)


@staff.post
def pack(request: Request, picture_id: UUID) -> HttpResponse:
    """Hand over the picture encrypted to the police's key."""
    with attempt(request):
        octets = sealing.pack(picture_id=picture_id, by=request.actor)
        name = f'attachment; filename="{picture_id}.webp.age"'
        headers = {**HEADERS, "Content-Disposition": name}
        return HttpResponse(octets, content_type="application/octet-stream", headers=headers)
    return redirect("staff:pictures:decide", picture_id)


@staff.post
def settle(request: Request, picture_id: UUID) -> HttpResponse:
    """Decide."""
    queries.sealed_one(picture_id, seen_by=request.actor)
    form = OutcomeForm(request.POST)
    if form.is_valid():
        with attempt(request, form, said=_("Decided: the picture is erased here."), at="outcome"):
            sealing.settle(
                picture_id=picture_id, outcome=form.cleaned_data["outcome"], by=request.actor
            )
            return redirect("staff:pictures:sealed")
    return _show(request, picture_id, form)


def _show(request: Request, picture_id: UUID, form: OutcomeForm) -> HttpResponse:
    row = queries.sealed_one(picture_id, seen_by=request.actor)
    context = {"row": row, "form": form, "has_key": bool(queries.authority_key())}
    return render(request, "helpline/pictures/decide.html", context, status=status_of(form))
