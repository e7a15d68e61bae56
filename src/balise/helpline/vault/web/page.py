"""The vault's page. The same for everyone; what it shows is decrypted on the device."""

from django.http import HttpResponse
from django.shortcuts import render

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
