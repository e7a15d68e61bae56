"""The vault's page. The same for everyone; what it shows is decrypted on the device."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import render

from balise.foundation.encryption.receipts import Receipt
from balise.foundation.web import codes
from balise.foundation.web.doors import Request, public
from balise.helpline.vault import queries


@public.get
def vault(request: Request) -> HttpResponse:
    """Show the page that opens the vault."""
    context = {"shows_pictures": queries.shows_pictures()}
    return render(request, "helpline/vault/vault.html", context)


@public.get
def link(request: Request) -> HttpResponse:
    """Show the page of a link, the same for everyone: the address's own part after # says which."""
    return render(request, "helpline/vault/link.html")


def _lead(request: Request, code: Receipt) -> HttpResponse | None:
    """Say where words for sharing are typed: the vault's own page alone can use them."""
    if not queries.is_invitation(code):
        return None
    return render(request, "helpline/vault/code_to_share.html")


WAY: Final = codes.Way("share", _lead)
