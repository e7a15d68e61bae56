"""The partners' API of all lines: one OpenAPI document, one way for errors to leave."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, URLResolver, path
from django.views.decorators.http import require_GET
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from balise import __doc__ as about
from balise.foundation.refusals import Refused
from balise.foundation.web import doors
from balise.foundation.web.doors import problem
from balise.hotline.reports.web.api import router as reports

api = NinjaAPI(
    title="Balise",
    version="1",
    description=(
        f"{about} Every request carries `Authorization: Bearer TOKEN`; errors are problem "
        "documents (RFC 9457)."
    ),
    docs_url=None,
    openapi_url=None,
    urls_namespace="partners",
)
api.add_router("/hotline", reports)


@api.exception_handler(ValidationError)
def invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Say which field cannot be read, without giving back what it held."""
    errors = [
        {"field": ".".join(str(part) for part in one["loc"][1:]), "code": one["type"]}
        for one in error.errors
    ]
    return problem("not-understood", "The request cannot be read.", status=422, errors=errors)


@api.exception_handler(HttpError)
def refused_by_library(_request: HttpRequest, error: HttpError) -> HttpResponse:
    """Say that the body is no JSON, in the same form as all the rest."""
    return problem("not-understood", str(error), status=error.status_code)


@api.exception_handler(PermissionDenied)
def not_allowed(_request: HttpRequest, _error: PermissionDenied) -> HttpResponse:
    """Say that the token's scopes do not reach so far."""
    return problem("not-allowed", "This token may not do that.", status=403)


@api.exception_handler(Refused)
def refused(_request: HttpRequest, error: Refused) -> HttpResponse:
    """Say what the programme refuses, and why."""
    return problem(error.code, error.message, status=409)


@doors.api_entrance
@require_GET
def document(_request: HttpRequest) -> HttpResponse:
    """Give the OpenAPI document; it holds no secret, so it needs no token."""
    return JsonResponse(api.get_openapi_schema(path_prefix="/api/v1/"))


patterns: list[URLPattern | URLResolver] = [
    path("openapi.json", document, name="openapi"),
    *doors.hang(list(api.urls[0]), behind=doors.api),
]
