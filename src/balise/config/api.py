"""The partners' API of all lines: one OpenAPI document, one way for errors to leave."""

from collections.abc import Callable, Iterator
from functools import wraps
from http import HTTPStatus
from importlib import import_module
from typing import Any, cast

import orjson
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, URLResolver, path
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser

from balise.config import api_reference
from balise.config.modules import modules
from balise.foundation import clock, strict_json
from balise.foundation.refusals import Refused
from balise.foundation.web import doors
from balise.foundation.web.doors import Request, problem

MOST_A_MINUTE = 600  # requests of one partner; each process counts its own without Valkey
_MINUTE = 60
_MOST_ERRORS = 100  # told of one request

type View = Callable[..., HttpResponse]


class AnotherType(ValueError):
    """The body is declared as something that is not JSON."""


class StrictJson(Parser):
    """JSON as RFC 8259 says it: no NaN, no half characters, no unlimited nesting, no key twice."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        if request.content_type != "application/json":
            raise AnotherType
        found: dict[str, Any] = strict_json.loads(request.body)
        return found


api = NinjaAPI(
    title="Balise",
    version="1",
    description=api_reference.ABOUT,
    docs_url=None,
    openapi_url=None,
    urls_namespace="partners",
    parser=StrictJson(),
)
QUICK: dict[str, Any] = {}  # by the address: the module's door, which answers it before Django
for _name, _module in modules().items():
    if _module.partners:
        _door = import_module(f"{_name}.web.api")
        api.add_router(f"/{_module.partners}", _door.router)
        if _module.quick:
            QUICK[_door.PATH] = _door


@api.exception_handler(ValidationError)
def invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer which field cannot be read, without repeating what it held."""
    errors = [_said(one["loc"], one["type"], one["msg"]) for one in error.errors]
    return problem(
        "not-understood", "The request cannot be read.", status=422, errors=errors[:_MOST_ERRORS]
    )


def _said(where: tuple[str | int, ...], code: str, detail: str) -> dict[str, object]:
    names = [part for part in where[1:] if isinstance(part, str)]
    if where[0] == "body":
        names = names[1:]  # the library puts the name of our own argument in front
    said: dict[str, object] = {"field": ".".join(names), "code": code, "detail": detail}
    index = next((part for part in where if isinstance(part, int)), None)
    return said if index is None else said | {"index": index}


@api.exception_handler(HttpError)
def refused_by_library(_request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer that the body is not JSON, in the same form as other errors."""
    if isinstance(error.__cause__, AnotherType):
        title = "The body must be JSON: Content-Type: application/json."
        return problem("not-json", title, status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    if isinstance(error.__cause__, strict_json.KeyTwice):
        return problem("key-twice", "An object has a name twice.", status=error.status_code)
    return problem("not-json", "The body is not JSON in UTF-8.", status=error.status_code)


@api.exception_handler(RequestDataTooBig)
def too_long(_request: HttpRequest, _error: RequestDataTooBig) -> HttpResponse:
    """Answer that the body is longer than the limit."""
    return problem("too-long", "The body is too long.", status=HTTPStatus.CONTENT_TOO_LARGE)


@api.exception_handler(PermissionDenied)
def not_allowed(_request: HttpRequest, _error: PermissionDenied) -> HttpResponse:
    """Answer that the token lacks the scope."""
    return problem("not-allowed", "This token may not do that.", status=403)


@api.exception_handler(Refused)
def refused(_request: HttpRequest, error: Refused) -> HttpResponse:
    """Answer what the program refuses, and why."""
    return problem(error.code, error.message, status=409)


@api.exception_handler(Exception)
def unforeseen(_request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer unforeseen errors and outages as the rest of Balise does."""
    raise error


def limited(view: View) -> View:
    """Refuse a caller who asks too often."""

    @wraps(view)
    def within_limits(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not _is_too_often(request):
            return view(request, *args, **kwargs)
        refusal = problem("too-many-requests", "Too many requests in a minute.", status=429)
        refusal["Retry-After"] = str(_MINUTE)
        return refusal

    return within_limits


def in_problems(view: View) -> View:
    """Answer with a problem document that a method does not exist."""

    @wraps(view)
    def said(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if not isinstance(response, HttpResponseNotAllowed):
            return response
        refusal = problem("method-not-allowed", "There is no such method here.", status=405)
        refusal["Allow"] = response["Allow"]
        return refusal

    return said


def _is_too_often(request: Request) -> bool:
    """Count one request of a partner, and return whether it is one too many in this minute.

    Look-ups have a count of their own, with those that are answered before Django is asked.
    """
    if quick := QUICK.get(request.path):
        return bool(quick.is_too_often(request.actor))
    key = f"api:{request.actor.key}:{int(clock.now().timestamp()) // _MINUTE}"
    if cache.add(key, 1, timeout=2 * _MINUTE):
        return False
    try:
        return cache.incr(key) > MOST_A_MINUTE
    except ValueError:  # it ran out between the two
        return False


@doors.api_entrance
@in_problems
@require_safe
def document(_request: HttpRequest) -> HttpResponse:
    """Return the OpenAPI document; it holds no secret, so it needs no token."""
    return HttpResponse(
        orjson.dumps(api_reference.completed(_schema())), content_type="application/json"
    )


@doors.api_entrance
@in_problems
@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """Show the same document to people."""
    return api_reference.page(request, api_reference.completed(_schema()))


def _schema() -> dict[str, Any]:
    return dict(api.get_openapi_schema(path_prefix="/api/v1/"))


def _machines() -> Iterator[URLPattern]:
    """Yield the addresses for what signs: exchanges of telephones, messaging, other hotlines."""
    for name, module in modules().items():
        for who, address in import_module(f"{name}.urls").machines if module.machines else ():
            address.callback = doors.hook(in_problems(limited(address.callback)), who=who)
            address.callback.told_by = name
            yield address


def _of_partners() -> Iterator[URLPattern | URLResolver]:
    """Yield the addresses for partners' tokens; each says which module told it."""
    behind = doors.hang(
        list(api.urls[0]), behind=lambda view: doors.api(in_problems(limited(view)))
    )
    hung = {module.partners: name for name, module in modules().items() if module.partners}
    for address in behind:
        of = [place for place in hung if str(address.pattern).startswith(f"{place}/")]
        if of:
            cast("Any", address).callback.told_by = hung[max(of, key=len)]
        yield address


patterns: list[URLPattern | URLResolver] = [
    path("", reference, name="reference"),
    path("openapi.json", document, name="openapi"),
    *_of_partners(),
    *_machines(),
]
