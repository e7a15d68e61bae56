"""Encrypt a file to someone outside the centre, who opens it with their own tool: age, version 1.

The format is that of https://c2sp.org/age with X25519 recipients. An authority makes its key with
`age-keygen` and opens what we seal with `age --decrypt`: it needs nothing of ours.
"""

import hmac
import os
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable
from itertools import batched

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from balise.foundation.encryption.envelope import SealBroken

VERSION = b"age-encryption.org/v1"
MEDIA_TYPE = "application/age"

_PURPOSE = VERSION + b"/X25519"
_KEY_BYTES = 32
_FILE_KEY_BYTES = 16
_NONCE_BYTES = 16
_CHUNK = 64 * 1024
_TAG_BYTES = 16
_HEADER = re.compile(
    rb"(?P<authenticated>age-encryption\.org/v1\n"
    rb"(?P<stanzas>(?:-> [!-~ ]+\n(?:[A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/]{0,63}\n)+)"
    rb"---) (?P<mac>[A-Za-z0-9+/]{43})\n"
)
# Other kinds of stanza are left to their own readers; one of an unknown kind is often mere noise.
_STANZA = re.compile(rb"-> X25519 (?P<share>[A-Za-z0-9+/]{43})\n(?P<body>[A-Za-z0-9+/]{43})\n")

_RECIPIENT, _IDENTITY = "age", "age-secret-key-"
_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"  # BIP 173
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECK_SYMBOLS = 6


class RecipientFaulty(ValueError):
    """What was given is no age recipient (age1…) or no age identity (AGE-SECRET-KEY-1…)."""


def new_identity() -> tuple[str, str]:
    """Return a fresh secret identity and its public recipient, as `age-keygen` writes them."""
    private = X25519PrivateKey.generate()
    identity = _bech32(_IDENTITY, private.private_bytes_raw()).upper()
    return identity, _bech32(_RECIPIENT, private.public_key().public_bytes_raw())


def check_recipient(recipient: str) -> None:
    """Refuse (RecipientFaulty) what is no recipient that can be sealed to."""
    _octets(recipient, _RECIPIENT)


def seal(content: bytes, *, recipient: str) -> bytes:
    """Return the content as an age file that only the recipient's identity opens."""
    theirs = _octets(recipient, _RECIPIENT)
    ours = X25519PrivateKey.generate()
    share = ours.public_key().public_bytes_raw()
    try:
        secret = ours.exchange(X25519PublicKey.from_public_bytes(theirs))
    except ValueError as error:  # a point of small order: nobody's key
        raise RecipientFaulty("the recipient is no usable key") from error
    file_key = os.urandom(_FILE_KEY_BYTES)
    wrapping = _derived(secret, salt=share + theirs, purpose=_PURPOSE)
    body = ChaCha20Poly1305(wrapping).encrypt(bytes(12), file_key, None)
    header = b"%s\n-> X25519 %s\n%s\n---" % (VERSION, _plain64(share), _plain64(body))
    nonce = os.urandom(_NONCE_BYTES)
    return b"".join(
        (
            header,
            b" ",
            _plain64(_mac(file_key, header)),
            b"\n",
            nonce,
            *_sealed(content, _derived(file_key, salt=nonce, purpose=b"payload")),
        )
    )


def open_sealed(sealed: bytes, *, identity: str) -> bytes:
    """Return what was sealed to an identity, alone or among others, or raise `SealBroken`."""
    ours = X25519PrivateKey.from_private_bytes(_octets(identity.lower(), _IDENTITY))
    header = _HEADER.match(sealed)
    if header is None:
        raise SealBroken("this is no age file")
    stanzas = _STANZA.finditer(header["stanzas"])
    file_key = next(filter(None, (_file_key(stanza, ours) for stanza in stanzas)), None)
    if file_key is None:
        raise SealBroken("it is sealed to another key")
    mac = _from_plain64(header["mac"])
    if not hmac.compare_digest(_mac(file_key, header["authenticated"]), mac):
        raise SealBroken("its header was changed")
    rest = sealed[header.end() :]
    nonce, payload = rest[:_NONCE_BYTES], rest[_NONCE_BYTES:]
    return _opened(payload, _derived(file_key, salt=nonce, purpose=b"payload"))


def _file_key(stanza: re.Match[bytes], ours: X25519PrivateKey) -> bytes | None:
    share = _from_plain64(stanza["share"])
    salt = share + ours.public_key().public_bytes_raw()
    try:
        secret = ours.exchange(X25519PublicKey.from_public_bytes(share))
        wrapping = _derived(secret, salt=salt, purpose=_PURPOSE)
        wrapped = _from_plain64(stanza["body"])
        return ChaCha20Poly1305(wrapping).decrypt(bytes(12), wrapped, None)
    except (InvalidTag, ValueError):  # not ours, or nobody's key
        return None


def _sealed(content: bytes, key: bytes) -> Iterable[bytes]:
    cipher = ChaCha20Poly1305(key)
    starts = range(0, len(content), _CHUNK) or range(1)
    for number, start in enumerate(starts):
        last = start + _CHUNK >= len(content)
        yield cipher.encrypt(_nonce(number, last=last), content[start : start + _CHUNK], None)


def _opened(payload: bytes, key: bytes) -> bytes:
    cipher = ChaCha20Poly1305(key)
    pieces = [payload[at : at + _CHUNK + _TAG_BYTES] for at in _starts(payload)]
    try:
        return b"".join(
            cipher.decrypt(_nonce(number, last=number == len(pieces) - 1), piece, None)
            for number, piece in enumerate(pieces)
        )
    except (InvalidTag, ValueError) as error:
        raise SealBroken("its content was changed or cut") from error


def _starts(payload: bytes) -> range:
    return range(0, len(payload), _CHUNK + _TAG_BYTES) or range(1)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _mac(file_key: bytes, header: bytes) -> bytes:
    return hmac.digest(_derived(file_key, salt=b"", purpose=b"header"), header, "sha256")


def _derived(secret: bytes, *, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(hashes.SHA256(), _KEY_BYTES, salt=salt, info=purpose).derive(secret)


def _plain64(octets: bytes) -> bytes:
    return b64encode(octets).rstrip(b"=")


def _from_plain64(text: bytes) -> bytes:
    octets = b64decode(text + b"=" * (-len(text) % 4), validate=True)
    if _plain64(octets) != text:  # bits that say nothing must be zero
        raise SealBroken("its header is not canonical")
    return octets


def _octets(text: str, prefix: str) -> bytes:
    """Return the 32 bytes that a Bech32 text of this prefix holds, or raise RecipientFaulty."""
    word, mark, symbols = text.strip().rpartition("1")
    if not mark or word != prefix or set(symbols) - set(_ALPHABET):
        raise RecipientFaulty(f"an age key begins with {prefix}1")
    values = [_ALPHABET.index(symbol) for symbol in symbols]
    if len(values) <= _CHECK_SYMBOLS or _polymod([*_expanded(word), *values]) != 1:
        raise RecipientFaulty("an age key was mistyped")
    bits = "".join(f"{value:05b}" for value in values[:-_CHECK_SYMBOLS])
    whole = len(bits) // 8 * 8
    octets = bytes(int(bits[at : at + 8], 2) for at in range(0, whole, 8))
    if len(octets) != _KEY_BYTES or "1" in bits[whole:]:
        raise RecipientFaulty("an age key holds 32 bytes")
    return octets


def _bech32(prefix: str, octets: bytes) -> str:
    bits = "".join(f"{octet:08b}" for octet in octets)
    values = [int("".join(five).ljust(5, "0"), 2) for five in batched(bits, 5, strict=False)]
    check = _polymod([*_expanded(prefix), *values, *[0] * _CHECK_SYMBOLS]) ^ 1
    values += [check >> 5 * (_CHECK_SYMBOLS - 1 - n) & 31 for n in range(_CHECK_SYMBOLS)]
    return f"{prefix}1{''.join(_ALPHABET[value] for value in values)}"


def _expanded(prefix: str) -> list[int]:
    codes = [ord(letter) for letter in prefix]
    return [code >> 5 for code in codes] + [0] + [code & 31 for code in codes]


def _polymod(values: Iterable[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, factor in enumerate(_GENERATOR):
            if top >> bit & 1:
                check ^= factor
    return check
