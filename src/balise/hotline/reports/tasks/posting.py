"""A POST to an address that an administrator wrote: trusted no further than the public internet.

The tracer process says where the host leads; the connection goes to that very IP address, so a
second answer of the DNS changes nothing. Only https, no redirect is followed, nothing of the
answer is read but its status, and all of it ends within SECONDS. In a demonstration, this machine
itself may be told too, without encryption.
"""

import asyncio
import ssl
from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

import httpx
from django.conf import settings

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
    status = asyncio.run(_posted(pinned, body, named, server_name=url.hostname or ""))
    if not httpx.codes.is_success(status):
        raise NotTaken(f"HTTP {status}")


def _found(address: str) -> tuple[SplitResult, str]:
    """Return an address and the IP address to connect to; refuse what is not public, or clear."""
    if settings.DEMONSTRATION and _is_this_machine(urlsplit(address).hostname or ""):
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


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


async def _posted(
    address: str, body: bytes, headers: Mapping[str, str], *, server_name: str
) -> int:
    try:
        # The library's own limits are for each step: a server that drips would never end.
        async with (
            asyncio.timeout(SECONDS),
            httpx.AsyncClient(
                timeout=SECONDS,
                follow_redirects=False,
                trust_env=False,
                verify=ssl.create_default_context(),
            ) as client,
            client.stream(
                "POST",
                address,
                content=body,
                headers=dict(headers),
                extensions={"sni_hostname": server_name},
            ) as answer,
        ):
            return answer.status_code
    except (httpx.HTTPError, TimeoutError, OSError) as error:
        raise NotTaken(type(error).__name__) from None
