"""Order printed kits, without an account."""

import re
from typing import Final

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from balise.awareness.places.orders import actions, queries
from balise.awareness.places.orders.web.forms import OrderForm
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, public
from balise.foundation.web.pauses import paced

_REFERENCE: Final = re.compile(r"[A-Z2-7]{8}")


@public
@paced
@require_http_methods(["GET", "HEAD", "POST"])
def order(request: Request) -> HttpResponse:
    """Show the form, take an order, and say its reference."""
    form = OrderForm(posted(request))
    if form.is_valid():
        language = get_language() or settings.LANGUAGE_CODE
        with attempt(request, form):
            reference = actions.ask(language=language, by=request.actor, **form.told)
            return redirect(f"{request.path}?sent={reference}")
    sent = request.GET.get("sent", "")
    shown = {
        "form": form,
        "is_open": bool(queries.offered()),
        "reference": sent if _REFERENCE.fullmatch(sent) else "",
    }
    return render(request, "orders/order.html", shown, status=status_of(form))
