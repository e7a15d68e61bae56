"""Bodies are refused before they are read: too long, or of a length that nobody told."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

import orjson
from django.conf import settings

from balise.foundation.web import errors, quick_exit

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

# What the pages' own middleware would have said: it never sees this request.
_PAGE = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """How many bytes a body may have: one with files, and any other."""

    plain: int
    with_files: int

    def refusal(self, header: Callable[[str], str | None]) -> HTTPStatus | None:
        """Return the status that refuses a body, or None where it may be read.

        `header` returns a header by its WSGI name. A body that does not say its length (chunked)
        is refused: Django would not read it.
        """
        if header("HTTP_TRANSFER_ENCODING"):
            return HTTPStatus.LENGTH_REQUIRED
        length = header("CONTENT_LENGTH")
        if not length:
            return None
        if not (length.isascii() and length.isdigit()):
            return HTTPStatus.BAD_REQUEST
        has_files = (header("CONTENT_TYPE") or "").lower().startswith("multipart/form-data")
        limit = self.with_files if has_files else self.plain
        return HTTPStatus.CONTENT_TOO_LARGE if int(length) > limit else None


def said(
    refusal: HTTPStatus, *, path: str, cookies: str
) -> tuple[HTTPStatus, dict[str, str], bytes]:
    """Return the status, the headers and the body of a refusal: for partners a problem document.

    For people who sent too much, a page that says what to do, or the way to the plain page if they
    have just left (`cookies` is their Cookie header); for a request that no browser sends, nothing.
    """
    if not path.startswith("/api/"):
        if refusal is not HTTPStatus.CONTENT_TOO_LARGE:
            return refusal, {"Content-Length": "0"}, b""
        if quick_exit.says_away(cookies):
            away = {"Location": settings.CENTRE.quick_exit, "Cache-Control": "no-store"}
            return HTTPStatus.SEE_OTHER, away | {"Content-Length": "0"}, b""
        page = errors.page(errors.TOO_LARGE, path=path).encode()
        return refusal, _PAGE | {"Content-Length": str(len(page))}, page
    code = refusal.phrase.lower().replace(" ", "-")
    body = orjson.dumps(
        {"type": f"urn:balise:problem:{code}", "title": refusal.phrase, "status": refusal.value}
    )
    headers = {"Content-Type": "application/problem+json", "Content-Length": str(len(body))}
    return refusal, headers, body


def capped(application: "WSGIApplication", limits: Limits) -> "WSGIApplication":
    """Return the application behind the limits: what is refused never reaches it."""

    def door(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        refusal = limits.refusal(environ.get)
        if refusal is None:
            return application(environ, start_response)
        path, cookies = environ.get("PATH_INFO", ""), environ.get("HTTP_COOKIE", "")
        status, headers, body = said(refusal, path=path, cookies=cookies)
        start_response(f"{status.value} {status.phrase}", list(headers.items()))
        return [body]

    return door
