"""What the API says of itself: the OpenAPI document, completed, and a page to read it on."""

from copy import deepcopy
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from balise import __doc__ as programme

ABOUT = (
    f"{programme} Every request carries `Authorization: Bearer TOKEN`. Every error is a problem "
    "document (RFC 9457): `type` is a stable code, `title` is for people, `errors` names fields."
)
PROBLEM = "application/problem+json"
_WRITING = {
    HTTPStatus.BAD_REQUEST: "The body is not JSON in UTF-8, or an object has a name twice.",
    HTTPStatus.LENGTH_REQUIRED: "The body does not say its length.",
    HTTPStatus.CONTENT_TOO_LARGE: "The body is longer than 1 MB.",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "The body is not declared as `application/json`.",
}
_ALWAYS = {
    HTTPStatus.UNAUTHORIZED: "The token is missing, unknown, revoked, expired or unconfirmed.",
    HTTPStatus.FORBIDDEN: "The token lacks the scope for this.",
    HTTPStatus.NOT_FOUND: "There is none such, or it is another partner's.",
    HTTPStatus.METHOD_NOT_ALLOWED: "There is no such method here.",
    HTTPStatus.CONFLICT: "Refused, for the reason in `title`: such as an idempotency key that was "
    "used for another report, or no contract for this.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "A field cannot be read: see `errors`.",
    HTTPStatus.TOO_MANY_REQUESTS: "Too many requests in a minute: see `Retry-After`.",
    HTTPStatus.SERVICE_UNAVAILABLE: "Out of service for a moment: see `Retry-After`.",
}
_PROBLEM = {
    "type": "object",
    "title": "Problem",
    "description": "A problem document (RFC 9457).",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string", "description": "urn:balise:problem:CODE"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "code"],
                "properties": {
                    "field": {"type": "string"},
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                    "index": {
                        "type": "integer",
                        "description": "From 0, where the field is a list.",
                    },
                },
            },
        },
    },
}


def completed(schema: dict[str, Any]) -> dict[str, Any]:
    """Return an OpenAPI document with the token that all of it asks for, and every problem."""
    whole = deepcopy(schema)
    components = whole.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = _PROBLEM
    components["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    whole["security"] = [{"token": []}]
    for operations in whole["paths"].values():
        for method, operation in operations.items():
            problems = _ALWAYS | (_WRITING if method == "post" else {})
            for status, says in sorted(problems.items()):
                operation["responses"][str(status.value)] = {
                    "description": says,
                    "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
                }
            operation["responses"] = {
                str(status): said for status, said in operation["responses"].items()
            }
    return whole


@dataclass(frozen=True, slots=True)
class Field:
    """One field or parameter, as the page shows it."""

    name: str
    kind: str
    is_required: bool
    says: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation, as the page shows it."""

    method: str
    path: str
    summary: str
    says: str
    parameters: tuple[Field, ...]
    body: tuple[Field, ...]
    answers: tuple[tuple[str, str], ...]
    gives: tuple[Field, ...]


def page(request: HttpRequest, document: dict[str, Any]) -> HttpResponse:
    """Return the document as a page: no script, nothing from elsewhere."""
    schemas = document["components"]["schemas"]
    operations = [
        _operation(method, path, operation, schemas)
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    ]
    context = {"about": document["info"]["description"], "operations": operations}
    return render(request, "config/api_reference.html", context)


def _operation(
    method: str, path: str, operation: dict[str, Any], schemas: dict[str, Any]
) -> Operation:
    sent = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    given: dict[str, Any] = next(
        (
            answer["content"]["application/json"]
            for answer in operation["responses"].values()
            if "application/json" in answer.get("content", {})
        ),
        {},
    )
    return Operation(
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        says=operation.get("description", ""),
        parameters=tuple(
            _field(parameter["name"], parameter["schema"], schemas, required=parameter["required"])
            for parameter in operation["parameters"]
        ),
        body=_fields(sent.get("schema", {}), schemas),
        answers=tuple(
            (status, answer["description"]) for status, answer in operation["responses"].items()
        ),
        gives=_fields(given.get("schema", {}), schemas),
    )


def _fields(schema: dict[str, Any], schemas: dict[str, Any]) -> tuple[Field, ...]:
    """Return the fields of an object, those of the objects in it after the name of their own."""
    found: list[Field] = []
    whole = _resolved(schema, schemas)
    for name, inner in whole.get("properties", {}).items():
        found.append(_field(name, inner, schemas, required=name in whole.get("required", [])))
        items = _resolved(inner.get("items", {}), schemas)
        found += [
            Field(f"{name}[].{field.name}", field.kind, field.is_required, field.says)
            for field in _fields(items, schemas)
        ]
    return tuple(found)


def _field(name: str, schema: dict[str, Any], schemas: dict[str, Any], *, required: bool) -> Field:
    whole = _resolved(schema, schemas)
    kinds = [_kind(_resolved(one, schemas)) for one in whole.get("anyOf", [whole])]
    limits = [
        f"{words} {whole[key]}"
        for key, words in (
            ("minLength", "at least"),
            ("maxLength", "at most"),
            ("maxItems", "at most"),
            ("minimum", "from"),
            ("maximum", "to"),
        )
        if key in whole
    ]
    kind = ", ".join([" or ".join(kinds), *limits])
    return Field(name, kind, required, whole.get("description", ""))


def _kind(schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return " | ".join(str(value) or "“”" for value in schema["enum"])
    kind = str(schema.get("format") or schema.get("type", "object"))
    return "list" if kind == "array" else kind


def _resolved(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    found: dict[str, Any] = schemas.get(name, schema)
    return found
