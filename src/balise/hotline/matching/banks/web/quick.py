"""A look-up of a partner's program, read and answered without the pages' machinery.

It takes what is exactly as it should be. All else is None, for the API itself to answer in its own
words: a token it does not know, what it cannot read, too many requests, an answer that is not
whole, tables that are away. The same action answers both, and one count of requests is kept for
both: what is written differently, such as with a `charset`, is answered alike and as often.
"""

import time
from collections import Counter
from typing import Any, Final

import orjson
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError

from balise.foundation import strict_json
from balise.foundation.actors import Actor
from balise.foundation.refusals import Refused
from balise.foundation.web.doors import token_holder
from balise.foundation.web.spending import charge
from balise.hotline.matching.banks import access
from balise.hotline.matching.banks.actions.looking import LookedUp, look_up_quickly
from balise.hotline.matching.banks.rules.asking import MOST_AT_ONCE
from balise.hotline.matching.banks.rules.lines import signal_of
from balise.hotline.matching.signals.rules.kinds import Clip, Signal

PATH: Final = "/api/v1/matching/look-up/"
MOST_A_MINUTE: Final = 600_000  # look-ups of one partner, however they are written
_MINUTE: Final = 60
_MOST_TOLD: Final = 100  # hits

_asked: Counter[tuple[str, int]] = Counter()


def answer(authorization: str, body: bytes) -> bytes | None:
    """Return the answer to a look-up as JSON, None for what the API is to answer itself."""
    try:
        asker = _holder(authorization)
        if asker is None or _asked[_now(asker)] >= MOST_A_MINUTE:
            return None
        signals = _read(strict_json.loads(body))
        if signals is None:
            return None
        charge(__name__, len(body))
        found = look_up_quickly(signals=signals, by=asker)
    except (PermissionDenied, Refused, ValueError, DatabaseError):
        return None
    if found.is_partial:
        return None
    is_too_often(asker)  # counted where it is answered: what is left to the API is counted there
    return orjson.dumps(told(found))


def is_too_often(asker: Actor) -> bool:
    """Count a look-up of a partner in this process; return whether it is too many in a minute."""
    now = _now(asker)
    if not _asked[now]:
        for old in [key for key in list(_asked) if key[1] != now[1]]:
            del _asked[old]
    _asked[now] += 1
    return _asked[now] > MOST_A_MINUTE


def _now(asker: Actor) -> tuple[str, int]:
    return asker.key, int(time.time()) // _MINUTE


def told(found: LookedUp) -> dict[str, Any]:
    """Return a look-up as the API says it: which rule decided and by what, never a hash."""
    hits = [
        {
            "bank": hit.bank,
            "opinion": hit.opinion.value,
            "labels": hit.labels,
            "distance": hit.distance,
            "turn": hit.turn.name.lower().replace("_", "-"),
            "quality": hit.quality,
            "second": hit.second,
            "kind": hit.kind.value,
            "asked": hit.asked,
        }
        for hit in found.hits[:_MOST_TOLD]
    ]
    verdict = found.verdict
    return {
        "id": str(found.id),
        "known": found.is_known,
        "rule": verdict.rule.value if verdict else None,
        "decided_by": found.hits.index(verdict.hit) if verdict and verdict.hit else None,
        "hits": hits,
    }


def _holder(authorization: str) -> Actor | None:
    """Return who asks; the token is asked about each time: one that was revoked opens nothing."""
    scheme, _, token = authorization.partition(" ")
    found = token_holder.ask(token=token) if scheme.lower() == "bearer" and token else None
    return found if found is not None and found.may(access.LOOK_UP) else None


def _read(found: object) -> list[Signal | Clip] | None:
    if not isinstance(found, dict) or found.keys() != {"signals"}:
        return None
    signals = found["signals"]
    if not isinstance(signals, list) or not 0 < len(signals) <= MOST_AT_ONCE:
        return None
    if not all(isinstance(one, dict) and one.keys() <= _names(one) for one in signals):
        return None
    return [signal_of(one) for one in signals]


def _names(one: dict[str, Any]) -> frozenset[str]:
    """Return the names that are read of a signal: another is for the API to judge."""
    return _OF_FILM if one.get("kind") == "clip" else _OF_HASH


_OF_HASH: Final = frozenset({"kind", "value", "quality", "turns"})
_OF_FILM: Final = frozenset({"kind", "seconds", "frames"})
