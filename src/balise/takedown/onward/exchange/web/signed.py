"""Who signed a request: what the signed door asks."""

from django.http import HttpRequest

from balise.foundation.actors import ANYONE, Actor
from balise.takedown.onward.exchange.actions import admitting
from balise.takedown.onward.exchange.rules.letters import LONGEST_ENVELOPE
from balise.takedown.onward.exchange.rules.signing import SignedRequest

_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


def signed_by(request: HttpRequest) -> Actor | None:
    """Return the hotline that signed a request (RFC 9421), or None."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST_ENVELOPE:
        return None
    default = _DEFAULT_PORTS.get(request.scheme or "", "")
    seen = SignedRequest(
        method=request.method or "",
        authority=request.get_host().removesuffix(default) if default else request.get_host(),
        path=request.path,
        query=request.META.get("QUERY_STRING", ""),
        headers={name.lower(): value for name, value in request.headers.items()},
        body=request.body,
    )
    return admitting.admit(request=seen, by=ANYONE)
