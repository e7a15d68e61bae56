"""The three doors. Every view stands behind exactly one; `tests/architecture` sees to it.

A door settles who acts (`request.actor`) and how a refusal leaves. It never asks for an ability:
the action or the query does, once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Any, Final, Protocol, cast

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.gzip import GZipMiddleware
from django.urls import URLPattern, URLResolver
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.middleware import HtmxDetails

from balise.foundation.actors import ANYONE, Actor, ActorKind
from balise.foundation.encryption.sealing import KeyForgotten
from balise.foundation.finding import NotHere, NotYours
from balise.foundation.ports import Port
from balise.foundation.refusals import Refused

# Where the pages of the staff door are: our own, and those that a library draws behind it.
STAFF_PATHS: Final = ("/staff/", "/cms/")


class Door(StrEnum):
    """The doors, as `BALISE_DOORS` names them."""

    PUBLIC = "public"
    STAFF = "staff"
    API = "api"


class Request(HttpRequest):
    """A request that has come through a door."""

    actor: Actor
    htmx: HtmxDetails
    # Where a signed-in person must go first (second factor, unlock); accounts sets it.
    held_at: str


class TokenHolder(Protocol):
    """Answered by accounts: the partner whose token this is, or None for an unknown token."""

    def __call__(self, *, token: str) -> Actor | None: ...


token_holder = Port[TokenHolder]("web.token_holder")


type View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Opening:
    """A door as a decorator: `@staff`, or with the methods that a view answers, `@staff.post`."""

    behind: Callable[[View], View]

    def __call__[V: View](self, view: V) -> V:
        """Put a view behind the door; it answers every method."""
        return cast("V", self.behind(view))

    def get[V: View](self, view: V) -> V:
        """Answer GET and HEAD only: the view changes nothing."""
        return self(require_safe(view))

    def post[V: View](self, view: V) -> V:
        """Answer POST only."""
        return self(require_POST(view))

    def form[V: View](self, view: V) -> V:
        """Answer GET and HEAD with a form, and POST with what becomes of it."""
        return self(require_http_methods(["GET", "HEAD", "POST"])(view))


@Opening
def public(view: View) -> View:
    """Public view. Sets `request.actor` to ANYONE, whoever is signed in in this browser."""

    @wraps(view)
    def behind_door(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        request.actor = ANYONE
        return _answer(view, request, *args, **kwargs)

    return _hang(Door.PUBLIC, login_not_required(behind_door))


@Opening
def staff(view: View) -> View:
    """Open to staff who have passed their second factor; the action asks for the ability."""

    @wraps(view)
    def behind_door(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        held_at = getattr(request, "held_at", "")
        if held_at:
            return HttpResponseRedirect(held_at)
        if request.actor.kind is not ActorKind.STAFF:
            raise PermissionDenied
        return _compressed(request, _answer(view, request, *args, **kwargs))

    return _hang(Door.STAFF, behind_door)


@Opening
def staff_entrance(view: View) -> View:
    """Sign-in, second factor and unlock: the pages before the staff door, open to anyone."""
    return _hang(Door.STAFF, login_not_required(view))


def api[V: View](view: V) -> V:
    """Open to a partner with a token; a refusal leaves as a problem document (RFC 9457)."""

    @wraps(view)
    def behind_door(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        partner = token_holder.ask(token=token) if scheme.lower() == "bearer" and token else None
        if partner is None:
            refusal = problem("token-unknown", "Unknown, expired or missing token.", status=401)
            refusal["WWW-Authenticate"] = 'Bearer realm="balise"'
            return refusal
        request.actor = partner
        try:
            return _answer(view, request, *args, **kwargs)
        except PermissionDenied:
            return problem("not-allowed", "This token may not do that.", status=403)
        except Refused as refusal:
            return problem(refusal.code, refusal.message, status=409)

    exempt = cast("Any", login_not_required(behind_door))
    exempt.csrf_exempt = True  # a bearer token is not sent by a browser of its own accord
    return cast("V", _hang(Door.API, exempt))


def hook[V: View](view: V, *, who: Callable[[HttpRequest], Actor | None]) -> V:
    """Open to a machine whose signature `who` knows; refusals leave as problem documents."""

    @wraps(view)
    def behind_door(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        actor = who(request)
        if actor is None:
            return problem("signature-unknown", "Nobody known has signed this.", status=401)
        request.actor = actor
        try:
            return _answer(view, request, *args, **kwargs)
        except PermissionDenied:
            return problem("not-allowed", "This machine may not do that.", status=403)
        except Refused as refusal:
            return problem(refusal.code, refusal.message, status=409)

    exempt = cast("Any", login_not_required(behind_door))
    exempt.csrf_exempt = True  # no browser signs requests of its own accord
    return cast("V", _hang(Door.API, exempt))


def api_entrance[V: View](view: V) -> V:
    """The threshold of the API: its own description, open to anyone, changing nothing."""
    return cast("V", _hang(Door.API, login_not_required(view)))


def problem(code: str, title: str, *, status: int, **members: object) -> JsonResponse:
    """Return a problem document (RFC 9457); `type` is a code, stable across languages."""
    document = {"type": f"urn:balise:problem:{code}", "title": title, "status": status, **members}
    return JsonResponse(document, status=status, content_type="application/problem+json")


def hang(
    patterns: list[URLPattern | URLResolver], *, behind: Callable[[Any], Any]
) -> list[URLPattern | URLResolver]:
    """Put the views of a library behind a door, keeping their addresses and names."""
    for entry in patterns:
        if isinstance(entry, URLResolver):
            hang(entry.url_patterns, behind=behind)
        else:
            entry.callback = behind(entry.callback)
    return patterns


def _answer(view: View, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
    """Return the view's answer; what is not there, not theirs or erased is the same 404."""
    try:
        return view(request, *args, **kwargs)
    except (NotHere, NotYours, KeyForgotten):
        raise Http404 from None


_GZIP: Final = GZipMiddleware(lambda _request: HttpResponse())


def _compressed(request: Request, answer: HttpResponse) -> HttpResponse:
    """Return a page as the browser takes it, in a tenth of its bytes (decision 68).

    Files stay as they are, and what a library has not drawn yet.
    """
    is_page = answer.get("Content-Type", "").startswith("text/html")
    if not is_page or answer.streaming or not getattr(answer, "is_rendered", True):
        return answer
    return cast("HttpResponse", _GZIP.process_response(request, answer))


def _hang(door: Door, view: View) -> View:
    cast("Any", view).door = door
    return view


# The headers that every answer carries, beside those that Django's own settings give.


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
