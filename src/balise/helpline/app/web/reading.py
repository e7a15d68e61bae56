"""Pages to read: leaflets, and what happens when one contacts the helpline. Static for everyone."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page

from balise.foundation.finding import there
from balise.foundation.web.doors import Request, public
from balise.helpline.app.rules import leaflets


@public.get
@gzip_page
def every(request: Request) -> HttpResponse:
    """Show all leaflets."""
    found = leaflets.leaflets(settings.COUNTRY)
    return render(request, "helpline/app/leaflets.html", {"leaflets": found})


@public.get
@gzip_page
def one(request: Request, code: str) -> HttpResponse:
    """Show a leaflet, with the numbers that the centre has of those it names."""
    found = there(leaflets.leaflet(code, country=settings.COUNTRY))
    numbers = [each for each in settings.CENTRE.numbers if each.code in found.numbers]
    numbers.sort(key=lambda each: found.numbers.index(each.code))
    context = {"leaflet": found, "numbers": numbers}
    return render(request, "helpline/app/leaflet.html", context)


@public.get
@gzip_page
def happens(request: Request) -> HttpResponse:
    """Show the four steps of a contact with the helpline."""
    return render(request, "helpline/app/happens.html")
