"""Pages to read: leaflets, and what happens when one contacts the helpline. Static for everyone."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from balise.foundation.finding import there
from balise.foundation.web import own
from balise.foundation.web.doors import Request
from balise.helpline.app.rules import leaflets
from balise.helpline.app.web.released import released


@released
def every(request: Request) -> HttpResponse:
    """Show all leaflets."""
    found = leaflets.leaflets(settings.COUNTRY)
    return render(request, "helpline/app/leaflets.html", {"leaflets": found})


@released
def one(request: Request, code: str) -> HttpResponse:
    """Show a leaflet, with the numbers that the centre has of those it names."""
    found = there(leaflets.leaflet(code, country=settings.COUNTRY))
    numbers = [each for each in settings.CENTRE.numbers if each.code in found.numbers]
    numbers.sort(key=lambda each: found.numbers.index(each.code))
    outside = own.outside("") if own.is_of_own(request) else ""
    context = {"leaflet": found, "numbers": numbers, "outside": outside}
    return render(request, "helpline/app/leaflet.html", context)


@released
def happens(request: Request) -> HttpResponse:
    """Show the four steps of a contact with the helpline."""
    return render(request, "helpline/app/happens.html")
