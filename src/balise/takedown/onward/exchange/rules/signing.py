"""Signed HTTP requests: RFC 9421 with Ed25519, Content-Digest as RFC 9530 has it. Pure.

Our profile is narrow on purpose: one signature, over the same parts each time, fresh for five
minutes, with a nonce that is taken once. Whatever else a header may say is refused.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from balise.foundation.url import PORTS, split_url

LABEL = "balise"
TAG = "balise-exchange"
ALGORITHM = "ed25519"
CONTENT_TYPE = "application/json"
COMPONENTS = ("@method", "@authority", "@path", "@query", "content-digest", "content-type")

LASTS = timedelta(minutes=5)
CLOCKS_DIFFER_BY = timedelta(minutes=1)
_NONCE = r"[A-Za-z0-9_-]{22,64}"
_KEY_ID = r"[0-9a-f]{32}"
_INPUT = re.compile(
    rf'{LABEL}=\((?P<components>"[^()]*")\)'
    r";created=(?P<created>[0-9]{1,12});expires=(?P<expires>[0-9]{1,12})"
    rf';nonce="(?P<nonce>{_NONCE})";keyid="(?P<key_id>{_KEY_ID})"'
    rf';alg="{ALGORITHM}";tag="{TAG}"'
)
_SIGNATURE = re.compile(rf"{LABEL}=:(?P<value>[A-Za-z0-9+/]{{86}}==):")


class SignatureFaulty(ValueError):
    """The request is not signed as our profile asks; the text says what is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedRequest:
    """A request as a signature sees it; header names are lower case."""

    method: str
    authority: str
    path: str
    query: str = ""
    headers: Mapping[str, str]
    body: bytes = b""

    def component(self, name: str) -> str:
        """Return a component's value (RFC 9421, section 2), or refuse one that is missing."""
        derived = {
            "@method": self.method,
            "@authority": self.authority.lower(),
            "@path": self.path or "/",
            "@query": f"?{self.query}",
        }
        value = derived.get(name, self.headers.get(name))
        if value is None:
            raise SignatureFaulty(f"{name} is missing")
        return " ".join(value.split("\n")).strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a signature says of itself: by which key, since when, until when, once."""

    key_id: str
    nonce: str
    created: datetime
    expires: datetime
    parameters: str
    signature: bytes = b""

    def text(self, request: SignedRequest, components: Sequence[str] = COMPONENTS) -> bytes:
        """Return the signature base of a request (RFC 9421, section 2.5)."""
        return signed_text(request, components, self.parameters)


def content_digest(body: bytes) -> str:
    """Return a body's Content-Digest (RFC 9530)."""
    return f"sha-256=:{b64encode(sha256(body).digest()).decode()}:"


def signed_text(request: SignedRequest, components: Sequence[str], parameters: str) -> bytes:
    """Return what is signed: each component on a line, the parameters last."""
    lines = [f'"{name}": {request.component(name)}' for name in components]
    return "\n".join([*lines, f'"@signature-params": {parameters}']).encode("ascii", "strict")


def claim(*, key_id: str, nonce: str, at: datetime) -> Claim:
    """Return what to say of a signature that is made at this moment."""
    created = at.replace(microsecond=0)
    expires = created + LASTS
    covered = " ".join(f'"{name}"' for name in COMPONENTS)
    parameters = (
        f"({covered});created={int(created.timestamp())};expires={int(expires.timestamp())}"
        f';nonce="{nonce}";keyid="{key_id}";alg="{ALGORITHM}";tag="{TAG}"'
    )
    return Claim(
        key_id=key_id, nonce=nonce, created=created, expires=expires, parameters=parameters
    )


def headers_of(claimed: Claim, signature: bytes) -> dict[str, str]:
    """Return the two headers of a signature."""
    return {
        "Signature-Input": f"{LABEL}={claimed.parameters}",
        "Signature": f"{LABEL}=:{b64encode(signature).decode()}:",
    }


def read_claim(request: SignedRequest, *, at: datetime) -> Claim:
    """Return what a request's signature says of itself, or raise SignatureFaulty.

    Looks at everything but the signature itself: form, covered parts, freshness, body digest.
    """
    found = _INPUT.fullmatch(request.headers.get("signature-input", ""))
    signed = _SIGNATURE.fullmatch(request.headers.get("signature", ""))
    if found is None or signed is None:
        raise SignatureFaulty("no signature in our profile")
    if tuple(found["components"].replace('"', "").split(" ")) != COMPONENTS:
        raise SignatureFaulty("the signature does not cover what it must")
    created, expires = (_moment(found[name]) for name in ("created", "expires"))
    if not created < expires <= created + LASTS:
        raise SignatureFaulty("the signature lasts for too long")
    if created > at + CLOCKS_DIFFER_BY or expires <= at - CLOCKS_DIFFER_BY:
        raise SignatureFaulty("the signature is not fresh")
    if request.headers.get("content-digest") != content_digest(request.body):
        raise SignatureFaulty("the body is not the one that was signed")
    return Claim(
        key_id=found["key_id"],
        nonce=found["nonce"],
        created=created,
        expires=expires,
        parameters=request.headers["signature-input"].removeprefix(f"{LABEL}="),
        signature=b64decode(signed["value"]),
    )


def request_to(
    url: str, *, method: str, body: bytes = b"", headers: Mapping[str, str]
) -> SignedRequest:
    """Return a request to a URL as a signature sees it (RFC 9421, section 2.2)."""
    parts = split_url(url)
    port = parts.port
    is_default = port is None or port == PORTS.get(parts.scheme)
    host = parts.hostname or ""
    named = f"[{host}]" if ":" in host else host
    return SignedRequest(
        method=method,
        authority=named if is_default else f"{named}:{port}",
        path=parts.path,
        query=parts.query,
        headers={name.lower(): value for name, value in headers.items()},
        body=body,
    )


def _moment(seconds: str) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)
