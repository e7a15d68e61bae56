"""Trusted timestamps (RFC 3161): what to ask of an authority, and whether its answer holds.

Nothing here speaks to the network: whoever asks brings the answer back.
"""

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from rfc3161_client import (
    HashAlgorithm,
    PKIStatus,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

QUERY_TYPE = "application/timestamp-query"
REPLY_TYPE = "application/timestamp-reply"


class TimestampRefused(Exception):
    """The timestamp is not of these bytes, or not of an authority that is trusted."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question for a timestamp authority; its answer must repeat the nonce."""

    octets: bytes
    nonce: int


def question(message: bytes) -> Question:
    """Return what to ask an authority about a message: only its SHA-256 leaves the house."""
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
        read = decode_timestamp_response(answer)
        if PKIStatus(read.status) is not PKIStatus.GRANTED:
            raise TimestampRefused("the authority did not grant a timestamp")
    except ValueError as error:
        raise TimestampRefused("this is no answer of a timestamp authority") from error
    return read


def _certificates(trusted: bytes) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(trusted)
    except ValueError as error:
        raise TimestampRefused("no certificate of a timestamp authority is trusted") from error
