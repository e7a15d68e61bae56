"""The public pages that belong to no line: the home, leaving, privacy, accessibility, the law."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from django.views.decorators.http import require_safe

from balise.foundation.web import navigation
from balise.foundation.web.doors import Request, public


@public
@require_safe
def threshold(request: Request) -> HttpResponse:
    """Lead to the home in the language the browser asks for."""
    answer = HttpResponseRedirect(f"/{get_language_from_request(request)}/")
    patch_vary_headers(answer, ["Accept-Language"])
    return answer


@public
@require_safe
def home(request: Request) -> HttpResponse:
    return render(request, "web/pages/home.html", {"entries": navigation.public_entries()})


@public
@require_safe
def accessibility(request: Request) -> HttpResponse:
    return render(request, "web/pages/accessibility.html")


@public
@require_safe
def privacy(request: Request) -> HttpResponse:
    return render(request, "web/pages/privacy.html")


@public
@require_safe
def legal(request: Request) -> HttpResponse:
    return render(request, "web/pages/legal.html")


@public
@require_safe
def leaving(request: Request) -> HttpResponse:
    return render(request, "web/pages/leaving.html")
