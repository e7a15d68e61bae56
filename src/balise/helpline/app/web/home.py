"""The first page of the app. The same for everyone, so that a copy can be checked by its hash."""

from django.http import HttpResponse
from django.shortcuts import render

from balise.foundation.web.doors import Request, public


@public.get
def home(request: Request) -> HttpResponse:
    """Show the four ways on."""
    return render(request, "helpline/app/home.html")
