"""The door of the app's pages: public, or of the app's own origin, to which browsers are led."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.views.decorators.gzip import gzip_page

from balise.foundation.web.doors import Request, public
from balise.foundation.web.own import inside, leads_away
from balise.foundation.web.quick_exit import SeeOther


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
