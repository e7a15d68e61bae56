"""`/cms/` on a host of its own: what a script in it reached would be on another origin.

On that host there are Wagtail's pages, sign-in and one's own account, and the files that these
load; its session is a cookie of that host alone. Elsewhere there is no `/cms/`.
"""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.request import split_domain_port

from balise.foundation.web import errors

AREA: Final = "/cms/"
BESIDE: Final = (
    *("/staff/account/", "/staff/demonstration/", "/staff/display/"),
    *("/csp/", "/favicon.ico", "/robots.txt"),
)
TO_AREA: Final = frozenset({"/", "/staff/"})  # where signing in leads, and where errors lead back


class CmsHostMiddleware:
    """Keep `/cms/` to its host (`BALISE_CMS_HOST`), and all else away from it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer; 404 for what is on the other host."""
        host, _port = split_domain_port(request.get_host())
        is_area = request.path.startswith(AREA)
        if host != settings.CMS_HOST:
            return _nothing(request) if is_area else self.get_response(request)
        if request.path in TO_AREA:
            return HttpResponseRedirect(AREA)
        if is_area or request.path.startswith((settings.STATIC_URL, *BESIDE)):
            return self.get_response(request)
        return _nothing(request)


def whole(path: str) -> str:
    """Return an address of ours as a link to it stands on any page: with the host of `/cms/`."""
    if not settings.CMS_HOST or not path.startswith(AREA):
        return path
    return f"{settings.CMS_ADDRESS}{path}"


def _nothing(request: HttpRequest) -> HttpResponse:
    return errors.answer(request, errors.NOT_FOUND)
