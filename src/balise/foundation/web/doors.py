"""The three doors. Every view stands behind exactly one; `tests/architecture` sees to it.

A door settles who acts (`request.actor`) and how a refusal leaves. It never asks for an ability:
the action or the query does, once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Any, Final, Protocol, cast

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
