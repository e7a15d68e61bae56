"""The button for other sites: for their owners, in a frame, where it leads, who shows it."""

from base64 import b64encode
from collections.abc import Callable
from functools import cache, wraps
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext as _, override
from django.views.decorators.gzip import gzip_page

from balise.foundation.finding import NotHere, there
from balise.foundation.web import own
from balise.foundation.web.doors import Request, framed_anywhere, public
from balise.foundation.web.own import inside, leads_away
from balise.foundation.web.quick_exit import SeeOther
from balise.helpline.app.queries import sites
from balise.helpline.app.rules import leaflets
from balise.helpline.app.rules.buttons import Button, at_platform
from balise.helpline.app.rules.platforms import platforms as of_country
from balise.helpline.app.web.staff import PlatformForm

# Pages to read: leaflets, and what happens when one contacts the helpline. Static for everyone.


# The door of the app's pages: public, or of the app's own origin, to which browsers are led.


def released(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open a page that is the same for everyone and of the release.

    Where the app has an origin of its own, the page is drawn for the release alone.
    """
    drawn = gzip_page(view)

    @wraps(view)
    def answered(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return led(request) if leads_away(request) else drawn(request, *args, **kwargs)

    return public.get(answered)


def led(request: Request) -> HttpResponse:
    """Lead to the same page of the app's own origin."""
    answer = SeeOther(inside(request.get_full_path()))
    answer["Cache-Control"] = "no-store"
    return answer


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


@public.get
def owners(request: Request) -> HttpResponse:
    """Show the owner of a site the button in three forms, for the platform asked for."""
    form = PlatformForm(request.GET or None)
    platform = form.cleaned_data["platform"] if form.is_valid() else ""
    context = {
        "form": form,
        "platform": platforms().get(platform, ""),
        "forms": (),
        "is_signed": sites.is_signed(),
    }
    if platform:
        button = button_of(platform)
        address = _whole(f"{reverse('app-button', args=[platform])}?lang={get_language()}")
        context["forms"] = (
            (_("Drawn button"), _("Loads nothing. Works under any policy."), button.drawn),
            (_("Plain link"), _("Takes the style of your page."), button.link),
            (_("Frame"), _("For pages that take frames only."), button.framed(address)),
        )
        context["picture"] = mark_safe(button.picture)  # noqa: S308 - drawn by us, words escaped
    return render(request, "helpline/app/button/owners.html", context)


@public.get
def framed(request: Request, platform: str) -> HttpResponse:
    """Show the button alone, in a frame of any site: no script, no cookie, nothing fetched."""
    if platform not in platforms():
        raise NotHere
    asked = request.GET.get("lang", "")
    language = asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with override(language):
        button = mark_safe(button_of(platform).drawn)  # noqa: S308 - drawn by us, words escaped
        answer = render(request, "helpline/app/button/frame.html", {"button": button})
    digest = b64encode(sha256(style().encode()).digest()).decode()
    return framed_anywhere(answer, f"'sha256-{digest}'")


@released
def arrived(request: Request) -> HttpResponse:
    """Show the app to someone whom a button led here: the same page whatever the platform.

    The platform stands after the # of the address: a script reads it, and we are never told.
    """
    return render(request, "helpline/app/button/from.html", {"platforms": platforms().items()})


@public.get
def listed(request: Request) -> HttpResponse:  # noqa: ARG001 - the same for everyone
    """Give the signed list of the sites that show the button, byte for byte."""
    return HttpResponse(sites.signed(), content_type="application/json")


@public.get
def signature(request: Request) -> HttpResponse:  # noqa: ARG001 - the same for everyone
    """Give the signature of the list, and the key that made it."""
    return JsonResponse(sites.signature())


def platforms() -> dict[str, str]:
    """Return the names of the platforms by code."""
    return dict(of_country(settings.COUNTRY))


def button_of(platform: str) -> Button:
    """Return the button of a platform in the language of the moment."""
    page = f"{settings.APP_ADDRESS or settings.PUBLIC_ADDRESS}{reverse('app:from')}"
    words = _("Need help? %(number)s") % {"number": settings.CENTRE.helpline.number}
    return Button(at_platform(page, platform), words, get_language() or settings.LANGUAGE_CODE)


@cache
def style() -> str:
    """Return the style sheet of the frame."""
    return render_to_string("helpline/app/button/frame.css")


def _whole(path: str) -> str:
    return f"{settings.PUBLIC_ADDRESS}{path}"
