"""The headers that every answer carries, beside those that Django's own settings give."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from balise.foundation.web.doors import STAFF_PATHS

# Nothing here asks for a sensor, a purse or a neighbour; a page that did would be broken into.
FEATURES: Final = (
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


def permissions(given: Mapping[str, str]) -> str:
    """Return a Permissions-Policy that allows what is given, to whom, and nothing else."""
    return ", ".join(f"{feature}=({given.get(feature, '')})" for feature in FEATURES)


def policy_with(sources: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Return our content security policy with more sources, by directive."""
    ours = cast("dict[str, list[str]]", settings.SECURE_CSP)
    added = {name: [*ours.get(name, ()), *more] for name, more in sources.items()}
    return {**ours, **added}


def open_to[Answer: HttpResponse](
    answer: Answer, sources: Mapping[str, Sequence[str]], given: Mapping[str, str]
) -> Answer:
    """Add sources to the policy of one answer, and features that its page may use.

    Where all answers at an address need the same, `foundation.modules.Mount` says so.
    """
    answer._csp_config = policy_with(sources)  # type: ignore[attr-defined]  # as csp_override does
    answer.headers["Permissions-Policy"] = permissions(given)
    return answer


def framed_anywhere[Answer: HttpResponse](answer: Answer, style: str) -> Answer:
    """Let a page of any site show this answer in a frame: it runs no script and sends no form.

    `style` is the source of its one style sheet, inside it.
    """
    closed = {"script-src": ["'none'"], "connect-src": ["'none'"], "form-action": ["'none'"]}
    ours = {**settings.SECURE_CSP, **closed, "style-src": [style], "frame-ancestors": ["*"]}
    answer._csp_config = ours  # type: ignore[attr-defined]  # as csp_override does
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.headers[_FRAMES] = ""
    return answer


def framed_by[Answer: HttpResponse](answer: Answer, origin: str) -> Answer:
    """Let one other origin of ours show this answer in a frame."""
    ours = {**settings.SECURE_CSP, "frame-ancestors": [origin]}
    answer._csp_config = ours  # type: ignore[attr-defined]  # as csp_override does
    # Browsers call no two ports of an IP address one site; the policy above says who may.
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.headers[_FRAMES] = ""
    return answer


_FRAMES: Final = "X-Frame-Options"
ALWAYS: Final = {
    "Cross-Origin-Resource-Policy": "same-origin",
    _FRAMES: "DENY",
    "Cache-Control": "no-store",
}
# Read in the answer of a document only: beside each style sheet they would be dead weight.
NOT_FOR_FILES: Final = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": permissions({}),
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
        if not answer.headers[_FRAMES]:  # `framed_anywhere`; the older header has no word for it
            del answer.headers[_FRAMES]
        if not request.path.startswith(settings.STATIC_URL):
            for name, value in NOT_FOR_FILES.items():
                answer.headers.setdefault(name, value)
        elif request.path.endswith(".js"):
            answer.headers.setdefault(FOR_WORKERS, NOT_FOR_FILES[FOR_WORKERS])
        if _CSP in answer.headers and not request.path.startswith(STAFF_PATHS):
            answer.headers[_CSP] = f"{answer.headers[_CSP]}; {TRUSTED_TYPES}"
        return answer
