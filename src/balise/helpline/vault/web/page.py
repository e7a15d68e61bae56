"""The vault's page. The same for everyone; what it shows is decrypted on the device."""

from typing import Final

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from balise.foundation.encryption.worded import Receipt
from balise.foundation.finding import NotHere
from balise.foundation.web import own, pauses
from balise.foundation.web.doors import Request, framed_by, open_to, public
from balise.helpline.vault import queries

# What its page may ask where it records: a screen that goes dark would lock the vault.
RECORDING: Final = {"microphone": "self", "screen-wake-lock": "self"}


@public.get
def vault(request: Request) -> HttpResponse:
    """Show the page that opens the vault.

    Where the app has an origin of its own, the public one leads there unless a vault lies here
    still, and the app's asks the public one for it. It asks the chat too for what its listener asks
    for; the old home does not.
    """
    records = queries.records() and not own.leads_away(request)
    context: dict[str, object] = {"shows_pictures": queries.shows_pictures(), "records": records}
    if own.is_of_own(request):
        context |= {"old": own.outside(request.path), "frame": own.outside(reverse("vault-moving"))}
    elif own.leads_away(request):
        context |= {"moved": own.inside(request.path)}
    if not own.leads_away(request):
        context["chat"] = own.outside(reverse("vault-handing"))
    answer = render(request, "helpline/vault/vault.html", context)
    return open_to(answer, {}, RECORDING) if records else answer


@public.get
def moving(request: Request) -> HttpResponse:
    """Show nothing, in a frame of the app's own origin: a script gives the vault that lies here."""
    if not own.leads_away(request):
        raise NotHere
    context = {"app": settings.APP_ADDRESS}
    answer = render(request, "helpline/vault/moving.html", context)
    return framed_by(answer, settings.APP_ADDRESS)


@public.get
def link(request: Request) -> HttpResponse:
    """Show the page of a link, the same for everyone: the address's own part after # says which."""
    return render(request, "helpline/vault/link.html")


def _lead(request: Request, code: Receipt) -> HttpResponse | None:
    """Say where words for sharing are typed: the vault's own page alone can use them."""
    if not queries.is_invitation(code):
        return None
    return render(request, "helpline/vault/code_to_share.html")


WAY: Final = pauses.Way("share", _lead)
