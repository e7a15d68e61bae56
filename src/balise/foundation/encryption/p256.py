"""ECDSA on P-256 with SHA-256 (FIPS 186-5): what browsers of five years ago check as well.

A signature is r and s, 32 bytes each, in base64, as WebCrypto takes it; a public key is its SPKI
(RFC 5280) in base64. `docs/decisions/0069` says what is signed so.
"""

import base64
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.hashes import SHA256

_OCTETS: Final = 32  # of each half of a signature


class KeyFaulty(ValueError):
    """A file holds no private key on P-256."""


def new_key() -> bytes:
    """Return a new private key, as PEM (PKCS 8)."""
    return ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def public_half(private: bytes) -> str:
    """Return the public half of a private key; KeyFaulty where it is none."""
    octets = (
        _private(private)
        .public_key()
        .public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    return base64.b64encode(octets).decode()


def sign(message: bytes, private: bytes) -> str:
    """Return a signature, always the same for the same bytes (RFC 6979); KeyFaulty as above."""
    made = _private(private).sign(message, ec.ECDSA(SHA256(), deterministic_signing=True))
    halves = decode_dss_signature(made)
    return base64.b64encode(b"".join(each.to_bytes(_OCTETS) for each in halves)).decode()


def is_signed(message: bytes, *, signature: str, public: str) -> bool:
    """Return whether a message was signed by the holder of a public key."""
    try:
        octets = base64.b64decode(signature.strip(), validate=True)
        key = serialization.load_der_public_key(base64.b64decode(public.strip(), validate=True))
    except ValueError:
        return False
    if not isinstance(key, ec.EllipticCurvePublicKey) or len(octets) != 2 * _OCTETS:
        return False
    halves = int.from_bytes(octets[:_OCTETS]), int.from_bytes(octets[_OCTETS:])
    try:
        key.verify(encode_dss_signature(*halves), message, ec.ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


def _private(pem: bytes) -> ec.EllipticCurvePrivateKey:
    try:
        key = serialization.load_pem_private_key(pem, password=None)
    except (ValueError, TypeError) as error:
        raise KeyFaulty("this is no private key, as `balise release key` makes one") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.curve.name != "secp256r1":
        raise KeyFaulty("the key is not on P-256")
    return key
