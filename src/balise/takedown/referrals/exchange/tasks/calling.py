"""One signed request to another hotline: an address that two people approved, and no further.

Only https, to the public address that the tracer says the name leads to; no redirect is followed;
all of it ends within SECONDS. In a demonstration, this machine itself may be called in clear.
"""

import asyncio
import secrets
import ssl
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

import httpx
from django.conf import settings

from balise.foundation.clock import now
from balise.foundation.encryption.others import sign_outward
from balise.takedown.referrals.exchange.queries.peers import EXCHANGE, own_card
from balise.takedown.referrals.exchange.rules import signing
from balise.takedown.tracing.queries import resolve

SECONDS = 20.0
LONGEST_ANSWER = 16 << 20
ROOT = "/api/v1/network"


class NotReached(RuntimeError):
    """There was no answer, or none that could be read."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the other hotline's server answered."""

    status: int
    body: bytes


def call(address: str, path: str, *, method: str, body: bytes = b"") -> Reply:
    """Return the answer to a signed request, or raise NotReached."""
    url = f"{address}{ROOT}{path}"
    headers = {
        "Content-Type": signing.CONTENT_TYPE,
        "Content-Digest": signing.content_digest(body),
    }
    request = signing.request_to(url, method=method, body=body, headers=headers)
    key_id = own_card().keys.signing_id
    claim = signing.claim(key_id=key_id, nonce=secrets.token_urlsafe(18), at=now())
    signed = sign_outward(EXCHANGE, claim.text(request))
    headers |= signing.headers_of(claim, signed.value) | {"Host": request.authority}
    pinned, server_name = _pinned(url)
    return asyncio.run(_called(pinned, server_name, method=method, body=body, headers=headers))


def _pinned(url: str) -> tuple[str, str]:
    """Return the URL with the very IP address to connect to, and the name to check."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if settings.DEMONSTRATION and _is_this_machine(host):
        ip = "127.0.0.1" if host == "localhost" else host
    elif parts.scheme != "https":
        raise NotReached("only https")
    else:
        found = resolve(host)
        if not found:
            raise NotReached("the name leads nowhere public, or the tracer does not answer")
        ip = str(found[0])
    port = f":{parts.port}" if parts.port else ""
    named = f"[{ip}]" if ":" in ip else ip
    return parts._replace(netloc=f"{named}{port}").geturl(), host


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


async def _called(
    url: str, server_name: str, *, method: str, body: bytes, headers: dict[str, str]
) -> Reply:
    try:
        async with (
            asyncio.timeout(SECONDS),
            httpx.AsyncClient(
                timeout=SECONDS,
                follow_redirects=False,
                trust_env=False,
                verify=ssl.create_default_context(),
            ) as client,
            client.stream(
                method,
                url,
                content=body,
                headers=headers,
                extensions={"sni_hostname": server_name},
            ) as answer,
        ):
            pieces = bytearray()
            async for piece in answer.aiter_raw():
                pieces += piece
                if len(pieces) > LONGEST_ANSWER:
                    raise NotReached("the answer has no end")
            return Reply(answer.status_code, bytes(pieces))
    except (httpx.HTTPError, TimeoutError, OSError) as error:
        raise NotReached(type(error).__name__) from None
