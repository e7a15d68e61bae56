"""A POST to an address that an administrator wrote; only public addresses are accepted.

The tracer process resolves the host; the connection goes to that same IP address, so a second
answer of the DNS changes nothing. Only https, and nothing of the answer is read but its status. In
a demonstration, this machine itself may be told too, without encryption.
"""

from collections.abc import Mapping
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from balise.foundation.outgoing import Bounds, Line, NoAnswer, request
from balise.foundation.url import is_this_machine
from balise.takedown.tracing.queries import resolve
from balise.takedown.tracing.rules.addresses import AddressRefused, read_address

SECONDS = 5.0
_HTTP, _HTTPS = 80, 443


class NotTaken(RuntimeError):
    """The partner's server did not take the message; it is tried again later."""


def post(address: str, *, body: bytes, headers: Mapping[str, str]) -> None:
    """Post a body; raise NotTaken unless the server answers with a 2xx in time."""
    url, ip = _found(address)
    port = url.port or (_HTTPS if url.scheme == "https" else _HTTP)
    pinned = url._replace(netloc=f"[{ip}]:{port}" if ":" in ip else f"{ip}:{port}").geturl()
    named = {**headers, "Host": url.netloc}
    try:
        answer = request(
            "POST",
            pinned,
            body=body,
            headers=named,
            line=Line(server_name=url.hostname or ""),
            bounds=Bounds(seconds=SECONDS, longest=0),
        )
    except NoAnswer as error:
        raise NotTaken(str(error)) from None
    if not answer.is_success:
        raise NotTaken(f"HTTP {answer.status}")


def _found(address: str) -> tuple[SplitResult, str]:
    """Return an address and the IP address to connect to; refuse what is not public, or clear."""
    if settings.DEMONSTRATION and is_this_machine(urlsplit(address).hostname or ""):
        here = urlsplit(address)
        return here, "127.0.0.1" if here.hostname == "localhost" else str(here.hostname)
    try:
        read = read_address(address)
    except AddressRefused as refusal:
        raise NotTaken(refusal.code) from None
    if read.scheme != "https":
        raise NotTaken("only https is told")
    ips = resolve(read.host)
    if not ips:
        raise NotTaken("the host leads nowhere public, or the tracer does not answer")
    return urlsplit(read.canonical), str(ips[0])
