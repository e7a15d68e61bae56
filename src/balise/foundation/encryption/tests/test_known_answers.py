"""Published vectors, and our own from each release, which must open for ever."""

import hmac
import json
from pathlib import Path
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from balise.foundation.encryption import envelope
from balise.foundation.encryption.worded import Receipt, read_receipt

FROZEN = json.loads(Path(__file__).with_name("frozen_v1.json").read_text())


class Rfc9180:
    """HPKE's base mode written down from the RFC, to hold the library against."""

    def __init__(self, private: X25519PrivateKey, enc: bytes, *, aead: int, key_bytes: int) -> None:
        self._aead, self._key_bytes = aead, key_bytes
        shared = private.exchange(X25519PublicKey.from_public_bytes(enc))
        suite = b"KEM" + (0x0020).to_bytes(2)
        context = enc + private.public_key().public_bytes_raw()
        prk = self._extract(b"", b"eae_prk", shared, suite)
        self.shared_secret = self._expand(prk, b"shared_secret", context, 32, suite)

    def key_and_nonce(self, info: bytes) -> tuple[bytes, bytes]:
        suite = b"HPKE" + b"".join(part.to_bytes(2) for part in (0x0020, 0x0001, self._aead))
        context = (
            b"\x00"
            + self._extract(b"", b"psk_id_hash", b"", suite)
            + self._extract(b"", b"info_hash", info, suite)
        )
        secret = self._extract(self.shared_secret, b"secret", b"", suite)
        return (
            self._expand(secret, b"key", context, self._key_bytes, suite),
            self._expand(secret, b"base_nonce", context, 12, suite),
        )

    @staticmethod
    def _extract(salt: bytes, label: bytes, material: bytes, suite: bytes) -> bytes:
        return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + material, "sha256")

    @staticmethod
    def _expand(prk: bytes, label: bytes, info: bytes, length: int, suite: bytes) -> bytes:
        labelled = length.to_bytes(2) + b"HPKE-v1" + suite + label + info
        return hmac.digest(prk, labelled + b"\x01", "sha256")[:length]


class TestPublishedVectors:
    def test_hpke_as_written_down_here_gives_the_rfcs_own_values(self) -> None:
        """RFC 9180, A.1.1: X25519, HKDF-SHA256, AES-128-GCM, base mode."""
        private = X25519PrivateKey.from_private_bytes(
            bytes.fromhex("4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8")
        )
        enc = bytes.fromhex("37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431")
        rfc = Rfc9180(private, enc, aead=0x0001, key_bytes=16)
        key, nonce = rfc.key_and_nonce(bytes.fromhex("4f6465206f6e2061204772656369616e2055726e"))
        assert rfc.shared_secret.hex() == (
            "fe0e18c9f024ce43799ae393c7e8fe8fce9d218875e8227b0187c04e7d2ea1fc"
        )
        assert (key.hex(), nonce.hex()) == (
            "4531685d41d65f03dc48f6b8302c05b0",
            "56d890e5accaaf011cff4b7d",
        )

    def test_a_wrap_is_hpke_as_the_rfc_says(self) -> None:
        private, record, secret = X25519PrivateKey.generate(), uuid4(), bytes(range(32))
        wrap = envelope.wrap_for_line(
            secret, private.public_key(), line="hotline", record=record, key_id="hotline-2026a"
        )
        rfc = Rfc9180(private, wrap[:32], aead=0x0002, key_bytes=32)
        key, nonce = rfc.key_and_nonce(f"balise/wrap/v1|hotline|{record}|hotline-2026a".encode())
        assert AESGCM(key).decrypt(nonce, wrap[32:], None) == secret

    def test_aes_256_gcm_gives_the_published_values(self) -> None:
        """McGrew and Viega's test case 16, which NIST took over."""
        key = bytes.fromhex("feffe9928665731c6d6a8f9467308308" * 2)
        text = bytes.fromhex(
            "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
            "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
        )
        bound_to = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
        sealed = AESGCM(key).encrypt(bytes.fromhex("cafebabefacedbaddecaf888"), text, bound_to)
        assert sealed.hex() == (
            "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
            "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
            "76fc6ece0f4e1768cddf8853bb2d551b"
        )

    def test_derived_keys_are_hkdf_sha256(self) -> None:
        """RFC 5869, test case 3: neither salt nor info."""
        key = envelope.derived(b"\x0b" * 22, salt=None, purpose="")
        assert key.hex() == "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"


class TestFirstRelease:
    secret = bytes.fromhex(FROZEN["secret"])
    record = UUID(FROZEN["record"])

    def test_bodies_open(self) -> None:
        assert (
            envelope.open_body(
                AESGCM(self.secret),
                bytes.fromhex(FROZEN["body"]),
                where=FROZEN["where"],
                row=UUID(FROZEN["row"]),
            )
            == FROZEN["payload"]
        )

    def test_wraps_for_a_line_open(self) -> None:
        opened = envelope.unwrap_for_line(
            bytes.fromhex(FROZEN["line_wrap"]),
            X25519PrivateKey.from_private_bytes(bytes.fromhex(FROZEN["private_key"])),
            line=FROZEN["line"],
            record=self.record,
            key_id=FROZEN["key_id"],
        )
        assert opened == self.secret

    def test_wraps_for_a_receipt_open(self) -> None:
        receipt = read_receipt(FROZEN["receipt"])
        assert isinstance(receipt, Receipt)
        opened = envelope.unwrap_for_receipt(
            bytes.fromhex(FROZEN["receipt_wrap"]), receipt, record=self.record
        )
        assert opened == self.secret

    def test_wraps_in_a_batch_open(self) -> None:
        opened = envelope.unwrap_in_batch(
            AESGCM(bytes.fromhex(FROZEN["batch_key"])),
            bytes.fromhex(FROZEN["batch_wrap"]),
            line=FROZEN["line"],
            record=self.record,
            batch=UUID(FROZEN["batch"]),
        )
        assert opened == self.secret
