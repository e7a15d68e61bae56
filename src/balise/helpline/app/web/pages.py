"""The pages of the app that are the same for everyone, so that a copy is checked by its hash."""

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.formats import date_format, time_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext as _
from django.views.decorators.gzip import gzip_page

from balise.foundation import clock
from balise.foundation.finding import NotHere
from balise.foundation.web.doors import Request, public
from balise.helpline.app.rules import looks as rules
from balise.helpline.app.rules.looks import Look
from balise.helpline.app.web.buttons import released
from balise.helpline.conversations import queries as conversations
from balise.helpline.conversations.rules.hours import OpenState, Why, schedule
from balise.helpline.queue import queries as queue
from balise.helpline.queue.rules import WaitKind


@released
def home(request: Request) -> HttpResponse:
    """Show the ways on: talk, vault, quiz, leaflets, removal, danger."""
    return render(request, "helpline/app/home.html")


@released
def danger(request: Request) -> HttpResponse:
    """Show whom to call now."""
    return render(request, "helpline/app/danger.html")


@released
def help_page(request: Request) -> HttpResponse:
    """Show all numbers, how to leave, and what the app says of itself."""
    return render(request, "helpline/app/help.html")


@released
def removing(request: Request) -> HttpResponse:
    """Say how a picture is removed, and lead to those who ask for it."""
    return render(request, "helpline/app/removing.html")


@public.get
@gzip_page
def lost(request: Request) -> HttpResponse:
    """Say that a page is not there, or that what was shared did not arrive."""
    return render(request, "helpline/app/lost.html")


@public.get
@gzip_page
def offline(request: Request) -> HttpResponse:
    """Say that there is no network, and what works without one."""
    return render(request, "helpline/app/offline.html")


@released
def own(request: Request) -> HttpResponse:
    """Show the settings, all of which are kept on the device alone."""
    return render(request, "helpline/app/settings.html")


@released
def looks(request: Request) -> HttpResponse:
    """Show the names and icons to choose from, before the app is installed."""
    shown = [(each, rules.icon(each.code)) for each in rules.looks(settings.COUNTRY)]
    return render(request, "helpline/app/looks.html", {"looks": shown})


@released
def look(request: Request, code: str) -> HttpResponse:
    """Show how to install the app under one name; its manifest is that of this look."""
    found = _look(code)
    opens = rules.opening_words(settings.COUNTRY)
    shown = {"look": found, "icon": rules.icon(code), "opens": opens}
    return render(request, "helpline/app/look.html", shown)


@released
def screen(request: Request, code: str) -> HttpResponse:
    """Show what an ordinary look begins with; what is written there never leaves the device."""
    found = _look(code)
    if not found.screen:
        raise NotHere
    opens = rules.opening_words(settings.COUNTRY)
    return render(request, "helpline/app/screen.html", {"look": found, "opens": opens})


@released
def manifest(request: Request, code: str) -> HttpResponse:  # noqa: ARG001 - the same for everyone
    """Return the web manifest of a look in the language of the address."""
    language = get_language() or settings.LANGUAGE_CODE
    found = _look(code)
    start = reverse("app:screen", args=[code]) if found.screen else reverse("app:home")
    told = rules.manifest(found, language=language, start=start, address=static)
    return JsonResponse(told, content_type="application/manifest+json")


@public.get
def state(request: Request) -> HttpResponse:  # noqa: ARG001 - the same for everyone
    """Return what changes: whether the chat is open, the wait, its hours by other clocks."""
    standing = queue.newcomer(WaitKind.CHAT)
    hours = conversations.open_for(standing)
    told = {"is_open": hours.is_open, "says": _says(hours), "more": "", "elsewhere": _elsewhere()}
    if hours.is_open:
        told["more"] = _("Waiting time: %(band)s") % {"band": standing.band.label}
    elif hours.opens_at and hours.why is not Why.NOBODY:
        opens = localtime(hours.opens_at)
        told["more"] = _("It opens on %(day)s at %(at)s.") % {
            "day": date_format(opens, "l j F"),
            "at": date_format(opens, "TIME_FORMAT"),
        }
    return JsonResponse(told)


def _says(hours: OpenState) -> str:
    if hours.is_open and hours.closes_at:
        return _("Chat open until %(at)s") % {
            "at": date_format(localtime(hours.closes_at), "TIME_FORMAT")
        }
    if hours.why is Why.NOBODY:
        return _("No listener is free right now")
    return _("The chat is closed for now")


def _elsewhere() -> list[str]:
    """Return today's hours of the chat by the clocks of other places."""
    hours = schedule(settings.COUNTRY, zone=settings.TIME_ZONE)
    today = hours.hours_of(clock.now().astimezone(hours.zone).date())
    return [
        _("%(place)s: %(opens)s to %(closes)s")
        % {
            "place": place.label,
            "opens": time_format(today[0].astimezone(place.zone).time()),
            "closes": time_format(today[1].astimezone(place.zone).time()),
        }
        for place in settings.CENTRE.elsewhere
        if today and place.zone
    ]


def _look(code: str) -> Look:
    found = next((each for each in rules.looks(settings.COUNTRY) if each.code == code), None)
    if found is None:
        raise NotHere
    return found
