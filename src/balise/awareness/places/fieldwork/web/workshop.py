"""A workshop declared in a minute: the page, its worker, and what the phone sends.

The page is a folder of its own: its service worker has this folder alone. It keeps a copy of the
page, so that it opens without a network, and nothing else (`docs/decisions/0043`).
"""

from http import HTTPStatus
from io import BytesIO
from typing import Any, Final

import segno
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from balise.awareness.places.fieldwork.actions import workshops
from balise.awareness.places.fieldwork.actions.workshops import Declared
from balise.awareness.places.fieldwork.rules.workshops import WorkshopState
from balise.awareness.places.fieldwork.web.forms import AT, WorkshopForm, read_kit
from balise.awareness.publications.queries import kits
from balise.foundation import clock
from balise.foundation.finding import NotHere
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, public
from balise.foundation.web.pauses import paced
from balise.foundation.web.quick_exit import Kept, Where

# The copy of the page: leaving drops it. What waits to be sent (localStorage) stays, on purpose.
SHELL: Final = Kept(Where.CACHE, "workshop-page")
_BODY: Final = "fieldwork/workshop.html"


@public
@paced
@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: Request) -> HttpResponse:
    """Declare a workshop: without script the form is sent, and needs the network."""
    form = WorkshopForm(posted(request), initial=_initial(request))
    if form.is_valid():
        with attempt(request, form, at=AT):
            _declare(request, form)
            return redirect(f"{request.path}?sent=1")
    context = {
        "form": form,
        "is_sent": "sent" in request.GET,
    }
    return render(request, _BODY, context, status=status_of(form))


@public
@paced
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: Request) -> HttpResponse:
    """Take a declaration from the phone, and say what became of it; GET gives the form's token."""
    if request.method != "POST":
        return JsonResponse({"token": get_token(request)})
    form = WorkshopForm(request.POST)
    if form.is_valid():
        with attempt(request, form, at=AT):
            done = _declare(request, form)
            return JsonResponse(_said(form, done))
    faults = [
        {"field": name, "label": _label(form, name), "says": [str(each) for each in found]}
        for name, found in form.errors.items()
    ]
    return JsonResponse({"faults": faults}, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@public.get
def code(request: Request, kit: str) -> HttpResponse:  # noqa: ARG001 - the same for everyone
    """Draw the QR code that opens this page for a version of a kit."""
    try:
        key, number = read_kit(kit)
    except ValidationError:
        raise NotHere from None
    if key is None or kits.version_of(key, number) is None:
        raise NotHere
    address = f"{settings.PUBLIC_ADDRESS}{reverse('fieldwork:declare')}?kit={key}.{number}"
    drawn = BytesIO()
    squares = segno.make(address, error="m", micro=False)
    squares.save(drawn, kind="svg", scale=5, border=4, light="#ffffff")
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


@public.get
def worker(request: Request) -> HttpResponse:
    """Give the worker of this folder."""
    return render(request, "fieldwork/worker.js", content_type="text/javascript; charset=utf-8")


def _declare(request: Request, form: WorkshopForm) -> Declared:
    said = form.cleaned_data
    return workshops.declare(
        structure=said["structure"].id,
        key=said["key"],
        told=form.told(
            home=said["structure"].area, is_planned=said["planned"] == WorkshopState.PLANNED
        ),
        by=request.actor,
    )


def _said(form: WorkshopForm, done: Declared) -> dict[str, Any]:
    return {
        "is_new": done.is_new,
        "structure": form.cleaned_data["structure"].name,
        "says": _("This kit is no longer published. Your workshop is kept with its version.")
        if done.is_kit_withdrawn
        else "",
    }


def _label(form: WorkshopForm, name: str) -> str:
    return str(form[name].label) if name in form.fields else ""


def _initial(request: Request) -> dict[str, Any]:
    """Return what the address of a kit's QR code fills in: `?kit=key.version`."""
    return {"day": clock.today(), "kit": request.GET.get("kit", "")[:60]}
