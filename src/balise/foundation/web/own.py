"""The app's own origin: who may ask there, the headers of an answer, refusals without a page.

Nothing is drawn there. A page of the app is a file of the release; all else is JSON or octets.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from balise.foundation.failures import is_outage, note
from balise.foundation.web.doors import problem
from balise.foundation.web.errors import RETRY_SECONDS
from balise.foundation.web.quick_exit import EXIT_PATH

HEADERS: Final = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
}
_READS: Final = frozenset({"GET", "HEAD"})
_OURS: Final = frozenset({"same-origin", "none"})


def draws_for(request: HttpRequest) -> None:
    """Have a page drawn as the app's own origin gives it: for the release alone."""
    request.is_of_own = True  # type: ignore[attr-defined]  # no browser can say it


def is_of_own(request: HttpRequest | None) -> bool:
    """Return whether a page is drawn for the app's own origin."""
    return bool(getattr(request, "is_of_own", False))


def leads_away(request: HttpRequest) -> bool:
    """Return whether a browser that asks for a page of the app is led to the app's own origin."""
    return bool(settings.APP_ADDRESS) and not is_of_own(request)


def outside(path: str) -> str:
    """Return an address of a public page as a link to it stands on a page of the app."""
    return f"{settings.PUBLIC_ADDRESS}{path}" if settings.APP_ADDRESS else path


def inside(path: str) -> str:
    """Return an address of the app as a link to it stands on any other page."""
    return f"{settings.APP_ADDRESS}{path}"


class OwnOriginMiddleware:
    """Let the app's own pages alone write here, and give each answer its headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer; 403 for what another origin sends."""
        # Whoever refuses further in says it to a program: there is no page to draw.
        request.META["HTTP_ACCEPT"] = "application/json"
        request.get_host()  # refuses another host; nothing further in asks
        refused = request.method not in _READS and not is_ours(request)
        answer = not_allowed(request) if refused else self.get_response(request)
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        return answer

    def process_exception(self, _request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the 503 for an outage; None for any other error."""
        if not is_outage(exception):
            return None
        note(exception, "out_of_order")
        answer = problem("out-of-order", "Try again later.", status=HTTPStatus.SERVICE_UNAVAILABLE)
        answer["Retry-After"] = str(RETRY_SECONDS)
        return answer


def is_ours(request: HttpRequest) -> bool:
    """Return whether a page of this origin sends; the public pages may only make it leave."""
    may = {settings.APP_ADDRESS}
    sites = _OURS
    if request.path == EXIT_PATH:
        may, sites = {*may, settings.PUBLIC_ADDRESS}, sites | {"same-site"}
    said, site = request.headers.get("Origin", ""), request.headers.get("Sec-Fetch-Site", "none")
    return site in sites and said in may | {"", "null"}  # "null" is what a phone shares with us


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return problem("bad-request", "This cannot be read.", status=HTTPStatus.BAD_REQUEST)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return problem("not-allowed", "Another site asks.", status=HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return problem("not-here", "There is nothing here.", status=HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return problem("server-error", "This is our fault.", status=status)
