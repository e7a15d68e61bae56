"""Signatures on P-256, as a browser checks them."""

import base64

import pytest

from balise.foundation.encryption import p256
from balise.foundation.encryption.p256 import KeyFaulty

TOLD = b"a list"


def test_a_signature_holds_for_its_exact_bytes_and_its_key() -> None:
    private = p256.new_key()
    signature, public = p256.sign(TOLD, private), p256.public_half(private)

    assert len(base64.b64decode(signature)) == 64
    assert p256.sign(TOLD, private) == signature
    assert p256.is_signed(TOLD, signature=signature, public=public)
    assert not p256.is_signed(TOLD + b" ", signature=signature, public=public)
    other = p256.public_half(p256.new_key())
    assert not p256.is_signed(TOLD, signature=signature, public=other)


@pytest.mark.parametrize("signature", ["", "é", "AAAA", "A" * 86 + "=="])
def test_what_is_no_signature_does_not_hold(signature: str) -> None:
    public = p256.public_half(p256.new_key())

    assert not p256.is_signed(TOLD, signature=signature, public=public)


def test_a_private_key_is_needed() -> None:
    with pytest.raises(KeyFaulty):
        p256.sign(TOLD, b"no key")
