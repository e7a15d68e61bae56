"""Bodies are refused before they are read: too long, or of a length that nobody told."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


def capped(application: "WSGIApplication", *, limit: int) -> "WSGIApplication":
    """Refuse a body of more than `limit` bytes before any of it is read.

    A body that does not say its length (chunked) is refused too: Django would not read it.
    """

    def door(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        refusal = refused_body(
            environ.get("CONTENT_LENGTH"), environ.get("HTTP_TRANSFER_ENCODING"), limit=limit
        )
        if refusal is None:
            return application(environ, start_response)
        start_response(f"{refusal.value} {refusal.phrase}", [("Content-Length", "0")])
        return []

    return door


def refused_body(
    length: str | None, transfer_encoding: str | None, *, limit: int
) -> HTTPStatus | None:
    """Return the status that refuses a body, or None where it may be read."""
    if transfer_encoding:
        return HTTPStatus.LENGTH_REQUIRED
    if not length:
        return None
    if not (length.isascii() and length.isdigit()):
        return HTTPStatus.BAD_REQUEST
    return HTTPStatus.CONTENT_TOO_LARGE if int(length) > limit else None
