"""Calls of the child that works on credentials; `Unsigned` where it could not."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from balise.awareness.learning.training.documents import credentials
from balise.awareness.learning.training.rules.credentials import Issuer
from balise.awareness.learning.training.rules.verdicts import LONGEST, Read, Reason, Verified
from balise.foundation.limited.calling import Answered, Limits, Refused, Work, call
from balise.foundation.limited.kept import Kept
from balise.foundation.limited.lanes import Lane

# Addresses, most of which libraries are mapped to; reading a badge takes half a second.
_LIMITS: Final = Limits(processor=10, memory=1 << 30, time=60, answer=400_000)

_LANE: Final = Lane(queue=3, patience=4.0)
_KEPT: Final = Kept(credentials.warm)  # anyone may ask; the imports take most of the time

_DIGEST: Final = 64

type Told = Mapping[str, Any]


class Unsigned(RuntimeError):
    """The child could not prepare what is to be signed."""


def digests(pairs: Sequence[tuple[Told, Told]]) -> list[bytes]:
    """Return the 64 bytes to sign of each document and its proof. Raises Unsigned."""
    found = _done(credentials.digests, pairs)
    return [found[at : at + _DIGEST] for at in range(0, len(found), _DIGEST)]


def standing(
    issuer: Issuer, *, places: list[int], size: int, since: datetime, until: datetime, proof: Told
) -> tuple[dict[str, Any], bytes]:
    """Return the list of revoked places, and the 64 bytes of it to sign. Raises Unsigned."""
    told = {
        "issuer": issuer.did,
        "address": issuer.standing,
        "places": places,
        "size": size,
        "since": since.isoformat(),
        "until": until.isoformat(),
        "proof": proof,
    }
    listed, digest = json.loads(_done(credentials.standing, told))
    return listed, bytes.fromhex(digest)


def read(sent: bytes, *, issuer: Issuer, keys: Mapping[str, str], at: datetime) -> Verified:
    """Return what a stranger's file is, as far as the file alone tells; never raises for it.

    Raises LaneFull where others are before.

    `keys` are ours, as PEM, by how a proof names them.
    """
    if not sent.strip():
        return Verified(Reason.EMPTY)
    if len(sent) > LONGEST:
        return Verified(Reason.TOO_LONG)
    head = {"did": issuer.did, "keys": keys, "at": at.isoformat()}
    with _LANE.turn():
        outcome = _KEPT.call(
            credentials.read, json.dumps(head).encode() + b"\n" + sent, limits=_LIMITS
        )
    match outcome:
        case Answered(octets):
            return Verified(Reason.SIGNED, Read.of(json.loads(octets)))
        case Refused(code) if code in Reason.values:
            return Verified(Reason(code))
        case _:
            return Verified(Reason.TOO_HEAVY)


def _done(work: Work, told: object) -> bytes:
    outcome = call(work, json.dumps(told).encode(), limits=_LIMITS)
    if not isinstance(outcome, Answered):
        raise Unsigned(str(outcome))
    return outcome.octets
