"""The public pages that belong to no line: the home, leaving, privacy, accessibility, the law."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from django.views.decorators.csrf import csrf_exempt

from balise.foundation.web import navigation, quick_exit
from balise.foundation.web.doors import Request, public

ROBOTS = "User-agent: *\nDisallow: /staff/\nDisallow: /api/\nDisallow: /exit/\n"


@public.get
def threshold(request: Request) -> HttpResponse:
    """Lead to the home in the language the browser asks for."""
    answer = HttpResponseRedirect(f"/{get_language_from_request(request)}/")
    patch_vary_headers(answer, ["Accept-Language"])
    quick_exit.come_back(request, answer)
    return answer


@public.get
def home(request: Request) -> HttpResponse:
    """Show the three doors, and what is behind each."""
    entries = navigation.public_entries()
    doors = [
        (line, [(entry, url) for entry, url in entries if entry.line == line.code])
        for line in settings.CENTRE.lines
    ]
    return render(request, "web/pages/home.html", {"doors": doors})


@public.get
def accessibility(request: Request) -> HttpResponse:
    return render(request, "web/pages/accessibility.html")


@public.get
def privacy(request: Request) -> HttpResponse:
    return render(request, "web/pages/privacy.html")


@public.get
def legal(request: Request) -> HttpResponse:
    return render(request, "web/pages/legal.html")


@public.get
def leaving(request: Request) -> HttpResponse:
    return render(request, "web/pages/leaving.html")


@csrf_exempt  # another site is recognised by its Sec-Fetch-Site, and gains nothing here
@public.form
def leave(request: Request) -> HttpResponse:
    """Forget and lead away: by a link without script, by a beacon with it."""
    if request.method == "POST":
        answer = HttpResponse(status=HTTPStatus.NO_CONTENT)
    else:
        answer = quick_exit.to_plain_page()
    if quick_exit.comes_from_us(request):
        quick_exit.forget(request, answer)
    return answer


@public.get
def robots(_request: Request) -> HttpResponse:
    """Keep machines out of the forms and of the staff door."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")


@public.get
def favicon(_request: Request) -> HttpResponse:
    """Lead to the mark, for browsers that ask for it by this name."""
    return HttpResponseRedirect(static("balise/favicon.svg"))
