from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pytest_django import Settings

from balise.foundation.encryption.keyfiles import write_octets
from balise.foundation.encryption.keyring import KeyNotHeld, KeysFaulty
from balise.foundation.encryption.signatures import (
    published,
    renew_signing_key,
    sign,
    signing_key,
    verify,
    verify_with,
)
from balise.foundation.encryption.turning import create_key_ring

MESSAGE = b"what the line certifies"


class TestSignature:
    @pytest.mark.usefixtures("keys")
    def test_is_verified_for_its_line_key_and_message_only(self) -> None:
        signed = sign("hotline", MESSAGE)
        assert signed.key_id == signing_key("hotline")
        assert verify("hotline", signed.key_id, MESSAGE, signed.value)
        assert not verify("hotline", signed.key_id, MESSAGE + b".", signed.value)
        assert not verify("hotline", "hotline-sign-9", MESSAGE, signed.value)
        assert not verify("helpline", signed.key_id, MESSAGE, signed.value)
        assert not verify("hotline", signed.key_id, MESSAGE, signed.value[:-1])

    @pytest.mark.usefixtures("keys")
    def test_is_verified_by_whoever_has_the_published_key(self) -> None:
        signed = sign("hotline", MESSAGE)
        pem = published("hotline")[signed.key_id]
        assert verify_with(pem, MESSAGE, signed.value)
        assert not verify_with(pem, MESSAGE + b".", signed.value)
        assert not verify_with(published("helpline")["helpline-sign-1"], MESSAGE, signed.value)
        assert not verify_with(b"no key", MESSAGE, signed.value)

    @pytest.mark.usefixtures("keys")
    def test_a_public_process_verifies_but_never_signs(self, settings: Settings) -> None:
        signed = sign("hotline", MESSAGE)
        settings.DOORS = ["public"]
        assert verify("hotline", signed.key_id, MESSAGE, signed.value)
        with pytest.raises(KeyNotHeld):
            sign("hotline", MESSAGE)

    def test_a_process_without_the_file_does_not_sign(self, keys: Path) -> None:
        (keys / "hotline.signing.json").unlink()
        with pytest.raises(KeyNotHeld):
            sign("hotline", MESSAGE)

    @pytest.mark.parametrize("text", ["", "{}", '{"active": "a", "keys": {}}'])
    def test_a_broken_file_is_refused(self, keys: Path, text: str) -> None:
        (keys / "hotline.signing.json").unlink()
        (keys / "hotline.signing.json").write_text(text)
        with pytest.raises(KeysFaulty):
            sign("hotline", MESSAGE)

    def test_a_missing_verifying_file_is_refused(self, keys: Path) -> None:
        signed = sign("hotline", MESSAGE)
        (keys / "hotline.verifying.json").unlink()
        with pytest.raises(KeysFaulty):
            verify("hotline", signed.key_id, MESSAGE, signed.value)

    def test_set_up_finishes_what_was_cut_off(self, keys: Path) -> None:
        signed = sign("hotline", MESSAGE)
        (keys / "hotline.verifying.json").unlink()
        create_key_ring()
        assert verify("hotline", signed.key_id, MESSAGE, signed.value)

    def test_outlives_its_key(self, keys: Path) -> None:
        old = sign("hotline", MESSAGE)
        assert renew_signing_key(keys, "hotline") == "hotline-sign-2"
        new = sign("hotline", MESSAGE)
        assert new.key_id == "hotline-sign-2"
        assert verify("hotline", new.key_id, MESSAGE, new.value)
        assert verify("hotline", old.key_id, MESSAGE, old.value)

    def test_is_as_the_rfc_says(self, keys: Path) -> None:
        """RFC 8032, 7.1, test 2."""
        private = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
        write_octets(keys / "hotline.signing.json", {"rfc": private}, active="rfc")
        public = Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
        assert public.hex() == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
        assert sign("hotline", b"\x72").value.hex() == (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        )
