"""Trusted timestamps (RFC 3161): what to ask of an authority, and whether its answer holds.

Nothing here uses the network: the caller sends the question and brings the answer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from cryptography import x509
from django.conf import settings
from rfc3161_client import (
    HashAlgorithm,
    PKIStatus,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from balise.foundation.encryption.doubles.timestamp_authority import open_authority
from balise.foundation.outgoing import Bounds, NoAnswer, request

QUERY_TYPE = "application/timestamp-query"

_FIRST = 0xA0  # the tag [0]: the certificates that a signature brings with it


class TimestampRefused(Exception):
    """The timestamp is not of these bytes, or not of an authority that is trusted."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question for a timestamp authority; its answer must repeat the nonce."""

    octets: bytes
    nonce: int


def question(message: bytes) -> Question:
    """Return what to ask an authority about a message: only its SHA-256 is sent."""
    asked = TimestampRequestBuilder().data(message).hash_algorithm(HashAlgorithm.SHA256).build()
    return Question(asked.as_bytes(), asked.nonce or 0)


def timestamped_at(
    answer: bytes, *, message: bytes, trusted: bytes, nonce: int | None = None
) -> datetime:
    """Return when an authority saw a message, in UTC, or raise `TimestampRefused`.

    `trusted` is the PEM of the authorities' certificates, roots first of all. The signing
    certificate must be made for timestamps alone, and have been valid at that moment.
    """
    read = _read(answer)
    builder = VerifierBuilder(roots=_certificates(trusted), nonce=nonce)
    try:
        builder.build().verify_message(read, message)
    except (VerificationError, ValueError) as error:
        raise TimestampRefused(f"the timestamp does not hold: {error}") from error
    return read.tst_info.gen_time


def check_certificates(trusted: bytes) -> None:
    """Refuse (TimestampRefused) what holds no certificate."""
    _certificates(trusted)


def _read(answer: bytes) -> TimeStampResponse:
    try:
        read = decode_timestamp_response(_in_order(answer))
        if PKIStatus(read.status) is not PKIStatus.GRANTED:
            raise TimestampRefused("the authority did not grant a timestamp")
    except ValueError as error:
        raise TimestampRefused("this is no answer of a timestamp authority") from error
    return read


def _in_order(answer: bytes) -> bytes:
    """Return an answer with its certificates in the order that DER asks of a set (X.690, 11.6).

    Much software of authorities, openssl among it, leaves them in another; the reader is strict.
    No signature covers them: whether they are the right ones is checked after.
    """
    try:
        (response,) = _items(answer, 0, len(answer))
        token = _items(answer, *response[1:])[1]
        content = _items(answer, *token[1:])[1]
        (signed,) = _items(answer, *content[1:])
        certificates = next(item for item in _items(answer, *signed[1:]) if item[0] == _FIRST)
        start, end = certificates[1:]
        each = _items(answer, start, end)
    except (IndexError, StopIteration, ValueError):
        return answer  # the reader says what is the matter
    edges = [start, *(stop for _tag, _start, stop in each)]
    found = sorted(answer[one:other] for one, other in pairwise(edges))
    return answer[:start] + b"".join(found) + answer[end:]


def _items(octets: bytes, at: int, end: int) -> list[tuple[int, int, int]]:
    """Return the tag, the start of the content and the end of each DER item in a stretch."""
    found = []
    while at < end:
        length, start = octets[at + 1], at + 2
        if length & 0x80:
            start += length & 0x7F
            length = int.from_bytes(octets[at + 2 : start], "big")
        if start + length > end:
            raise ValueError("an item is longer than what holds it")
        found.append((octets[at], start, start + length))
        at = start + length
    return found


def _certificates(trusted: bytes) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(trusted)
    except ValueError as error:
        raise TimestampRefused("no certificate of a timestamp authority is trusted") from error


# Who dates what is signed or committed to: the timestamp authority that the centre is set up
# with.
#
# For processes that may ask the outside: the worker, and the commands. The public door asks
# nobody.


type Stamp = Callable[[bytes], bytes]

_BOUNDS = Bounds(seconds=15.0, longest=100_000)  # a real timestamp has a tenth


@dataclass(frozen=True, slots=True)
class Dating:
    """Who dates a message: `stamp` returns an RFC 3161 answer, `roots` are trusted (PEM)."""

    stamp: Stamp
    roots: bytes


def dating() -> Dating | None:
    """Return how a message is dated, as the centre is set up; None without an authority.

    `stamp` raises NoAnswer where the authority gives none, TimestampRefused for one that does not
    hold.
    """
    if not settings.TSA:
        return None
    if settings.TSA.startswith("file:"):
        own = open_authority(Path(settings.TSA.removeprefix("file:")))
        return Dating(
            stamp=lambda message: own.stamp(question(message).octets),
            roots=own.root.read_bytes(),
        )
    return Dating(stamp=_stamp, roots=settings.TSA_ROOTS.read_bytes())


def _stamp(message: bytes) -> bytes:
    """Ask the authority, and return its answer once it is known to hold."""
    asked = question(message)
    headers = {"Content-Type": QUERY_TYPE}
    answered = request("POST", settings.TSA, body=asked.octets, headers=headers, bounds=_BOUNDS)
    if not answered.is_success:
        raise NoAnswer(f"HTTP {answered.status}")
    timestamped_at(
        answered.body,
        message=message,
        trusted=settings.TSA_ROOTS.read_bytes(),
        nonce=asked.nonce,
    )
    return answered.body


def trusted_roots() -> bytes:
    """Return the certificates by which timestamps are trusted here (PEM); b"" where there are none.

    Any process may read them: nobody is asked.
    """
    return settings.TSA_ROOTS.read_bytes() if settings.TSA_ROOTS.is_file() else b""
