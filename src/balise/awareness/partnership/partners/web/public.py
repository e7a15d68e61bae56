"""Who our partners are, and what the groups that the centre brings together advise."""

from django.http import HttpResponse
from django.shortcuts import render

from balise.awareness.partnership.partners.queries import advice, register
from balise.foundation.clock import today
from balise.foundation.web.doors import Request, public


@public.get
def partners(request: Request) -> HttpResponse:
    """Show the partners in force today, by kind, with their dates and mandates."""
    return render(request, "network/partners/public.html", {"kinds": register.shown(on=today())})


@public.get
def opinions(request: Request) -> HttpResponse:
    """Show the opinions that are public, whole, and what became of recommendations."""
    shown = {
        "opinions": advice.public_opinions(),
        "recommendations": advice.public_recommendations(),
    }
    return render(request, "network/partners/opinions.html", shown)
