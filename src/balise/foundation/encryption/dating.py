"""Who dates what is signed or committed to: the timestamp authority that the centre is set up with.

For processes that may ask the outside: the worker, and the commands. The public door asks nobody.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from balise.foundation.encryption.doubles.timestamp_authority import open_authority
from balise.foundation.encryption.timestamps import QUERY_TYPE, question, timestamped_at
from balise.foundation.outgoing import Bounds, NoAnswer, request

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
