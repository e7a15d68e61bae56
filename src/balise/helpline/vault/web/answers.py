"""Addresses that the vault's own page calls by script: JSON, no cookie, refusals as problems."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Final

import orjson
from django.http import HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from balise.foundation.finding import NotHere, NotYours
from balise.foundation.refusals import Refused
from balise.foundation.strict_json import KeyTwice, loads
from balise.foundation.web.doors import Request, problem, public
from balise.foundation.web.pauses import metered
from balise.helpline.vault.rules.bounds import Malformed

type Fields = dict[str, Any]
type View = Callable[..., HttpResponse]

_STATUS: Final = {
    "code-elsewhere": HTTPStatus.CONFLICT,
    "file-not-stored": HTTPStatus.SERVICE_UNAVAILABLE,
    "file-too-large": HTTPStatus.CONTENT_TOO_LARGE,
    "invitation-over": HTTPStatus.GONE,
    "invitation-unknown": HTTPStatus.NOT_FOUND,
    "link-over": HTTPStatus.GONE,
    "receipt-mistyped": HTTPStatus.BAD_REQUEST,
    "stamps-off": HTTPStatus.SERVICE_UNAVAILABLE,
    "vault-malformed": HTTPStatus.BAD_REQUEST,
    "vault-not-committed": HTTPStatus.CONFLICT,
    "vault-not-sealed": HTTPStatus.BAD_REQUEST,
    "vault-too-large": HTTPStatus.CONTENT_TOO_LARGE,
}


def answers(*methods: str) -> Callable[[View], View]:
    """Open an address to the page's script, at a pace; a refusal leaves as a problem (RFC 9457).

    Another site gains nothing by calling it: no cookie is read, each secret is in the request.
    """

    def behind(view: View) -> View:
        @wraps(view)
        def answered(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                answer = view(request, *args, **kwargs)
            except (NotHere, NotYours):
                return problem("not-here", "There is nothing here.", status=HTTPStatus.NOT_FOUND)
            except Refused as refusal:
                status = _STATUS.get(refusal.code, HTTPStatus.CONFLICT)
                return problem(refusal.code, refusal.message, status=status)
            answer["Cache-Control"] = "no-store"
            return answer

        return public(csrf_exempt(require_http_methods(methods)(metered(answered))))

    return behind


def said(request: Request) -> Fields:
    """Return the fields of a JSON object that was sent; refuses (Malformed) anything else."""
    try:
        found = loads(request.body)
    except (orjson.JSONDecodeError, KeyTwice, UnicodeDecodeError):
        raise Malformed("A JSON object is needed.") from None
    if not isinstance(found, dict):
        raise Malformed("A JSON object is needed.")
    return found


def whole(text: object) -> int:
    """Return a whole number that came as text; refuses (Malformed) anything else."""
    if not isinstance(text, str) or not text.isdecimal() or len(text) > 9:  # noqa: PLR2004
        raise Malformed("A whole number is needed.")
    return int(text)


def found(**fields: object) -> JsonResponse:
    """Return fields as JSON."""
    return JsonResponse(fields)


def octets(content: bytes) -> HttpResponse:
    """Return ciphertext."""
    return HttpResponse(content, content_type="application/octet-stream")
