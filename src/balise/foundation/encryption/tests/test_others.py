"""Letters to strangers: only they open them, only we can have signed them."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from pytest_django import Settings

from balise.foundation.encryption import signatures
from balise.foundation.encryption.envelope import SealBroken
from balise.foundation.encryption.keyring import KeyNotHeld
from balise.foundation.encryption.signatures import PublicPair, renew_signing_key

pytestmark = pytest.mark.usefixtures("keys")

LINE = "hotline"
TEXT = b'{"where":"https://images.example/a"}'


def stranger() -> PublicPair:
    return PublicPair(
        Ed25519PrivateKey.generate().public_key().public_bytes_raw(),
        X25519PrivateKey.generate().public_key().public_bytes_raw(),
    )


class TestSeal:
    def test_opens_for_its_key_and_purpose_only(self) -> None:
        own = signatures.own_pair(LINE)
        sealed = signatures.seal_outward(own.sealing, TEXT, bound_to=b"letter 1")
        opened = signatures.open_inward(LINE, own.sealing_id, sealed, bound_to=b"letter 1")
        assert opened.rstrip() == TEXT
        assert len(opened) % 512 == 0
        for line, key_id, text, purpose in (
            (LINE, own.sealing_id, sealed, b"letter 2"),
            (LINE, own.sealing_id, sealed[:-1] + bytes([sealed[-1] ^ 1]), b"letter 1"),
            (LINE, own.sealing_id, b"", b"letter 1"),
            (LINE, "0" * 32, sealed, b"letter 1"),
            ("helpline", own.sealing_id, sealed, b"letter 1"),
        ):
            with pytest.raises(SealBroken):
                signatures.open_inward(line, key_id, text, bound_to=purpose)

    def test_is_opened_by_no_public_process(self, settings: Settings) -> None:
        own = signatures.own_pair(LINE)
        sealed = signatures.seal_outward(own.sealing, TEXT, bound_to=b"")
        settings.DOORS = ["public"]
        with pytest.raises(KeyNotHeld):
            signatures.open_inward(LINE, own.sealing_id, sealed, bound_to=b"")


class TestSignature:
    def test_bears_the_name_that_others_know_the_key_by(self) -> None:
        signed = signatures.sign_outward(LINE, TEXT)
        own = signatures.own_pair(LINE)
        assert signed.key_id == own.signing_id
        assert signatures.is_signed_by(own.signing, TEXT, signed.value)
        assert not signatures.is_signed_by(own.signing, TEXT + b" ", signed.value)
        assert not signatures.is_signed_by(stranger().signing, TEXT, signed.value)
        assert not signatures.is_signed_by(own.signing, TEXT, b"")

    def test_a_renewed_key_is_the_one_given_away(self, settings: Settings) -> None:
        before = signatures.own_pair(LINE)
        renew_signing_key(settings.KEYS, LINE)
        after = signatures.own_pair(LINE)
        assert before.signing != after.signing
        assert signatures.sign_outward(LINE, TEXT).key_id == after.signing_id


class TestStrangersKeys:
    def test_are_usable_if_they_are_keys(self) -> None:
        assert signatures.is_usable(stranger())

    @pytest.mark.parametrize("octets", [b"", b"short", bytes(31), bytes(32), b"\x01" + bytes(31)])
    def test_no_trap_is_taken_for_a_key(self, octets: bytes) -> None:
        assert not signatures.is_usable(PublicPair(stranger().signing, octets))

    def test_one_key_never_does_both(self) -> None:
        key = stranger().sealing
        assert not signatures.is_usable(PublicPair(key, key))
