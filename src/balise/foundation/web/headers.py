"""The headers that every answer carries, beside those that Django's own settings give."""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from balise.foundation.web.doors import STAFF_PATHS

# Nothing here asks for a sensor, a purse or a neighbour; a page that did would be broken into.
PERMISSIONS: Final = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "clipboard-read",
        "display-capture",
        "encrypted-media",
        "fullscreen",
        "geolocation",
        "gyroscope",
        "hid",
        "idle-detection",
        "local-fonts",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "picture-in-picture",
        "screen-wake-lock",
        "serial",
        "usb",
        "xr-spatial-tracking",
    )
)
ALWAYS: Final = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}
# Read in the answer of a document only: beside each style sheet they would be dead weight.
NOT_FOR_FILES: Final = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": PERMISSIONS,
    "Reporting-Endpoints": 'csp="/csp/"',
}
# A browser starts a worker only if its script says the same of itself as the page does.
FOR_WORKERS: Final = "Cross-Origin-Embedder-Policy"
# Pages of staff cannot ask for trusted types: htmx writes the server's HTML into the page.
TRUSTED_TYPES: Final = "require-trusted-types-for 'script'; trusted-types balise"
_CSP: Final = "Content-Security-Policy"


class HeadersMiddleware:
    """Outermost, so that errors and static files carry the headers too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer with the headers it does not set itself."""
        answer = self.get_response(request)
        for name, value in ALWAYS.items():
            answer.headers.setdefault(name, value)
        if not request.path.startswith(settings.STATIC_URL):
            for name, value in NOT_FOR_FILES.items():
                answer.headers.setdefault(name, value)
        elif request.path.endswith(".js"):
            answer.headers.setdefault(FOR_WORKERS, NOT_FOR_FILES[FOR_WORKERS])
        if _CSP in answer.headers and not request.path.startswith(STAFF_PATHS):
            answer.headers[_CSP] = f"{answer.headers[_CSP]}; {TRUSTED_TYPES}"
        return answer
