"""One request to a source of hashes; in a demonstration, to a program of ours on this machine.

A source's real address is asked only where the centre has turned production on (decision 81).
"""

from http import HTTPStatus
from urllib.parse import urlencode

from django.conf import settings

from balise.foundation.outgoing import Answer, Bounds, Line, NoAnswer, request
from balise.hotline.matching.exchange.rules.items import Access, Ask, Fault

BOUNDS = Bounds(seconds=60.0, longest=16_000_000)
_REFUSED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})


class NotRead(RuntimeError):
    """Nothing came that could be read; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.value)


def access_of(code: str) -> Access | None:
    """Return how a source is addressed, or None where the centre does not ask it."""
    address = settings.HASHES.addresses.get(code, "")
    if settings.HASHES.loopback:
        address = f"http://127.0.0.1:{settings.HASHES.loopback}/{code}"
    if not address:
        return None
    user, _colon, secret = settings.HASHES.keys.get(code, "").partition(":")
    own = settings.HASHES.names.get(code, "")
    return Access(address=address.rstrip("/"), user=user, secret=secret, own=own)


def call(
    access: Access, ask: Ask, *, headers: dict[str, str], user: tuple[str, str] | None
) -> Answer:
    """Return what a source answers, whatever it is but a refusal or a failure. Raises NotRead."""
    query = f"?{urlencode(ask.query)}" if ask.query else ""
    if ask.content_type:
        headers = {**headers, "Content-Type": ask.content_type}
    try:
        answer = request(
            ask.method,
            f"{access.address}{ask.path}{query}",
            body=ask.body,
            headers=headers,
            line=Line(user=user),
            bounds=BOUNDS,
        )
    except NoAnswer:
        raise NotRead(Fault.SILENT) from None
    if answer.status in _REFUSED:
        raise NotRead(Fault.REFUSED)
    is_busy = answer.status == HTTPStatus.TOO_MANY_REQUESTS
    if is_busy or answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise NotRead(Fault.SILENT)
    return answer
