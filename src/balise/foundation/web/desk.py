"""The staff pages that belong to no line: the home, the display, the living page of the design."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from balise.foundation.clock import day_of, today
from balise.foundation.web import due, navigation, palette, search as searching
from balise.foundation.web.context import THEME_COOKIE, THEMES
from balise.foundation.web.doors import Request, staff, staff_entrance
from balise.foundation.web.showing import samples

A_YEAR = 365 * 24 * 3600


@staff.get
def home(request: Request) -> HttpResponse:
    """Show what waits for a person: numbers and days, each with its place."""
    parts = due.parts(navigation.due_lines(request.actor), today=today(), day_of=day_of)
    return render(request, "web/pages/staff_home.html", {"parts": parts, "today": today()})


@staff.form
def search(request: Request) -> HttpResponse:
    """Find pages and things by words. They are posted: an address does not stand in an address."""
    words = request.POST.get("sought", "")
    context = {"words": words, "groups": searching.found(words, seen_by=request.actor)}
    page = "web/pages/search.html"
    return render(request, f"{page}#results" if request.htmx else page, context)


@staff_entrance.post
def display(request: Request) -> HttpResponse:
    """Keep the language and the light that a person chose, in their browser only."""
    after = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(after, allowed_hosts={request.get_host()}):
        after = "/staff/"
    answer = HttpResponseRedirect(after)
    language, theme = request.POST.get("language", ""), request.POST.get("theme", "")
    if language in dict(settings.LANGUAGES):
        _keep(answer, settings.LANGUAGE_COOKIE_NAME, language)
    if theme in THEMES:
        _keep(answer, THEME_COOKIE, theme)
    else:
        answer.delete_cookie(THEME_COOKIE, path="/staff/", samesite="Strict")
    return answer


@staff.get
def design(request: Request) -> HttpResponse:
    """Show every piece in one line's colours, in both lights."""
    line = request.GET.get("line", "house")
    shown = samples(line if line in palette.LINES else "house")
    return render(request, "web/pages/design.html", shown)


def _keep(answer: HttpResponse, name: str, value: str) -> None:
    answer.set_cookie(
        name,
        value,
        max_age=A_YEAR,
        path="/staff/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
