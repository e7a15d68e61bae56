"""A release of the app: the list of its files with their hashes, signed, that a phone checks.

    release.json  {"version", "made_at", "files": [{"path", "sha256", "bytes", "headers"?}],
                   "headers": {…}, "keys": {"sharing": base64 of an SPKI}}
    release.sig   ECDSA on P-256 with SHA-256 (FIPS 186-5) over its exact bytes: r and s, 32 bytes
                  each, base64; every browser of five years ago checks it
    release.key   the public half: SPKI (RFC 5280), base64

`docs/decisions/0069` says what it can and cannot do.
"""

import base64
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from html import unescape
from posixpath import dirname, join, normpath
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.hashes import SHA256

_OCTETS: Final = 32  # of each half of a signature on P-256
_STYLED: Final = re.compile(r"""url\(\s*["']?(?!data:|#)([^"')?#]+)""")
_IMPORTED: Final = re.compile(r"""["'](\.{1,2}/[^"'?#\s]+)["']""")
_PAGE_LINKS: Final = re.compile(r"""\bhref="(/[a-z]{2}/app/[^"?#]*)["?#]""")


class ReleaseFaulty(ValueError):
    """A release, a key or a signature is not what it must be."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of a release; `headers` are those in which a page differs from the others."""

    path: str
    content: bytes
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def told(self) -> Mapping[str, Any]:
        """Return its entry in the manifest."""
        told = {
            "path": self.path,
            "sha256": sha256(self.content).hexdigest(),
            "bytes": len(self.content),
        }
        return {**told, "headers": dict(self.headers)} if self.headers else told


def manifest(
    files: Sequence[Listed],
    *,
    made_at: datetime,
    headers: Mapping[str, str],
    keys: Mapping[str, str],
) -> bytes:
    """Return the exact bytes to sign; files in the order of their paths, their hash the version.

    ValueError where a path is listed twice.
    """
    listed = [each.told for each in sorted(files, key=lambda one: one.path)]
    if len({each["path"] for each in listed}) < len(listed):
        raise ReleaseFaulty("a path is listed twice")
    body = {"files": listed, "headers": dict(headers), "keys": dict(keys)}
    version = sha256(_bytes(body)).hexdigest()[:16]
    moment = made_at.astimezone(UTC).isoformat(timespec="seconds")
    return _bytes({"version": version, "made_at": moment, **body})


def version_of(told: bytes) -> str:
    """Return the version that a manifest bears; ReleaseFaulty where it is none."""
    try:
        found = json.loads(told)
        return str(found["version"])
    except (ValueError, KeyError, TypeError) as error:
        raise ReleaseFaulty("this is no release") from error


def links(page: str) -> Iterator[str]:
    """Yield the pages of the app to which a page leads, as paths."""
    yield from (unescape(each) for each in _PAGE_LINKS.findall(page))


def named_files(page: str, *, below: str) -> Iterator[str]:
    """Yield the static files that a page names, as paths below `below`, such as `/static/`."""
    yield from re.findall(re.escape(below) + r"([\w./@-]+)", unescape(page))


def needed_by(path: str, content: bytes) -> Iterator[str]:
    """Yield what a style sheet or a module fetches, as paths beside its own."""
    pattern = {"css": _STYLED, "js": _IMPORTED, "mjs": _IMPORTED}.get(path.rpartition(".")[2])
    if pattern is not None:
        for found in pattern.findall(content.decode()):
            yield normpath(join(dirname(path), found))


def new_key() -> bytes:
    """Return a new private key, as PEM (PKCS 8)."""
    return ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def public_half(private: bytes) -> str:
    """Return the public half of a private key, as base64 of its SPKI."""
    octets = (
        _private(private)
        .public_key()
        .public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    return base64.b64encode(octets).decode()


def sign(told: bytes, private: bytes) -> str:
    """Return the signature of a manifest, always the same for the same bytes (RFC 6979)."""
    version_of(told)
    made = _private(private).sign(told, ec.ECDSA(SHA256(), deterministic_signing=True))
    halves = decode_dss_signature(made)
    return base64.b64encode(b"".join(each.to_bytes(_OCTETS) for each in halves)).decode()


def is_signed(told: bytes, *, signature: str, public: str) -> bool:
    """Return whether a manifest was signed by the holder of a public key."""
    try:
        octets = base64.b64decode(signature.strip(), validate=True)
        key = serialization.load_der_public_key(base64.b64decode(public.strip(), validate=True))
    except ValueError:
        return False
    if not isinstance(key, ec.EllipticCurvePublicKey) or len(octets) != 2 * _OCTETS:
        return False
    halves = int.from_bytes(octets[:_OCTETS]), int.from_bytes(octets[_OCTETS:])
    try:
        key.verify(encode_dss_signature(*halves), told, ec.ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


def _private(pem: bytes) -> ec.EllipticCurvePrivateKey:
    try:
        key = serialization.load_pem_private_key(pem, password=None)
    except (ValueError, TypeError) as error:
        raise ReleaseFaulty("this is no private key, as `balise release key` makes one") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.curve.name != "secp256r1":
        raise ReleaseFaulty("the key is not on P-256")
    return key


def _bytes(told: Mapping[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
