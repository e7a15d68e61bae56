"""The partners' door to the banks: ask whether a content is known, by its hashes.

The usual request is answered before Django is asked (`web/api.py`, `config/look_ups.py`): here
are its description, and the answers to requests that are not as they should be.
"""

import time
from collections import Counter
from http import HTTPStatus
from typing import Any, Final, Literal, cast
from uuid import UUID

import orjson
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status
from pydantic import ConfigDict

from balise.foundation import strict_json
from balise.foundation.actors import Actor
from balise.foundation.refusals import Refused
from balise.foundation.web.doors import Request, problem, token_holder
from balise.foundation.web.spending import charge
from balise.hotline.matching.banks import access
from balise.hotline.matching.banks.actions.looking import LookedUp, look_up_quickly
from balise.hotline.matching.banks.rules.asking import MOST_AT_ONCE, MOST_FRAMES, QuestionTooLong
from balise.hotline.matching.banks.rules.lines import LineFaulty, signal_of
from balise.hotline.matching.signals.rules.kinds import Clip, Signal

# A look-up of a partner's program, read and answered without the pages' machinery.
#
# It takes what is exactly as it should be. All else is None, for the API itself to answer in its
# own words: a token it does not know, what it cannot read, too many requests, an answer that is
# not whole, tables that are away. The same action answers both, and one count of requests is kept
# for both: what is written differently, such as with a `charset`, is answered alike and as often.


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


router = Router(tags=["matching"])


class Strict(Schema):
    """What is sent: a name that we do not know is an error, not something to pass over."""

    model_config = ConfigDict(extra="forbid")


class SentSignal(Strict):
    """A hash of the content, or a video by one frame a second, inside the bars that it has."""

    kind: Literal["pdq", "sha256", "sha1", "md5", "clip"]
    value: str = Field("", max_length=64, description="In hexadecimal digits; of all but `clip`.")
    quality: int = Field(
        100, ge=0, le=100, strict=True, description="Of a PDQ; under 50 decides nothing."
    )
    turns: str = Field(
        "",
        max_length=512,
        description="Of a PDQ: those of the picture as it is, turned left, by half, right, "
        "mirrored, upside down, transposed and transversed, one after the other. Without them "
        "they are read from the bits of `value`, to some 20 of 256: send them where you can.",
    )
    seconds: int = Field(0, ge=0, strict=True, description="Of a `clip`: how long it is.")
    frames: list[tuple[int, str, int]] = Field(
        default_factory=list,
        max_length=MOST_FRAMES,
        description="Of a `clip`: second, PDQ and quality of each frame; 4,000 of all clips.",
    )


class SentQuestion(Strict):
    """All hashes of one content."""

    signals: list[SentSignal] = Field(min_length=1, max_length=MOST_AT_ONCE)


class HitOut(Schema):
    """Something in a bank that matches."""

    bank: str
    opinion: Literal["negative", "seed", "positive", "disputed"]
    labels: list[str]
    distance: int = Field(description="In bits of 256; 0 for kinds that are alike for one file.")
    turn: str = Field(description="How the picture has to be turned to be the bank's.")
    quality: int = Field(description="Of the bank's hash, from 0 to 100.")
    second: int | None = Field(description="Of the video that the bank's hash is a frame of.")
    kind: Literal["pdq", "sha256", "sha1", "md5"]
    asked: int = Field(description="From 0, in `signals`.")


class AnswerOut(Schema):
    """What is known of the content, and which rule decided."""

    id: UUID
    known: bool = Field(description="Whether one of the hits decides.")
    rule: str | None = Field(
        description="`exact`, `near` or `clip` decide. `negative`, `quarantined`, `weak`, "
        "`frame`, `planted`, `disputed` and `seed` say why nothing does. Null: nothing matches."
    )
    decided_by: int | None = Field(description="From 0, in `hits`.")
    hits: list[HitOut] = Field(description="The nearest first, a hundred at most.")


@router.post(
    "/look-up/",
    response={200: AnswerOut},
    url_name="look-up",
    summary="Ask whether content is known",
    operation_id="look_up",
)
def look_up(request: HttpRequest, body: SentQuestion) -> HttpResponse | Status[dict[str, object]]:
    """Ask whether content is known, by its hashes. 503: ask again; it is never a "no"."""
    actor = cast("Request", request).actor  # the door has made it one
    signals: list[Signal | Clip] = []
    for at, one in enumerate(body.signals):
        try:
            signals.append(signal_of(one.dict(exclude_unset=True)))
        except LineFaulty as fault:
            return _not_understood(fault, index=at)
    try:
        found = look_up_quickly(signals=signals, by=actor)
    except QuestionTooLong as refusal:
        return _not_understood(refusal)
    if found.is_partial:
        later = problem("not-whole", "Part of the index did not answer: ask again.", status=503)
        later["Retry-After"] = "1"
        return later
    return Status(HTTPStatus.OK, told(found))


def _not_understood(refusal: Refused, **where: int) -> HttpResponse:
    error = {"field": "signals", "code": refusal.code, "detail": refusal.message, **where}
    return problem("not-understood", "The request cannot be read.", status=422, errors=[error])
