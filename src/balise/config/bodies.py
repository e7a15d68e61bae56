"""Bodies are refused before they are read: too long, or of a length that nobody told."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

import orjson

from balise.foundation.web import errors

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


def said(refusal: HTTPStatus, *, path: str) -> tuple[dict[str, str], bytes]:
    """Return the headers and the body of a refusal: for partners a problem document.

    For people who sent too much, a page that says what to do; for a request that no browser sends,
    nothing.
    """
    if not path.startswith("/api/"):
        if refusal is not HTTPStatus.CONTENT_TOO_LARGE:
            return {"Content-Length": "0"}, b""
        page = errors.page(errors.TOO_LARGE, path=path).encode()
        return _PAGE | {"Content-Length": str(len(page))}, page
    code = refusal.phrase.lower().replace(" ", "-")
    body = orjson.dumps(
        {"type": f"urn:balise:problem:{code}", "title": refusal.phrase, "status": refusal.value}
    )
    return {"Content-Type": "application/problem+json", "Content-Length": str(len(body))}, body


def capped(application: "WSGIApplication", limits: Limits) -> "WSGIApplication":
    """Return the application behind the limits: what is refused never reaches it."""

    def door(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        refusal = limits.refusal(environ.get)
        if refusal is None:
            return application(environ, start_response)
        headers, body = said(refusal, path=environ.get("PATH_INFO", ""))
        start_response(f"{refusal.value} {refusal.phrase}", list(headers.items()))
        return [body]

    return door
